import AccordPanel from 'c/accordPanel';
import { DEAL, aPanel, aRow, anAmount, inside, mount, settle } from 'accordTestKit';
import { source, tell } from '../../../../../test/platform/recordSource';

jest.mock('c/accordRecordSource', () => jest.requireActual('../../../../../test/platform/recordSource'));
jest.mock('c/accordLabels', () => jest.requireActual('../../../../../test/labels'));

const AMOUNT = 'Opportunity.Amount';
const TYPE = 'Opportunity.Type';
const MESSAGE = 'Say of what type a lost deal was.';
const REFUSAL = {
    code: 'SALESFORCE_REFUSED',
    message: 'Salesforce did not accept the change.',
    field: null,
    reference: 'req-1',
    items: [{ key: TYPE, field: 'Type', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: MESSAGE }]
};
const aType = () => aRow('Type', { label: 'Type' });
const field = (element, key) => inside(element, `c-accord-field[data-key="${key}"]`);
const also = (element) => inside(element, '[data-also]');
const edit = async (element, key, value) => {
    field(element, key).dispatchEvent(new CustomEvent('edit', { bubbles: true, detail: { key, value } }));
    await settle();
};
const save = async (element) => {
    await element.save();
    await settle();
};

/** A panel whose save was refused for want of a type, which it shows by now. */
async function asked() {
    source.save.mockRejectedValue(REFUSAL);
    const element = mount('c-accord-panel', AccordPanel, { recordId: DEAL, objectApiName: 'Opportunity' });
    tell('load', { panel: aPanel([anAmount()]) });
    await settle();
    await edit(element, AMOUNT, '1');
    await save(element);
    tell('load', { panel: aPanel([anAmount()], { also_needed: [aType()] }) });
    await settle();
    return element;
}

it('asks for a field that a refusal names and the panel does not show', async () => {
    await asked();

    expect(source.alsoNeed).toHaveBeenCalledWith([TYPE]);
});

it('shows it under the error, with the message of Salesforce at it', async () => {
    const element = await asked();

    expect(also(element).textContent).toContain('Salesforce asks for this too');
    expect(field(element, TYPE).error).toBe(MESSAGE);
    expect(field(element, AMOUNT).draft.value).toBe('1');
    await expect(element).toBeAccessible();
});

it('saves it with the rest, and takes it away again', async () => {
    const element = await asked();
    const rows = [anAmount({ value: '1' }), aRow('Type', { value: 'New' })];
    source.save.mockResolvedValue({ rows, outcomes: [] });

    await edit(element, TYPE, 'New');
    await save(element);

    expect(source.save).toHaveBeenLastCalledWith([
        { key: AMOUNT, value: '1', seen: '125000.50' },
        { key: TYPE, value: 'New', seen: null }
    ]);
    expect(also(element)).toBeNull();
    expect(inside(element, '[data-saved]')).not.toBeNull();
});

it('goes with a cancelled edit', async () => {
    const element = await asked();

    inside(element, '[data-cancel]').click();
    await settle();

    expect(also(element)).toBeNull();
    expect(source.alsoNeed).toHaveBeenLastCalledWith([]);
});

it('asks for what is missing in the next refusal too, beside what it has', async () => {
    const element = await asked();
    source.save.mockRejectedValue({ ...REFUSAL, items: [{ ...REFUSAL.items[0], key: 'Account.Industry', field: 'Industry' }] });

    await save(element);

    expect(source.alsoNeed).toHaveBeenLastCalledWith([TYPE, 'Account.Industry']);
});

it('narrows a dependent picklist while the other field is being chosen', async () => {
    const option = (value, ...validFor) => ({ value, label: value, valid_for: validFor.length ? validFor : null });
    const source_ = aRow('LeadSource', { label: 'Source', type: 'picklist', value: 'Web', options: [option('Web'), option('Fair')] });
    const channel = aRow('Channel__c', {
        label: 'Channel',
        type: 'picklist',
        value: 'Advert',
        options: [option('Advert', 'Web'), option('Booth', 'Fair')],
        controller: { key: source_.key, value: 'Web' }
    });
    const element = mount('c-accord-panel', AccordPanel, { recordId: DEAL, objectApiName: 'Opportunity' });
    tell('load', { panel: aPanel([source_, channel]) });
    await settle();
    const offered = () => field(element, channel.key).row.options.map(({ value }) => value);
    expect(offered()).toEqual(['Advert']);

    await edit(element, source_.key, 'Fair');

    expect(offered()).toEqual(['Booth']);
    expect(field(element, channel.key).draft.value).toBe('');
    expect(field(element, channel.key).note).toBe('“Advert” is not offered with this Source. Choose again.');
});
