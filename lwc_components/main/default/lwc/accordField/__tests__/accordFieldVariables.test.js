import AccordField from 'c/accordField';
import { aRow, inside, listen, mount, settle } from 'accordTestKit';

const options = ['a', 'b', 'c'].map((value) => ({ value, label: `Product ${value}` }));
const products = aRow('Products__c', { label: 'Products', type: 'multipicklist', value: 'a;b', options, max_length: null });
const legal = aRow('Legal__c', { label: 'Legal agreed', type: 'boolean', value: 'false', max_length: null });
const show = (row, more) => mount('c-accord-field', AccordField, { row, ...more });
const editor = (element) => inside(element, '[data-editor]');
const change = (element, detail) => editor(element).dispatchEvent(new CustomEvent('change', { detail }));
const draftOf = (row, value, more = {}) => ({ type: row.type, value, seen: row.value, ...more });

describe('a checkbox', () => {
    it('is a box with the value of the row', async () => {
        const element = show(legal);

        expect([editor(element).type, editor(element).checked, editor(element).label]).toEqual(['checkbox', false, 'Legal agreed']);
        await expect(element).toBeAccessible();
    });

    it.each([
        [true, 'true'],
        [false, 'false']
    ])('tells %s as the text %s', (checked, value) => {
        const element = show(legal);
        const edited = listen(element, 'edit');
        change(element, { checked });

        expect(edited).toHaveBeenCalledWith({ key: 'Opportunity.Legal__c', value });
    });

    it('follows its draft, and the row when the draft goes', async () => {
        const element = show(legal, { draft: draftOf(legal, 'true') });
        expect(editor(element).checked).toBe(true);
        element.draft = undefined;
        await settle();
        expect(editor(element).checked).toBe(false);
    });

    it('is a word where it cannot be changed, with the reason', async () => {
        const element = show({ ...legal, editable: false, read_only_reason: { code: 'WRITE_OFF' } });

        expect(inside(element, '[data-value]').textContent).toBe('No');
        expect(inside(element, '[data-reason]').textContent).toContain('read here and not written');
        await expect(element).toBeAccessible();
    });
});

describe('a percentage', () => {
    const chance = aRow('Probability', { label: 'Chance', type: 'percent', value: '75', precision: 3, scale: 0, max_length: null });

    it('is edited as the number before the sign', async () => {
        const element = show(chance);
        const edited = listen(element, 'edit');
        expect(editor(element)).toMatchObject({ type: 'number', formatter: 'percent-fixed', value: '75', step: '1' });
        await expect(element).toBeAccessible();
        change(element, { value: '80' });

        expect(edited).toHaveBeenCalledWith({ key: 'Opportunity.Probability', value: '80' });
    });

    it('is read with its sign, by itself and beside another one', () => {
        const locked = show({ ...chance, editable: false, read_only_reason: { code: 'WRITE_OFF' } });
        const stale = show(chance, { draft: draftOf(chance, '80', { theirs: '60' }) });

        expect(inside(locked, '[data-value]').textContent).toBe('75%');
        expect(inside(stale, 'c-accord-conflict')).toMatchObject({ yours: '80%', theirs: '60%' });
    });
});

describe('several values', () => {
    it('are boxes of what Salesforce offers, the chosen ones checked', async () => {
        const element = show(products);

        expect(editor(element).tagName).toBe('LIGHTNING-CHECKBOX-GROUP');
        expect(editor(element).options).toEqual(options);
        expect(editor(element).value).toEqual(['a', 'b']);
        await expect(element).toBeAccessible();
    });

    it('are told in one text, whatever the order of the clicks; none is empty', () => {
        const element = show(products);
        const edited = listen(element, 'edit');
        change(element, { value: ['c', 'a'] });
        change(element, { value: [] });

        expect(edited.mock.calls.map(([{ value }]) => value)).toEqual(['a;c', '']);
    });

    it('stay as they were clicked when the draft comes back', async () => {
        const element = show(products);
        change(element, { value: ['a', 'c'] });
        element.draft = draftOf(products, 'a;c');
        await settle();

        expect(editor(element).value).toEqual(['a', 'c']);
    });

    it('keep what is chosen and not offered any more, so that it can be taken away', async () => {
        const element = show({ ...products, value: 'a;old' });
        expect(editor(element).options.at(-1)).toEqual({ value: 'old', label: 'old' });

        element.draft = draftOf(products, 'a');
        await settle();
        expect(editor(element).options.at(-1)).toEqual({ value: 'old', label: 'old' });
        expect(editor(element).value).toEqual(['a']);
    });

    it('show both sides when somebody else was first', async () => {
        const element = show(products, { draft: draftOf(products, 'c', { theirs: 'a' }) });

        expect(inside(element, 'c-accord-conflict')).toMatchObject({ yours: 'Product c', theirs: 'Product a' });
        await expect(element).toBeAccessible();
    });
});
