import AccordFlowCalls from 'c/accordFlowCalls';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const CALL = {
    id: '0198-1',
    at: '2026-11-22T10:00:00Z',
    action: 'logAccordActivities',
    flow_name: 'Customer answers',
    user_id: null,
    record_id: null,
    reference_id: 'ref-1',
    outcome: 'refused',
    error_code: 'INVALID_VALUE',
    milliseconds: 31,
    items: 1,
    can_run_again: true
};

beforeEach(() => {
    forget();
    answer('GET /api/v1/flow-calls', {
        calls: [CALL, { ...CALL, id: '0198-2', action: 'other', flow_name: '', outcome: 'queued', error_code: null, can_run_again: false }]
    });
});

const show = async () => {
    const element = mount('c-accord-flow-calls', AccordFlowCalls);
    await settle();
    return element;
};
const search = async (element, text) => {
    inside(element, '[data-search]').value = text;
    inside(element, 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
};

it('lists the calls with action, flow, outcome and time', async () => {
    const element = await show();

    expect(inside(element, '[data-count]').textContent).toBe('2 calls, the newest first.');
    expect(inside(element, '[data-call="0198-1"]').textContent).toMatch(
        /Log Accord Activity.*Customer answers.*Refused \(INVALID_VALUE\).*31 ms/s
    );
    expect(inside(element, '[data-call="0198-2"]').textContent).toContain('(not named)');
    expect(inside(element, '[data-call="0198-2"] [data-again]')).toBeNull();
    await expect(element).toBeAccessible();
});

it.each([
    ['a reference', 'ref-1', 'reference'],
    ['a record', '006Ax000001AbCdIAK', 'record']
])('finds by %s', async (_case, text, name) => {
    answer(`GET /api/v1/flow-calls?${name}=${text}`, { calls: [CALL] });
    const element = await show();
    await search(element, ` ${text} `);

    expect(allInside(element, '[data-call]')).toHaveLength(1);
    expect(inside(element, '[data-count]').textContent).toBe('One call.');
});

it('says when nothing was found, and shows all again', async () => {
    answer('GET /api/v1/flow-calls?reference=nonsense', { calls: [] });
    const element = await show();
    await search(element, 'nonsense');
    expect(inside(element, '[data-count]').textContent).toContain('Nothing was found.');
    await expect(element).toBeAccessible();

    await search(element, '');
    expect(allInside(element, '[data-call]')).toHaveLength(2);
});

it('runs a call again without doing anything, and shows the answer (D58)', async () => {
    answer('POST /api/v1/flow-calls/0198-1/dry-run', { answer: { isSuccess: false, whatToDo: 'Name a deal.', referenceId: null } });
    const element = await show();
    inside(element, '[data-again]').click();
    await settle();

    expect(calls.at(-1)[1]).toBe('/api/v1/flow-calls/0198-1/dry-run');
    expect(inside(element, '[data-result]').textContent).toContain('Name a deal.');
    expect(inside(element, '[data-result]').textContent).not.toContain('referenceId');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-result-title]'));
    await expect(element).toBeAccessible();
});

it('says why it could not be run again, or could not be loaded', async () => {
    answer('POST /api/v1/flow-calls/0198-1/dry-run', refusing(anError('NOT_FOUND', 'There is no such call.')));
    const element = await show();
    inside(element, '[data-again]').click();
    await settle();
    expect(inside(element, '[data-problem]').textContent).toBe('There is no such call.');

    answer('GET /api/v1/flow-calls', refusing(anError('UNREACHABLE', 'Away.')));
    await search(element, '');
    expect(inside(element, 'c-accord-page-state').failure.message).toBe('Away.');
    await expect(element).toBeAccessible();
});
