import { afterSave, bannerFor } from '../view';
import { CLEAN } from 'c/accordEdits';
import { aPanel, aRow, anAmount } from 'accordTestKit';

const next = aRow('NextStep', { value: 'Sign' });
const saved = anAmount({ value: '130000.00' });
const keysOf = ({ tabs }) => tabs.map((tab) => [tab.label, ...tab.rows.map((row) => row.field)]);

describe('after a save the panel', () => {
    const panel = aPanel([anAmount()]);
    const moved = { rows: [saved, next], tabs: [{ key: 'late', label: 'Late', rows: [next] }] };

    it('shows the tabs that belong to the deal by now (D7)', () => {
        expect(keysOf(afterSave(panel, moved, []))).toEqual([['Late', 'NextStep']]);
        expect(keysOf(afterSave(panel, moved, [next.key]))).toEqual([['Late', 'NextStep']]);
    });

    it('keeps its tabs, with the saved values, while somebody types into one that would go', () => {
        const kept = afterSave(panel, moved, [saved.key]);

        expect(keysOf(kept)).toEqual([['Deal', 'Amount']]);
        expect(kept.tabs[0].rows[0].value).toBe('130000.00');
    });

    it('keeps its tabs where the answer names none', () => {
        expect(keysOf(afterSave(panel, { rows: [saved] }, []))).toEqual([['Deal', 'Amount']]);
    });
});

it('says what is known of the records below what is missing without Accord', () => {
    const rows = [aRow('Amount', { editable: false, read_only_reason: { code: 'LOCKED_BY_APPROVAL', message: 'Waits.', since: null } })];

    const { kind, lines } = bannerFor({ edits: CLEAN, rows, isWithoutAccord: true });

    expect(kind).toBe('without-accord');
    expect(lines.map(({ text }) => text)).toEqual([expect.stringContaining('the plan are missing'), 'Waits.']);
});

it('says once for each record that an approval locks it (W13)', () => {
    const locked = (field, since) =>
        aRow(field, { editable: false, read_only_reason: { code: 'LOCKED_BY_APPROVAL', message: 'Waits.', since } });
    const [deal, account] = ['2026-11-20T09:30:00Z', '2026-11-21T09:30:00Z'];
    const rows = [locked('Amount', deal), locked('StageName', deal), locked('Industry', account), locked('Name', null), next];

    const { kind, title, lines } = bannerFor({ edits: CLEAN, rows });

    expect(kind).toBe('approval');
    expect([title, ...lines.map(({ text }) => text)]).toEqual([
        'Waiting for an approval since Nov 20, 2026; locked until that is decided.',
        'Waiting for an approval since Nov 21, 2026; locked until that is decided.',
        'Waits.'
    ]);
});

it('leads to the approval of each record that one locks', () => {
    const reason = { code: 'LOCKED_BY_APPROVAL', since: '2026-11-20T09:30:00Z' };
    const locked = (facts) => aRow('Amount', { editable: false, read_only_reason: reason, ...facts });
    const rows = [locked(), locked({ key: 'Opportunity.Type' }), locked({ sobject: 'Account', record_id: '001Ax' }), aRow('NextStep')];

    const place = { recordId: rows[0].record_id, sobject: 'Opportunity', list: 'ProcessSteps', label: 'Open the approval' };
    const ofAccount = { ...place, recordId: '001Ax', sobject: 'Account', label: 'Open the approval of the account' };
    expect(bannerFor({ edits: CLEAN, rows }).places).toEqual([place, ofAccount]);
    expect(bannerFor({ edits: CLEAN, rows, isWithoutAccord: true }).places).toEqual([place, ofAccount]);
});

it('tells since when an approval locks in the time zone of the reader', () => {
    const reason = { code: 'LOCKED_BY_APPROVAL', since: '2026-11-20T03:30:00Z' };

    const { title } = bannerFor({ edits: CLEAN, rows: [aRow('Amount', { editable: false, read_only_reason: reason })] });

    expect(title).toContain('Nov 19, 2026');
});
