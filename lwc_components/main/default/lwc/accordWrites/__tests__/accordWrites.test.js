import AccordWrites from 'c/accordWrites';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { catchDownloads } from 'accordSafetyKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const WRITES = '/api/v1/writes';
const DEAL = '006000000000001AAA';
const aWrite = (id, facts) => ({
    id,
    at: '2026-11-22T12:00:00+00:00',
    object: 'Opportunity',
    record_id: DEAL,
    values: [{ field: 'NextStep', label: 'Next Step', old: null, new: 'Call Dana', before: 'known', is_hidden: false }],
    fate: 'written',
    rule: 'Panel',
    cause: 'saved',
    by: 'Riley',
    login: 'Riley',
    own_login: true,
    reason: null,
    reference: null,
    ...facts
});
const page = (lines, facts) => ({ lines, next_before: null, has_login: true, ...facts });
const writes = (query, lines, facts) => answer(`GET ${WRITES}${query}`, page(lines, facts));

const show = async () => {
    const element = mount('c-accord-writes', AccordWrites);
    await settle();
    await settle();
    return element;
};
const rowOf = (element, id) => inside(element, `[data-write="${id}"]`);
const find = async (element, text) => {
    inside(element, '[data-record]').value = text;
    inside(element, '[data-form]').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
    await settle();
};
const press = async (element, name) => {
    inside(element, `[data-${name}]`).click();
    await settle();
    await settle();
};

beforeEach(forget);

it('tells each write: who, what was and is, by which rule and login, and what became of it', async () => {
    const waits = { values: [], object: 'Task', record_id: null, by: null, login: null, fate: 'waiting', reason: 'It waits.' };
    writes('', [aWrite('w2'), aWrite('w1', { ...waits, rule: 'Activity as Tasks', cause: 'step_completed', reference: 'r1' })]);
    const element = await show();

    expect(inside(element, '[data-count]').textContent).toBe('2 writes');
    expect(rowOf(element, 'w2').querySelector('[data-value]').textContent).toBe('Next Step: empty became “Call Dana”');
    expect(rowOf(element, 'w2').querySelector('[data-value]').title).toBe('NextStep');
    expect(rowOf(element, 'w2').textContent).toContain('Login: Riley');
    expect(rowOf(element, 'w2').querySelector('[data-fate]').textContent).toBe('Written');
    expect(rowOf(element, 'w1').textContent).toContain('after: step completed');
    expect(rowOf(element, 'w1').textContent).toContain('Login: integration owner');
    expect(rowOf(element, 'w1').querySelector('[data-reason]').textContent).toBe('It waits.');
    expect(rowOf(element, 'w1').textContent).toContain('Reference r1');
    await expect(element).toBeAccessible();
});

it('says in words what was there before where that is no value, and why there are no values', async () => {
    const made = { field: 'Subject', old: null, new: 'x'.repeat(301), before: 'new_record', is_hidden: false };
    const unseen = { field: 'Status', old: null, new: null, before: 'not_known', is_hidden: false };
    const none = { values: [] };
    writes('', [aWrite('w1', { values: [made, unseen] }), aWrite('w2', none), aWrite('w3', { ...none, fate: 'parked' })]);
    const element = await show();

    expect([...rowOf(element, 'w1').querySelectorAll('[data-value]')].map(({ textContent }) => textContent)).toEqual([
        `Subject: “${'x'.repeat(300)}…”, in a record that this write made`,
        'Status: empty; what was there before is not known, nobody looked'
    ]);
    expect(rowOf(element, 'w1').querySelector('[data-no-values]')).toBeNull();
    expect(rowOf(element, 'w2').querySelector('[data-no-values]').textContent).toBe('No values are kept of this write.');
    expect(rowOf(element, 'w3').querySelector('[data-no-values]').textContent).toBe('The values are told when it is written.');
    await expect(element).toBeAccessible();
});

it('tells no value that Salesforce does not show, and says what a login would show', async () => {
    const hidden = [{ field: 'Amount', old: null, new: null, is_hidden: true }];
    writes('', [aWrite('w1', { values: hidden })], { has_login: false });
    const element = await show();

    expect(inside(element, '[data-value]').textContent).toBe('Amount: not shown to you by Salesforce');
    expect(inside(element, '[data-no-login]').textContent).toContain('no Salesforce login of your own');
    await expect(element).toBeAccessible();
});

it('finds the writes of one record, and says when there are none', async () => {
    writes('', [aWrite('w2'), aWrite('w1')]);
    writes(`?record=${DEAL}`, [aWrite('w1')]);
    writes('?record=001000000000001', []);
    const element = await show();

    await find(element, ` ${DEAL} `);
    expect(allInside(element, '[data-write]')).toHaveLength(1);
    expect(inside(element, '[data-count]').textContent).toBe('One write');
    await find(element, '001000000000001');
    expect(inside(element, '[data-count]').textContent).toBe('Accord has written nothing to this record.');
    await find(element, '');
    expect(allInside(element, '[data-write]')).toHaveLength(2);
});

it('says at the field what is no id, and asks nothing', async () => {
    writes('', []);
    const element = await show();
    const asked = calls.length;

    await find(element, 'Brightwater');
    expect(inside(element, '[data-hint]').textContent).toContain('15 or 18 letters and digits');
    expect(inside(element, '[data-record]').getAttribute('aria-invalid')).toBe('true');
    expect(calls).toHaveLength(asked);
    expect(inside(element, '[data-count]').textContent).toBe('Accord has written nothing to this org yet.');
    await expect(element).toBeAccessible();
});

it('goes on with older ones of the same record', async () => {
    writes('', []);
    writes(`?record=${DEAL}`, [aWrite('w3'), aWrite('w2')], { next_before: 'w2' });
    writes(`?record=${DEAL}&before=w2`, [aWrite('w1')]);
    const element = await show();

    await find(element, DEAL);
    expect(inside(element, '[data-count]').textContent).toBe('The newest 2 writes');
    await press(element, 'older');
    expect(allInside(element, '[data-write]').map((row) => row.dataset.write)).toEqual(['w3', 'w2', 'w1']);
    expect(inside(element, '[data-older]')).toBeNull();
});

it('saves what is shown as a file, and says why not', async () => {
    const saved = catchDownloads();
    writes('', [aWrite('w1')]);
    writes(`?record=${DEAL}`, [aWrite('w1')]);
    answer(`GET ${WRITES}.csv?record=${DEAL}`, new Uint8Array([97]));
    const element = await show();
    const announced = listen(element, 'announce');

    await find(element, DEAL);
    await press(element, 'csv');
    expect(saved.map(([name]) => name)).toEqual(['accord-writes.csv']);
    expect(announced).toHaveBeenCalled();
    answer(`GET ${WRITES}.csv?record=${DEAL}`, refusing(anError('TOO_LARGE', 'Too much at once.')));
    await press(element, 'csv');
    expect(inside(element, '[data-problem]').textContent).toBe('Too much at once.');
});

it('offers to look again when it could not', async () => {
    answer(`GET ${WRITES}`, refusing(anError('UNREACHABLE', 'Away.')));
    const element = await show();

    expect(inside(element, 'c-accord-page-state').failure.message).toBe('Away.');
    writes('', [aWrite('w1')]);
    inside(element, 'c-accord-page-state').dispatchEvent(new CustomEvent('retry'));
    await settle();
    await settle();
    expect(allInside(element, '[data-write]')).toHaveLength(1);
});
