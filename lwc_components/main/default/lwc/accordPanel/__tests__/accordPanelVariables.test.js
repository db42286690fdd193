import AccordPanel from 'c/accordPanel';
import { DEAL, aPanel, aRow, allInside, anAmount, inside, mount, settle } from 'accordTestKit';
import { source, tell } from '../../../../../test/platform/recordSource';

jest.mock('c/accordRecordSource', () => jest.requireActual('../../../../../test/platform/recordSource'));

const AMOUNT = 'Opportunity.Amount';
const LEGAL = 'Opportunity.Legal__c';
const legal = (facts) => aRow('Legal__c', { label: 'Legal agreed', type: 'boolean', value: 'false', max_length: null, ...facts });
const locked = { editable: false, read_only_reason: { code: 'WRITE_OFF' } };
const panel = (facts) => aPanel([anAmount()], { variables: [anAmount({ label: 'Budget', ...locked }), legal()], ...facts });
const section = (element) => inside(element, '[data-values]');
const variable = (element, key) => section(element).querySelector(`c-accord-field[data-key="${key}"]`);
const tabField = (element, key) => allInside(element, `c-accord-field[data-key="${key}"]`).find((one) => !section(element).contains(one));
const edit = async (target, key, value) => {
    target.dispatchEvent(new CustomEvent('edit', { bubbles: true, detail: { key, value } }));
    await settle();
};
const save = async (element) => {
    const event = new KeyboardEvent('keydown', { key: 's', bubbles: true, cancelable: true, ctrlKey: true });
    inside(element, 'section').dispatchEvent(event);
    await settle();
};
async function show(answer = panel()) {
    const element = mount('c-accord-panel', AccordPanel, { recordId: DEAL, objectApiName: 'Opportunity' });
    tell('load', { panel: answer });
    await settle();
    return element;
}

it('lists the Salesforce values above the plan, and gives them to it', async () => {
    const element = await show();

    expect(inside(element, '#values, [id^="values"]').textContent).toBe('Salesforce values');
    expect(allInside(element, '[data-values] c-accord-field').map(({ row }) => row.label)).toEqual(['Budget', 'Legal agreed']);
    expect(inside(element, 'c-accord-plan').variables.map(({ label }) => label)).toEqual(['Budget', 'Legal agreed']);
    await expect(element).toBeAccessible();
});

it.each([[[]], [undefined]])('has no such section where there are none: %j', async (variables) => {
    expect(section(await show(panel({ variables })))).toBeNull();
});

it('shows them where the slideout has no row at all', async () => {
    const element = await show(panel({ tabs: [] }));

    expect(allInside(element, 'c-accord-field')).toHaveLength(2);
    expect(inside(element, 'lightning-tabset')).toBeNull();
});

it('saves a variable together with the fields of the tabs, and takes over what it has then', async () => {
    source.save.mockResolvedValue({
        rows: [anAmount({ value: '1' })],
        variables: [anAmount({ label: 'Budget', value: '1', ...locked }), legal({ value: 'true' })],
        saved: [AMOUNT, LEGAL],
        outcomes: []
    });
    const element = await show();
    await edit(tabField(element, AMOUNT), AMOUNT, '1');
    await edit(variable(element, LEGAL), LEGAL, 'true');
    expect(inside(element, '[data-count]').textContent).toContain('2');
    expect(source.keepDraft.mock.calls.at(-1)[0]).toHaveLength(2);
    await save(element);

    expect(source.save).toHaveBeenCalledWith([
        { key: AMOUNT, value: '1', seen: '125000.50' },
        { key: LEGAL, value: 'true', seen: 'false' }
    ]);
    expect(inside(element, '[data-bar]')).toBeNull();
    expect(variable(element, LEGAL).row.value).toBe('true');
    expect(variable(element, AMOUNT).row).toMatchObject({ label: 'Budget', value: '1', editable: false });
    expect(inside(element, 'c-accord-plan').variables[0].value).toBe('1');
});

it('is one edit of one field, wherever it stands', async () => {
    const element = await show(panel({ variables: [anAmount({ label: 'Budget' })] }));
    await edit(variable(element, AMOUNT), AMOUNT, '5');

    expect([tabField(element, AMOUNT), variable(element, AMOUNT)].map(({ draft }) => draft.value)).toEqual(['5', '5']);
    expect(inside(element, '[data-count]').textContent).toContain('1');
});

it('says what was refused at the place where the field can be edited', async () => {
    const item = { key: AMOUNT, field: 'Amount', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Too much.' };
    source.save.mockRejectedValue({ code: 'SALESFORCE_REFUSED', message: 'Too much.', field: null, items: [item], reference: null });
    const element = await show(aPanel([anAmount(locked)], { variables: [anAmount({ label: 'Budget' })] }));
    await edit(variable(element, AMOUNT), AMOUNT, '9');
    await save(element);

    expect(variable(element, AMOUNT).error).toBe('Too much.');
    expect(element.shadowRoot.activeElement).toBe(variable(element, AMOUNT));
});

it('asks once which of two values it shall be, and both places show the one that was taken', async () => {
    const item = { key: AMOUNT, field: 'Amount', code: 'STALE_EDIT', message: 'Changed.', yours: '9', theirs: '7', theirs_currency: null };
    source.save.mockRejectedValue({ code: 'STALE_EDIT', message: 'Changed.', field: null, items: [item], reference: null });
    const element = await show(panel({ variables: [anAmount({ label: 'Budget' })] }));
    await edit(variable(element, AMOUNT), AMOUNT, '9');
    await save(element);
    expect([tabField(element, AMOUNT), variable(element, AMOUNT)].map(({ draft }) => [draft.value, draft.theirs])).toEqual([
        ['9', '7'],
        ['9', undefined]
    ]);
    expect(element.shadowRoot.activeElement).toBe(tabField(element, AMOUNT));
    tabField(element, AMOUNT).dispatchEvent(new CustomEvent('taketheirs', { bubbles: true, detail: { key: AMOUNT } }));
    await settle();

    expect([tabField(element, AMOUNT), variable(element, AMOUNT)].map(({ row }) => row.value)).toEqual(['7', '7']);
    expect(variable(element, AMOUNT).row.label).toBe('Budget');
});

it('says what was refused once, of a field that can be edited in both places', async () => {
    const item = { key: AMOUNT, field: 'Amount', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Too much.' };
    source.save.mockRejectedValue({ code: 'SALESFORCE_REFUSED', message: 'Too much.', field: null, items: [item], reference: null });
    const element = await show(panel({ variables: [anAmount({ label: 'Budget' })] }));
    await edit(variable(element, AMOUNT), AMOUNT, '9');
    await save(element);

    expect([tabField(element, AMOUNT), variable(element, AMOUNT)].map(({ error }) => error)).toEqual(['Too much.', undefined]);
});

it('keeps the field that has the focus when all is read again, in the place where it stands', async () => {
    const element = await show(panel({ variables: [anAmount({ label: 'Budget' })] }));
    Object.defineProperty(element.shadowRoot, 'activeElement', { get: () => variable(element, AMOUNT), configurable: true });
    tell('load', { panel: panel({ variables: [anAmount({ label: 'Budget', value: '1' })] }) });
    await settle();

    expect(variable(element, AMOUNT).row).toMatchObject({ label: 'Budget' });
    expect(tabField(element, AMOUNT).row).toMatchObject({ label: 'Opportunity Amount' });
});

it('fills in what was typed into a variable at an earlier visit', async () => {
    const draft = { kept_at: '2026-11-22T10:00:00Z', offered: false, changes: [{ key: LEGAL, value: 'true', seen: 'false' }] };
    const element = await show(panel({ draft }));

    expect(variable(element, LEGAL).draft.value).toBe('true');
});

it('names a plan that leaves the deal as it is read, with its values', async () => {
    const element = await show(panel());
    const plan = { id: 'p1', title: '{{budget}} at most', opportunity_id: null };
    inside(element, 'c-accord-plan').dispatchEvent(new CustomEvent('planchange', { detail: { plan } }));
    await settle();

    expect(inside(element, '[data-status]').textContent).toContain('“$125,000.50 at most”');
});
