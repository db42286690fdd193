import { afterSave } from '../view';
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
