import AccordField from 'c/accordField';
import { DEAL, aRow, anAmount, inside, listen, mount, settle } from 'accordTestKit';

const show = (row, properties) => mount('c-accord-field', AccordField, { row, ...properties });
const editor = (element) => inside(element, '[data-editor]');
const type = (element, value) => editor(element).dispatchEvent(new CustomEvent('change', { detail: { value } }));
const press = (element, key) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true });
    editor(element).dispatchEvent(event);
    return event;
};
const draftOf = (row, value, more = {}) => ({ type: row.type, value, seen: row.value, ...more });
const stage = aRow('StageName', { type: 'picklist', value: 'Won', options: [{ value: 'Won', label: 'Closed Won' }], max_length: null });

describe('an editor', () => {
    it.each([
        ['date', 'LIGHTNING-INPUT', 'date'],
        ['currency', 'LIGHTNING-INPUT', 'number'],
        ['number', 'LIGHTNING-INPUT', 'number'],
        ['text', 'LIGHTNING-INPUT', 'text'],
        ['long_text', 'LIGHTNING-TEXTAREA', undefined],
        ['picklist', 'LIGHTNING-COMBOBOX', undefined]
    ])('of %s is a %s', async (kind, tag, inputType) => {
        const element = show(aRow('X', { type: kind, label: 'Label' }));

        expect(editor(element).tagName).toBe(tag);
        expect(editor(element).type).toBe(inputType);
        expect(editor(element).label).toBe('Label');
        await expect(element).toBeAccessible();
    });

    it('of an amount shows the currency and as many decimals as Salesforce keeps', () => {
        expect(editor(show(anAmount()))).toMatchObject({ formatter: 'currency', step: '0.01', value: '125000.50' });
        expect(editor(show(anAmount({ scale: 0 }))).step).toBe('1');
    });

    it('of an amount in another currency names it and does not show the wrong sign', () => {
        expect(editor(show(anAmount({ currency: 'EUR' })))).toMatchObject({ formatter: 'decimal', label: 'Opportunity Amount (EUR)' });
    });

    it('of a picklist offers exactly what Salesforce offers (A19)', () => {
        expect(editor(show({ ...stage, required: true })).options).toEqual(stage.options);
    });

    it('of an optional picklist also offers no value', () => {
        expect(editor(show(stage)).options).toEqual([{ value: '', label: '--None--' }, ...stage.options]);
    });

    it('of text stops at the limit of the field (A21)', () => {
        expect(editor(show(aRow('NextStep'))).maxLength).toBe(255);
    });
});

describe('typing', () => {
    it('is told with the key of the row', () => {
        const element = show(anAmount());
        const edited = listen(element, 'edit');

        type(element, '130000');

        expect(edited).toHaveBeenCalledWith({ key: 'Opportunity.Amount', value: '130000' });
    });

    it('is not written back into the editor', async () => {
        const row = aRow('CloseDate', { type: 'date', value: '2026-12-31' });
        const element = show(row);
        type(element, '');
        editor(element).value = 'half-typed';

        element.draft = draftOf(row, '');
        await settle();

        expect(editor(element).value).toBe('half-typed');
    });

    it('marks the field as edited, in words too', async () => {
        const element = show(anAmount(), { draft: draftOf(anAmount(), '1') });

        expect(inside(element, '.edited').textContent).toBe('Edited');
        await expect(element).toBeAccessible();
    });

    it('shows a counter near the limit', () => {
        const row = aRow('NextStep');

        expect(inside(show(row, { draft: draftOf(row, 'x'.repeat(200)) }), '[data-counter]')).toBeNull();
        expect(inside(show(row, { draft: draftOf(row, 'x'.repeat(240)) }), '[data-counter]').textContent).toBe('15 characters left');
        expect(inside(show(row, { draft: draftOf(row, 'x'.repeat(255)) }), '[data-counter]').textContent).toContain('No characters left');
    });

    it.each([
        ['x'.repeat(300), 'x'.repeat(255), 'The text was cut: at most 255 characters fit here.'],
        ['short', 'short', undefined],
        ['two\nlines', `${'x'.repeat(246)}two lines`, undefined]
    ])('of pasted text says when it was cut', async (pasted, entered, hint) => {
        const element = show(aRow('NextStep'));
        const paste = new CustomEvent('paste', { bubbles: true, composed: true });
        paste.clipboardData = { getData: () => pasted };

        editor(element).dispatchEvent(paste);
        type(element, entered);
        await settle();

        expect(inside(element, '[data-cut]')?.textContent).toBe(hint);
        await expect(element).toBeAccessible();
    });

    it('of arrow keys never counts an amount up or down', () => {
        expect(press(show(anAmount()), 'ArrowUp').defaultPrevented).toBe(true);
        expect(press(show(aRow('NextStep')), 'ArrowUp').defaultPrevented).toBe(false);
    });
});

describe('Escape', () => {
    it('reverts an edit', () => {
        const element = show(anAmount(), { draft: draftOf(anAmount(), '1') });
        const reverted = listen(element, 'revert');

        press(element, 'Escape');

        expect(reverted).toHaveBeenCalledWith({ key: 'Opportunity.Amount' });
    });

    it('is left to others when there is nothing to revert', () => {
        expect(press(show(anAmount()), 'Escape').defaultPrevented).toBe(false);
    });

    it('brings the old value back into the editor', async () => {
        const element = show(anAmount());
        type(element, '1');
        element.draft = draftOf(anAmount(), '1');
        editor(element).value = '1';
        await settle();

        element.draft = undefined;
        await settle();

        expect(editor(element).value).toBe('125000.50');
    });
});

describe('an entry', () => {
    it.each([
        ['12.345', 'Enter at most 2 decimal places.'],
        ['12345678901234567', 'Enter at most 16 digits before the decimal point.']
    ])('of %s is refused before it is sent', (value, message) => {
        const element = show(anAmount(), { draft: draftOf(anAmount(), value) });

        expect(element.validate()).toBe(false);
        expect(editor(element).shownMessage).toBe(message);
    });

    it('shows the words of Salesforce at the field, until it is edited again', async () => {
        const element = show(anAmount());
        element.error = 'Deals above 100,000 need an approval.';
        await settle();

        expect(editor(element).shownMessage).toBe('Deals above 100,000 need an approval.');
        await expect(element).toBeAccessible();

        type(element, '1');

        expect(editor(element).shownMessage).toBe('');
    });

    it('shows the same words again after another refusal', async () => {
        const element = show(anAmount());
        for (const error of ['No.', undefined, 'No.']) {
            element.error = error;
            // eslint-disable-next-line no-await-in-loop
            await settle();
        }

        expect(editor(element).shownMessage).toBe('No.');
    });
});

describe('a locked row', () => {
    const locked = (code, message) => anAmount({ editable: false, read_only_reason: { code, message } });

    it('says why before anything is typed', async () => {
        const element = show(locked('COMES_FROM_PRODUCTS', 'The amount comes from the Products.'));

        expect(editor(element)).toBeNull();
        expect(inside(element, '[data-value]').textContent).toBe('$125,000.50');
        expect(inside(element, '[data-reason]').textContent).toContain('The amount comes from the Products.');
        await expect(element).toBeAccessible();
    });

    it('of a field that may not be seen does not claim to be empty', async () => {
        const element = show(aRow('Amount', { editable: false, read_only_reason: { code: 'NOT_VISIBLE' } }));

        expect(inside(element, '[data-value]').textContent).toBe('Hidden');
        await expect(element).toBeAccessible();
    });

    it.each(['NO_EDIT_RIGHT', 'COMES_FROM_PRODUCTS', 'FORMULA', 'RECORD_READ_ONLY', 'NOT_VISIBLE'])(
        'has words of its own for %s',
        (code) => {
            expect(inside(show(locked(code, null)), '[data-reason]').textContent).not.toBe('');
        }
    );
});

describe('a locked row leads to where its value is changed', () => {
    const locked = (facts, reason) => anAmount({ ...facts, editable: false, read_only_reason: reason });
    const PRODUCTS = { label: 'Open the products', recordId: DEAL, sobject: 'Opportunity', list: 'OpportunityLineItems' };

    it.each([
        ['the products', { code: 'COMES_FROM_PRODUCTS' }, PRODUCTS],
        ['the related record', { code: 'RELATED', record_id: '005Ax' }, { label: 'Open that record', recordId: '005Ax' }]
    ])('%s', (_, reason, place) => {
        const element = show(locked({}, reason));
        const opened = listen(element, 'openplace');

        inside(element, '[data-place]').click();

        expect(inside(element, '[data-place]').textContent).toBe(place.label);
        expect(opened).toHaveBeenCalledWith({ key: 'Opportunity.Amount', place });
    });

    it.each([[{ code: 'RELATED', record_id: null }], [{ code: 'FORMULA' }], [{ code: 'NO_ACCOUNT' }]])('or nowhere: %j', (reason) => {
        expect(inside(show(locked({}, reason)), '[data-place]')).toBeNull();
    });

    it('says why, and does not take what was not read for empty', () => {
        const unread = show(locked({ value: null }, { code: 'NOT_READ', message: 'The account could not be read. Away.' }));

        expect(inside(unread, '[data-reason]').textContent).toContain('The account could not be read. Away.');
        expect(inside(unread, '[data-value]').textContent).toBe('Hidden');
        expect(inside(show(locked({}, { code: 'NO_ACCOUNT' })), '[data-reason]').textContent).toContain('has no account');
    });
});

describe('a stale edit', () => {
    const row = anAmount();
    const stale = draftOf(row, '130000', { theirs: '99000.00' });

    it('shows both values', async () => {
        const conflict = inside(show(row, { draft: stale }), 'c-accord-conflict');

        expect(conflict).toMatchObject({ yours: '$130,000.00', theirs: '$99,000.00', label: 'Opportunity Amount' });
    });

    it('of an amount says when the currency is another by now, and shows both values in that one (W14)', async () => {
        const inEuros = (typed) => draftOf(row, '130000', { theirs: '99000.00', theirs_currency: 'EUR', seen_currency: typed });
        const element = show(row, { draft: inEuros('USD') });

        expect(inside(element, '[data-currency]').textContent).toBe(
            'The currency was changed to EUR meanwhile. If you keep yours, it is saved in EUR.'
        );
        expect(inside(element, 'c-accord-conflict')).toMatchObject({ yours: '€130,000.00', theirs: '€99,000.00' });
        expect(inside(show(row, { draft: inEuros('EUR') }), '[data-currency]')).toBeNull();
        await expect(element).toBeAccessible();
    });

    it.each([
        ['keepmine', 'keepmine'],
        ['taketheirs', 'taketheirs']
    ])('passes %s on with the key of the row', (event) => {
        const element = show(row, { draft: stale });
        const chosen = listen(element, event);

        inside(element, 'c-accord-conflict').dispatchEvent(new CustomEvent(event));

        expect(chosen).toHaveBeenCalledWith({ key: 'Opportunity.Amount' });
    });
});

it('offers to explain its value where that is known, in words as the field shows them (D6)', async () => {
    const explain = jest.fn();
    const element = show(anAmount(), { explain });

    expect(inside(element, 'c-accord-why')).toMatchObject({ name: 'Opportunity Amount', fieldKey: 'Opportunity.Amount', explain });
    expect(inside(element, 'c-accord-why').textOf('131000')).toBe('$131,000.00');
    expect(inside(show(anAmount()), 'c-accord-why')).toBeNull();
    await expect(element).toBeAccessible();
});
