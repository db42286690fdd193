import { CLEAN, changesOf, edit, isConflict, isDirty, keepMine, problems, refused, restored, revert, saved, sending } from 'c/accordEdits';
import { anAmount, aRow } from 'accordTestKit';

const AMOUNT = 'Opportunity.Amount';
const stale = (theirs) => ({ code: 'STALE_EDIT', message: '', items: [{ key: AMOUNT, code: 'STALE_EDIT', theirs }] });

describe('an edit', () => {
    it('remembers the value that was seen when it began', () => {
        const edits = edit(edit(CLEAN, anAmount(), '1'), anAmount({ value: '99' }), '2');

        expect(changesOf(edits)).toEqual([{ key: AMOUNT, value: '2', seen: '125000.50' }]);
    });

    it('ends when the old value is typed back, however it is written', () => {
        expect(isDirty(edit(edit(CLEAN, anAmount(), '1'), anAmount(), '125000.5'))).toBe(false);
    });

    it('of nothing into nothing is none', () => {
        expect(isDirty(edit(CLEAN, aRow('NextStep'), ''))).toBe(false);
    });

    it('that empties a field sends null', () => {
        expect(changesOf(edit(CLEAN, anAmount(), ''))).toEqual([{ key: AMOUNT, value: null, seen: '125000.50' }]);
    });

    it('can be reverted, and takes with it what was said about the last save', () => {
        const edits = refused(edit(CLEAN, anAmount(), '1'), { code: 'X', message: 'no', items: [] }, [anAmount()]);

        expect(revert(edits, AMOUNT)).toEqual(CLEAN);
    });
});

describe('a save', () => {
    it('settles what was sent', () => {
        const edits = edit(CLEAN, anAmount(), '130000');

        const after = saved(edits, changesOf(edits), { rows: [anAmount({ value: '130000.00' })] });

        expect(after).toEqual(CLEAN);
    });

    it('keeps what was typed while it was under way, as an edit of the saved value', () => {
        const sent = edit(CLEAN, anAmount(), '130000');
        const typedOn = edit(sent, anAmount(), '1300001');

        const after = saved(typedOn, changesOf(sent), { rows: [anAmount({ value: '130000.00' })] });

        expect(changesOf(after)).toEqual([{ key: AMOUNT, value: '1300001', seen: '130000.00' }]);
    });

    it('shows again, with a remark, what the platform left as it was', () => {
        const edits = edit(CLEAN, anAmount(), '130000');
        const outcomes = [{ key: AMOUNT, outcome: 'ignored_by_platform', message: 'It comes from Products.' }];

        const after = saved(edits, changesOf(edits), { rows: [anAmount()], outcomes });

        expect(after.notes).toEqual({ [AMOUNT]: 'It comes from Products.' });
        expect(isDirty(after)).toBe(false);
    });

    it('takes back what was said about the one before', () => {
        const edits = refused(
            edit(CLEAN, anAmount(), '1'),
            { code: 'X', message: 'no', items: [{ key: AMOUNT, code: 'Y', message: 'no' }] },
            [anAmount()]
        );

        expect(sending(edits)).toMatchObject({ errors: {}, refusal: null });
    });
});

describe('a refused save', () => {
    it('keeps what was typed and puts the message at its field', () => {
        const edits = edit(CLEAN, anAmount(), '130000');

        const after = refused(edits, { code: 'SALESFORCE_REFUSED', items: [{ key: AMOUNT, code: 'X', message: 'Too much.' }] }, [
            anAmount()
        ]);

        expect(after.errors).toEqual({ [AMOUNT]: 'Too much.' });
        expect(isDirty(after)).toBe(true);
    });

    it('leaves no message at a field that nobody can edit', () => {
        const after = refused(CLEAN, { code: 'X', items: [{ key: AMOUNT, code: 'X', message: 'No.' }] }, [anAmount({ editable: false })]);

        expect(after.errors).toEqual({});
    });
});

describe('a stale edit', () => {
    const edits = refused(edit(CLEAN, anAmount(), '130000'), stale('99000.00'), [anAmount()]);

    it('holds both values until one is chosen', () => {
        expect(isConflict(edits.drafts[AMOUNT])).toBe(true);
        expect(problems(edits, [anAmount()])).toEqual([AMOUNT]);
    });

    it('kept as mine is sent with their value as the one seen', () => {
        const after = keepMine(edits, AMOUNT);

        expect(changesOf(after)).toEqual([{ key: AMOUNT, value: '130000', seen: '99000.00' }]);
        expect(after.refusal).toBeNull();
    });

    it('stays a choice when the old value is typed back', () => {
        expect(isConflict(edit(edits, anAmount(), '125000.50').drafts[AMOUNT])).toBe(true);
    });
});

describe('an amount of an org with several currencies (W14)', () => {
    const euros = anAmount({ currency: 'EUR' });
    const typed = edit(CLEAN, euros, '130000');
    const sent = { key: AMOUNT, value: '130000', seen: '125000.50', seen_currency: 'EUR' };

    it('is sent with the currency in which it was seen, also when that is another by now', () => {
        expect(changesOf(typed)).toEqual([sent]);
        expect(changesOf(edit(typed, anAmount({ currency: 'USD' }), '140000'))[0]).toMatchObject({ seen_currency: 'EUR' });
    });

    it('kept as mine is sent with the currency of theirs', () => {
        const refusal = { ...stale('125000.50'), items: [{ ...stale('125000.50').items[0], theirs_currency: 'USD' }] };

        expect(changesOf(keepMine(refused(typed, refusal, [euros]), AMOUNT))).toEqual([{ ...sent, seen_currency: 'USD' }]);
    });

    it('that was typed on during the save is an edit of what was saved', () => {
        const after = saved(edit(typed, euros, '150000'), [sent], { rows: [anAmount({ value: '130000', currency: 'USD' })] });

        expect(changesOf(after)).toEqual([{ ...sent, value: '150000', seen: '130000', seen_currency: 'USD' }]);
    });

    it.each([
        ['EUR', false],
        ['USD', true]
    ])('of an earlier visit in EUR, with the same digits as the %s of now, is restored: %s', (currency, isRestored) => {
        const row = anAmount({ value: '130000', currency });

        expect(changesOf(restored(CLEAN, [row], [sent]))).toEqual(isRestored ? [sent] : []);
    });
});
