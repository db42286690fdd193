import AccordDryRun from 'c/accordDryRun';
import AccordSyncRuns from 'c/accordSyncRuns';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const DRY = '/api/v1/settings/field-sync/dry-run';
const RUNS = '/api/v1/field-sync/runs';
const aValue = (facts) => ({
    row_id: 'r1',
    datum_label: 'Accord Status',
    target: 'Accord_Status__c',
    field_label: 'Accord Status',
    action: 'write',
    old: null,
    new: 'On Track',
    is_hidden: false,
    reason: null,
    sentence: null,
    ...facts
});
const found = (facts = {}) => ({
    limits: 'Rules of Salesforce can still refuse.',
    plans: [
        {
            plan_id: 'p1',
            opportunity_id: '006A',
            fields: [
                aValue({}),
                aValue({
                    row_id: 'r2',
                    target: 'Progress__c',
                    action: 'skip',
                    old: '40',
                    new: '40',
                    reason: 'unchanged',
                    sentence: 'Salesforce has this value already.'
                }),
                aValue({ row_id: 'r3', target: 'Secret__c', is_hidden: true, new: null })
            ]
        }
    ],
    next: null,
    records_to_write: 1,
    fields_to_write: 2,
    skipped: { unchanged: 1 },
    calls: { read: 1, write: 1 },
    whole: { plans: 1234, calls_at_most: 14, calls_left: 98000 },
    ...facts
});
const aRun = (facts = {}) => ({
    id: 'run-1',
    kind: 'back_fill',
    state: 'done',
    of_run: null,
    total: 200,
    looked: 200,
    changed: 12,
    kept: 0,
    started_at: '2026-11-22T09:00:00Z',
    started_by: 'Ada',
    ended_at: null,
    ...facts
});

beforeEach(() => {
    forget();
    answer(`POST ${DRY}`, found());
    answer(`GET ${RUNS}`, { runs: [] });
});
afterEach(() => jest.useRealTimers());

const posted = () => calls.filter(([method]) => method === 'POST').map(([, path, body]) => [path, body]);

describe('the dry run', () => {
    const show = async () => {
        const element = mount('c-accord-dry-run', AccordDryRun, {
            draftRows: [{ datum: 'accord_status', path: '', field: 'Accord_Status__c' }]
        });
        inside(element, '[data-look]').click();
        await settle();
        return element;
    };

    it('shows each value before and after, what is skipped and why, the cost, and what it cannot promise (D14, W22)', async () => {
        const element = await show();
        const rows = allInside(element, '[data-row]').map((row) =>
            [...row.querySelectorAll('td')].slice(3).map((cell) => cell.textContent)
        );

        expect(posted()).toEqual([
            [DRY, { rows: [{ datum: 'accord_status', path: '', field: 'Accord_Status__c' }], after: null, limit: 20 }]
        ]);
        expect(inside(element, '[data-sum]').textContent).toBe(
            'Fields that would be written: 2. Records: 1. Plans that were looked at: 1.'
        );
        expect(inside(element, '[data-cost]').textContent).toContain(
            '1,234 connected plans together cost at most 14 API calls. 98,000 are left.'
        );
        expect(inside(element, '[data-limits]').textContent).toBe('Rules of Salesforce can still refuse.');
        expect(rows).toEqual([
            ['(empty)', 'On Track', 'Is written'],
            ['40', '40', 'Salesforce has this value already.'],
            [expect.stringContaining('Hidden'), expect.stringContaining('Hidden'), 'Is written']
        ]);
        expect(inside(element, '[data-skips]').textContent).toBe('1 skipped: Salesforce has this value already.');
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-sum]'));
        await expect(element).toBeAccessible();
    });

    it('goes on to more plans', async () => {
        answer(`POST ${DRY}`, ({ after }) =>
            found({ next: after ? null : 'p1', plans: found().plans.map((plan) => ({ ...plan, plan_id: after ?? 'p0' })) })
        );
        const element = await show();
        inside(element, '[data-more]').click();
        await settle();

        expect(posted()[1][1].after).toBe('p1');
        expect(allInside(element, '[data-row]')).toHaveLength(6);
    });

    it('says when nothing would be written, and why it could not be tried', async () => {
        answer(
            `POST ${DRY}`,
            found({
                plans: [],
                records_to_write: 0,
                fields_to_write: 0,
                skipped: {},
                whole: { plans: 0, calls_at_most: 0, calls_left: null }
            })
        );
        const element = await show();
        expect(inside(element, '[data-sum]').textContent).toContain('Nothing would be written');

        answer(`POST ${DRY}`, refusing(anError('INVALID_VALUE', 'No.', { key: 'rows.0', message: 'There is no such field.' })));
        inside(element, '[data-look]').click();
        await settle();
        expect(inside(element, '[data-problem]').textContent).toBe('There is no such field.');
    });
});

describe('back-fills', () => {
    const show = async (...runs) => {
        answer(`GET ${RUNS}`, { runs });
        const element = mount('c-accord-sync-runs', AccordSyncRuns);
        await settle();
        return element;
    };
    const press = async (element, name) => {
        inside(element, `[data-${name}]`).click();
        await settle();
    };
    const way = async (element, name) => {
        inside(element, `[data-way="${name}"]`).click();
        await settle();
    };

    it('tell their cost before they begin (D17)', async () => {
        const element = await show();
        const begun = listen(element, 'begun');
        expect(inside(element, '[data-none]')).not.toBeNull();
        await press(element, 'start');
        expect(element.shadowRoot.activeElement.textContent).toContain('at most 14 API calls');
        expect(posted()).toEqual([[DRY, { rows: null, after: null, limit: 1 }]]);
        await expect(element).toBeAccessible();

        answer(`POST ${RUNS}`, aRun({ state: 'stopped' }));
        answer(`GET ${RUNS}`, { runs: [aRun({ state: 'stopped' })] });
        await press(element, 'confirm');
        expect(posted().at(-1)).toEqual([RUNS, { row_ids: null }]);
        expect(allInside(element, '[data-run]')).toHaveLength(1);
        expect(begun).toHaveBeenCalledTimes(1);
    });

    it('show how far they are, are stopped and resumed', async () => {
        const element = await show(aRun({ state: 'running', looked: 50, row_ids: ['r1', 'r2'] }));
        expect(inside(element, '[role="progressbar"]').getAttribute('aria-valuenow')).toBe('25');
        expect(inside(element, '[data-run]').textContent).toContain('For 2 of the rows alone. 50 of 200 plans looked at, 12 written.');
        await expect(element).toBeAccessible();

        answer(`POST ${RUNS}/run-1/stop`, aRun({ state: 'stopped' }));
        answer(`GET ${RUNS}`, { runs: [aRun({ state: 'stopped', looked: 60 })] });
        await way(element, 'stop');
        expect(inside(element, '[data-state]').textContent).toBe('Stopped');
        answer(`POST ${RUNS}/run-1/resume`, aRun());
        answer(`GET ${RUNS}`, { runs: [aRun()] });
        await way(element, 'resume');
        expect(inside(element, '[data-state]').textContent).toBe('Done');
    });

    it('are looked at again by themselves while they run', async () => {
        jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
        answer(`GET ${RUNS}`, { runs: [aRun({ state: 'running', looked: 50 })] });
        const element = mount('c-accord-sync-runs', AccordSyncRuns);
        await jest.advanceTimersByTimeAsync(0);
        answer(`GET ${RUNS}`, { runs: [aRun()] });
        await jest.advanceTimersByTimeAsync(5000);

        expect(inside(element, '[data-state]').textContent).toBe('Done');
        expect(jest.getTimerCount()).toBe(0);
    });

    it('are undone after the cost and the limits were told (D16, W22)', async () => {
        const element = await show(aRun());
        answer(`GET ${RUNS}/run-1/undo`, { limits: 'Mails are not taken back.', writes: 12, calls_at_most: 1 });
        await way(element, 'undo');
        expect(inside(element, '[data-ask]').textContent).toMatch(/12 values are put back.*Syncing goes on.*Mails are not taken back/s);

        answer(`POST ${RUNS}/run-1/undo`, aRun({ id: 'run-2', kind: 'undo' }));
        await press(element, 'confirm');
        expect(posted().at(-1)).toEqual([`${RUNS}/run-1/undo`, {}]);
    });

    it('list what was left alone because it was changed since', async () => {
        const element = await show(aRun({ kind: 'undo', kept: 1, held: 11 }));
        expect(inside(element, '[data-held]').textContent).toMatch(/^11 values are held/);
        answer(`GET ${RUNS}/run-1/kept`, {
            kept: [{ sobject: 'Opportunity', record_id: '006A', fields: [{ field: 'Progress__c', sentence: 'It was changed since.' }] }],
            next: null
        });
        await way(element, 'kept');

        expect(inside(inside(element, 'c-accord-run-kept'), '[data-row]').textContent).toBe(
            'Opportunity.Progress__c of 006A: It was changed since.'
        );
        await way(element, 'kept');
        expect(inside(element, 'c-accord-run-kept')).toBeNull();
    });

    it('say why they do not begin, and a question is taken back', async () => {
        const element = await show();
        await press(element, 'start');
        answer(`POST ${RUNS}`, refusing(anError('SYNC_OFF', 'Syncing is off.')));
        await press(element, 'confirm');
        expect(inside(element, '[data-problem]').textContent).toBe('Syncing is off.');
        await press(element, 'cancel');
        expect(inside(element, '[data-ask]')).toBeNull();

        answer(`GET ${RUNS}`, refusing(anError('UNREACHABLE', 'Away.')));
        await press(element, 'reload');
        expect(inside(element, 'c-accord-page-state').failure.message).toBe('Away.');
    });
});
