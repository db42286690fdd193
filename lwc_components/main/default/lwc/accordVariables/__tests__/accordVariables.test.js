import AccordVariables from 'c/accordVariables';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { VARIABLES, aField, aVariable, allIsWell, anError, refusing, someVariables } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';
import { factsOf, mergeOf, withRight } from '../model';

const BUDGET = aVariable('Opportunity.Amount', 'Budget');
const PRODUCTS = aVariable('Account.Products__c', 'Products', { write: true });

beforeEach(() => {
    forget();
    allIsWell();
    answer(`GET ${VARIABLES}/fields?sobject=Opportunity`, {
        fields: [
            aField('Amount', 'Amount', { writable: true }),
            aField('IsPrivate', 'Private', { type: 'boolean', writable: true }),
            aField('Fiscal', 'Fiscal Period', { writable: false }),
            aField('OwnerId', 'Owner', { allowed: false, reason: 'Owner is a lookup.' })
        ]
    });
});

const show = async (...rows) => {
    answer(`GET ${VARIABLES}`, someVariables(...rows), '"3"');
    const element = mount('c-accord-variables', AccordVariables);
    await settle();
    return element;
};
const rows = (element) => allInside(element, 'c-accord-slideout-row').map(({ row }) => row.label);
const rowOf = (element, key) => inside(element, `c-accord-slideout-row[data-key="${key}"]`);
const choice = (element, key, name) => inside(rowOf(element, key), `[data-choice="${name}"]`);
const orderOf = (element, key) => inside(rowOf(element, key), 'c-accord-row-order');
const button = (element, key, name) => inside(orderOf(element, key), `[data-do="${name}"]`);
const press = async (target) => {
    target.click();
    await settle();
};
const save = async (element) => {
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
};
const sent = () => calls.filter(([method]) => method === 'PUT').map(([, , body, version]) => [body, version]);
const add = async (element, field) => {
    await press(inside(element, '[data-add]'));
    const form = inside(element, 'c-accord-slideout-add');
    inside(form, '[data-picker]').dispatchEvent(new CustomEvent('choose', { detail: { value: field } }));
    await settle();
    return form;
};
const submit = async (form) => {
    inside(form, 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
};

it('shows each variable with its label, object, field and rights (B1)', async () => {
    const element = await show(BUDGET, PRODUCTS);

    expect(rows(element)).toEqual(['Budget', 'Products']);
    expect(inside(rowOf(element, 'Account.Products__c'), '[data-level]').textContent).toBe('Account');
    expect(inside(rowOf(element, 'Opportunity.Amount'), '[data-field]').textContent).toBe('Amount');
    expect(['read', 'write'].map((name) => choice(element, 'Opportunity.Amount', name).checked)).toEqual([true, false]);
    expect(button(element, 'Opportunity.Amount', 'swap')).toBeNull();
    expect(inside(element, '[data-off]')).toBeNull();
    await expect(element).toBeAccessible();
});

it('says that there is none yet, and that nobody sees anything while it is off', async () => {
    answer(`GET ${VARIABLES}`, { ...someVariables(), enabled: false }, '"0"');
    const element = mount('c-accord-variables', AccordVariables);
    await settle();

    expect(inside(element, '[data-empty]').textContent).toContain('no variables yet');
    expect(inside(element, '[data-off]').textContent).toContain('switched off');
    await expect(element).toBeAccessible();
});

it('adds a field of the describe, to be read at first, and saves the list with its version (D30)', async () => {
    answer(`PUT ${VARIABLES}`, (body) => ({ ...someVariables(), ...body }), '"4"');
    const element = await show(BUDGET);
    const said = listen(element, 'announce');
    const form = await add(element, 'IsPrivate');
    expect(inside(form, '[data-tab]')).toBeNull();
    expect(inside(form, '[data-picker]').options.map(({ value, reason }) => [value, reason])).toEqual([
        ['Amount', 'It is a variable already.'],
        ['IsPrivate', null],
        ['Fiscal', null],
        ['OwnerId', 'Owner is a lookup.']
    ]);
    await expect(form).toBeAccessible();
    await submit(form);
    expect(said).toHaveBeenCalledWith({ text: 'Private is added. Save to make it so.' });
    expect(element.shadowRoot.activeElement).toBe(rowOf(element, 'Opportunity.IsPrivate'));
    await press(choice(element, 'Opportunity.IsPrivate', 'write'));
    await save(element);

    const row = (field, label, write) => ({ sobject: 'Opportunity', field, label, read: true, write });
    expect(sent()).toEqual([[{ enabled: true, rows: [row('Amount', 'Budget', false), row('IsPrivate', 'Private', true)] }, '"3"']]);
    expect(element.hasUnsaved).toBe(false);
});

it('offers no Write for a field that nobody can write', async () => {
    const element = await show();
    await submit(await add(element, 'Fiscal'));

    expect(choice(element, 'Opportunity.Fiscal', 'write').disabled).toBe(true);
    expect(choice(element, 'Opportunity.Fiscal', 'read').disabled).toBe(false);
});

it('keeps Read and Write in step: what is written is read', () => {
    expect(withRight({ read: false, write: false }, 'write', true)).toEqual({ read: true, write: true });
    expect(withRight({ read: true, write: true }, 'read', false)).toEqual({ read: false, write: false });
    expect(withRight({ read: true, write: true }, 'write', false)).toEqual({ read: true, write: false });
});

it('orders and removes variables by buttons and keeps the focus near', async () => {
    const element = await show(BUDGET, PRODUCTS);
    await press(button(element, 'Account.Products__c', 'up'));
    expect(rows(element)).toEqual(['Products', 'Budget']);
    expect(orderOf(element, 'Account.Products__c').shadowRoot.activeElement.dataset.do).toBe('down');

    await press(button(element, 'Account.Products__c', 'remove'));
    expect(element.shadowRoot.activeElement).toBe(rowOf(element, 'Opportunity.Amount'));
    await press(button(element, 'Opportunity.Amount', 'remove'));
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-add]'));
});

it('shows what was refused at its row, or above the list, and puts the focus there', async () => {
    const refuse = (key, message) => answer(`PUT ${VARIABLES}`, refusing(anError('INVALID_VALUE', 'Nothing was saved.', { key, message })));
    const element = await show(BUDGET, PRODUCTS);
    const input = inside(rowOf(element, 'Account.Products__c'), '[data-label]');
    input.value = 'budget';
    input.dispatchEvent(new CustomEvent('input'));
    refuse('rows.1', 'Two variables are called budget.');
    await save(element);
    expect(rowOf(element, 'Account.Products__c').error).toBe('Two variables are called budget.');
    expect(element.shadowRoot.activeElement).toBe(rowOf(element, 'Account.Products__c'));
    await expect(element).toBeAccessible();

    refuse('rows', 'At most 50.');
    await save(element);
    expect(element.shadowRoot.activeElement.textContent).toBe('At most 50.');
});

describe('two admins at once', () => {
    const draft = (enabled, ...list) => ({ enabled, rows: list });
    const { label, ...rest } = BUDGET;

    it('are told of each other, and can bring both together', async () => {
        const element = await show(BUDGET);
        await press(choice(element, 'Opportunity.Amount', 'write'));
        answer(`PUT ${VARIABLES}`, refusing(anError('CHANGED_MEANWHILE', 'Ada changed the variables at 10:04.')));
        answer(`GET ${VARIABLES}`, someVariables({ ...rest, label: 'Volume' }, PRODUCTS), '"9"');
        await save(element);
        const told = inside(element, 'c-accord-meanwhile');
        expect(told.changes.map(({ text }) => text)).toEqual([expect.stringContaining('Volume'), 'Added: Products (Account.Products__c)']);
        told.dispatchEvent(new CustomEvent('merge'));
        await settle();

        expect(rows(element)).toEqual(['Volume', 'Products']);
        expect(choice(element, 'Opportunity.Amount', 'write').checked).toBe(true);
    });

    it('do not switch each other back', () => {
        const off = draft(false, BUDGET);
        expect(mergeOf(off, off, draft(true, BUDGET)).enabled).toBe(true);
        expect(mergeOf(off, draft(true, BUDGET), off).enabled).toBe(true);
    });

    it('read of rights in words', () => {
        expect(factsOf(draft(true, { ...rest, label })).get('Opportunity.Amount').text).toBe('Budget, read: yes, write: no');
    });
});
