import AccordPanel from 'c/accordPanel';
import { DEAL, aPanel, aRow, anAmount, inside, mount, settle } from 'accordTestKit';
import { source, tell } from '../../../../../test/platform/recordSource';

jest.mock('c/accordRecordSource', () => jest.requireActual('../../../../../test/platform/recordSource'));
jest.mock('c/accordLabels', () => jest.requireActual('../../../../../test/labels'));

const AMOUNT = 'Opportunity.Amount';
const TYPED = { key: AMOUNT, value: '130000', seen: '125000.50' };
const draft = (facts = {}) => ({ kept_at: '2026-11-10T09:00:00Z', offered: false, changes: [TYPED], ...facts });
const field = (element) => inside(element, `c-accord-field[data-key="${AMOUNT}"]`);
const press = async (element, selector) => {
    inside(element, selector).click();
    await settle();
};

async function show(facts, rows = [anAmount()]) {
    const element = mount('c-accord-panel', AccordPanel, { recordId: DEAL, objectApiName: 'Opportunity' });
    tell('load', { panel: aPanel(rows, facts) });
    await settle();
    return element;
}
const edit = async (element, value) => {
    field(element).dispatchEvent(new CustomEvent('edit', { bubbles: true, detail: { key: AMOUNT, value } }));
    await settle();
};

it('fills in what was typed at an earlier visit, and says so', async () => {
    const element = await show({ draft: draft() });

    expect(field(element).draft).toMatchObject({ value: '130000', seen: '125000.50' });
    expect(inside(element, '[data-restored]').textContent).toBe('What you had typed and not saved is here again.');
    await expect(element).toBeAccessible();
});

it.each([
    ['the record has those values by now', { value: '130000' }],
    ['the field cannot be edited', { editable: false, read_only_reason: { code: 'FORMULA' } }]
])('says nothing when %s', async (_, facts) => {
    const element = await show({ draft: draft() }, [anAmount(facts)]);

    expect(field(element).draft).toBeUndefined();
    expect(inside(element, '[data-restored]')).toBeNull();
});

it('asks about an old one, and does not fill it in by itself', async () => {
    const element = await show({ draft: draft({ offered: true }) });

    expect(field(element).draft).toBeUndefined();
    expect(inside(element, '[data-offer]').textContent).toContain('You have unsaved changes from Nov 10, 2026');
    await expect(element).toBeAccessible();
    await press(element, '[data-fill-in]');

    expect(field(element).draft.value).toBe('130000');
    expect(inside(element, '[data-offer]')).toBeNull();
});

it('drops an old one when it is told to', async () => {
    const element = await show({ draft: draft({ offered: true }) });

    await press(element, '[data-discard]');

    expect(source.keepDraft).toHaveBeenLastCalledWith([]);
    expect(inside(element, '[data-offer]')).toBeNull();
});

it('keeps each edit, and none after the last is taken back', async () => {
    const element = await show();

    await edit(element, '130000');
    expect(source.keepDraft).toHaveBeenLastCalledWith([TYPED]);
    await press(element, '[data-cancel]');
    expect(source.keepDraft).toHaveBeenLastCalledWith([]);
});

it('does not write over an old one while its question is open', async () => {
    const element = await show({ draft: draft({ offered: true }) });

    await edit(element, '1');

    expect(source.keepDraft).not.toHaveBeenCalled();
});

it('is taken from the first look alone: a later one is about what is typed now', async () => {
    const element = await show();

    tell('load', { panel: aPanel([anAmount()], { draft: draft() }) });
    await settle();

    expect(field(element).draft).toBeUndefined();
});

describe('in Lightning, where a draft may come after the fields', () => {
    const next = { key: 'Opportunity.NextStep', value: 'Visit', seen: null };
    const both = [anAmount(), aRow('NextStep')];

    it('is filled in when it comes', async () => {
        const element = await show({}, both);

        tell('draft', { draft: draft() });
        tell('draft', { draft: draft({ changes: [next] }) });
        await settle();

        expect(field(element).draft.value).toBe('130000');
        expect(inside(element, '[data-count]').textContent).toBe('2 unsaved changes');
    });

    it('is offered as one when its parts come one after the other', async () => {
        const element = await show({}, both);

        tell('draft', { draft: draft({ offered: true }) });
        tell('draft', { draft: draft({ offered: true, changes: [next] }) });
        await settle();
        await press(element, '[data-fill-in]');

        expect(inside(element, '[data-count]').textContent).toBe('2 unsaved changes');
    });

    it('may be discarded without what has been typed since', async () => {
        const element = await show({}, both);
        await edit(element, '5');
        tell('draft', { draft: draft({ offered: true, changes: [next] }) });
        await settle();

        await press(element, '[data-discard]');

        expect(source.keepDraft).toHaveBeenLastCalledWith([{ key: AMOUNT, value: '5', seen: '125000.50' }]);
    });

    it('says what is missing while Accord does not answer; the fields can be used', async () => {
        const element = await show({ is_without_accord: true, plan: null, plan_problem: 'The plan cannot be reached.' });

        const banner = inside(element, '[data-banner="without-accord"]');
        expect(banner.textContent).toContain('The fields that your admin has chosen and the plan are missing.');
        expect(banner.getAttribute('role')).toBe('note');
        await edit(element, '130000');
        expect(inside(element, '[data-save]').disabled).toBe(false);
        await expect(element).toBeAccessible();
    });
});

it('tells the day of a draft in the time zone of the reader', async () => {
    const element = await show({ draft: draft({ offered: true, kept_at: '2026-11-10T03:00:00Z' }) });

    expect(inside(element, '[data-offer]').textContent).toContain('Nov 9, 2026');
});
