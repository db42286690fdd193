import AccordSlideout from 'c/accordSlideout';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { PANEL, aField, allIsWell, anError, refusing } from 'accordSettingsKit';
import { answer, forget } from 'settingsAnswers';

beforeEach(() => {
    forget();
    allIsWell();
    answer(`GET ${PANEL}/fields?sobject=Opportunity`, {
        fields: [
            aField('Amount', 'Amount'),
            aField('IsPrivate', 'Private', { allowed: false, reason: 'Private is a checkbox.' }),
            aField('NextStep', 'Next Step'),
            aField('OwnerId', 'Owner', { allowed: false, reason: 'Owner is a lookup.', over: 'Owner' })
        ]
    });
    answer(`GET ${PANEL}/fields?sobject=Account`, { fields: [aField('Industry', 'Industry')] });
    answer(`GET ${PANEL}/fields?sobject=Opportunity&over=Owner`, { fields: [aField('Owner.Name', 'Full Name')] });
});

const show = async (setup) => {
    if (setup) answer(`GET ${PANEL}`, setup, '"0"');
    const element = mount('c-accord-slideout', AccordSlideout);
    await settle();
    return element;
};
const rows = (element, tab = 0) => allInside(element, `[data-tab="${tab}"] c-accord-slideout-row`).map((row) => row.row.label);
const rowOf = (element, key) => inside(element, `c-accord-slideout-row[data-key="${key}"]`);

describe('Add Row', () => {
    const open = async (setup) => {
        const element = await show(setup);
        inside(element, '[data-add]').click();
        await settle();
        return [element, inside(element, 'c-accord-slideout-add')];
    };
    const choose = async (form, value) => {
        inside(form, '[data-picker]').dispatchEvent(new CustomEvent('choose', { detail: { value } }));
        await settle();
    };
    const select = async (form, name, value) => {
        inside(form, `[data-${name}]`).value = value;
        inside(form, `[data-${name}]`).dispatchEvent(new CustomEvent('change'));
        await settle();
    };
    const submit = async (form) => {
        inside(form, 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
        await settle();
    };

    it('offers the fields of the describe, and says why some cannot be chosen (A14, A24)', async () => {
        const [element, form] = await open();
        const { options } = inside(form, '[data-picker]');

        expect(form.shadowRoot.activeElement).toBe(inside(form, '[data-level]'));
        expect(options.find(({ value }) => value === 'NextStep').reason).toBeNull();
        expect(options.find(({ value }) => value === 'IsPrivate').reason).toBe('Private is a checkbox.');
        expect(options.find(({ value }) => value === 'Amount').reason).toBe('It is in the slideout already.');
        await expect(element).toBeAccessible();
    });

    it('adds a field of the account under a label of its own to the second tab (A26, A27, A33)', async () => {
        const [element, form] = await open();
        await select(form, 'level', 'Account');
        await choose(form, 'Industry');
        inside(form, '[data-label]').value = 'Branch';
        inside(form, '[data-label]').dispatchEvent(new CustomEvent('input'));
        await select(form, 'tab', '1');
        await submit(form);

        expect(rows(element, 1)).toEqual(['Branch']);
        expect(element.shadowRoot.activeElement).toBe(rowOf(element, 'Account.Industry'));
        expect(inside(element, 'c-accord-slideout-add')).toBeNull();
    });

    it('goes over a lookup to the fields of the related record', async () => {
        const [element, form] = await open();
        await choose(form, 'over:Owner');
        await choose(form, 'Owner.Name');
        await submit(form);

        expect(rows(element)).toContain('Full Name');
        expect(rowOf(element, 'Opportunity.Owner.Name')).not.toBeNull();
    });

    it('asks for a field when none is chosen', async () => {
        const [, form] = await open();
        await submit(form);

        expect(inside(form, '[data-picker]').error).toBe('Choose a field from the list.');
        await expect(form).toBeAccessible();
    });

    it('says when the fields cannot be loaded, and closes by Escape to where it came from', async () => {
        answer(`GET ${PANEL}/fields?sobject=Opportunity`, refusing(anError('SALESFORCE_UNAVAILABLE', 'Salesforce is away.')));
        const [element, form] = await open();
        expect(inside(form, '[data-trouble]').textContent).toBe('Salesforce is away.');
        await expect(form).toBeAccessible();

        inside(form, 'form').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
        await settle();
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-add]'));
    });
});

describe('Update Tab Names (A31, A32)', () => {
    const rename = async (...names) => {
        const element = await show();
        inside(element, '[data-names]').click();
        await settle();
        const form = inside(element, 'c-accord-tab-names');
        allInside(form, '[data-name]').forEach((input, index) => {
            input.value = names[index];
        });
        inside(form, 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
        await settle();
        return element;
    };

    it('renames both tabs', async () => {
        const element = await rename('Commercials', ' Closing ');

        expect(allInside(element, 'h3').map((title) => title.textContent)).toEqual(['Tab 1: Commercials', 'Tab 2: Closing']);
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-names]'));
    });

    it.each([
        ['a name is missing', ['Deal', ' '], 'Each tab needs a name.'],
        ['both are the same', ['Deal', 'deal'], 'different names']
    ])('says when %s', async (_case, names, words) => {
        const element = await rename(...names);

        expect(inside(inside(element, 'c-accord-tab-names'), '[data-trouble]').textContent).toContain(words);
        await expect(inside(element, 'c-accord-tab-names')).toBeAccessible();
    });
});

describe('the rule of a tab', () => {
    it('is chosen from the stages of the org', async () => {
        const stages = ['Prospecting', 'Closed Won'].map((value) => ({ value, label: value }));
        answer(`GET ${PANEL}/rule-choices`, { record_types: [{ value: '012A', label: 'Renewal' }], stages });
        const element = await show();
        const rule = inside(element, '[data-tab="0"] c-accord-tab-rule');
        inside(rule, '[data-toggle]').click();
        await settle();
        for (const value of ['Closed Won', 'Prospecting']) {
            const box = inside(rule, `[data-value="${value}"]`);
            box.checked = true;
            box.dispatchEvent(new CustomEvent('change'));
            // eslint-disable-next-line no-await-in-loop -- one click after the other
            await settle();
        }

        expect(inside(rule, '[data-summary]').textContent).toBe('Shown in: Prospecting, Closed Won.');
        await expect(rule).toBeAccessible();
    });
});
