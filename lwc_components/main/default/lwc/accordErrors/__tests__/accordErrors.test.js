import { isInDoubt, panelError, reduceError, reduceSaveError } from 'c/accordErrors';

describe('an error', () => {
    it('of our API is passed on, completed', () => {
        expect(reduceError({ code: 'NOT_FOUND', message: 'Gone.' })).toEqual({
            code: 'NOT_FOUND',
            message: 'Gone.',
            field: null,
            reference: null,
            items: []
        });
    });

    it('of our API comes through Apex as the text of its exception', () => {
        const error = { body: { message: JSON.stringify({ code: 'ALREADY_CONNECTED', message: 'This deal has a plan.' }) } };

        expect(reduceError(error)).toMatchObject({ code: 'ALREADY_CONNECTED', message: 'This deal has a plan.' });
    });

    it('of Lightning Data Service names its fields', () => {
        const fieldErrors = { Amount: [{ field: 'Amount', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Too much.' }] };
        const errors = [{ errorCode: 'ENTITY_IS_LOCKED', message: 'Approval pending.' }];

        const reduced = reduceError({ body: { message: 'An error occurred', output: { errors, fieldErrors } } }, 'Opportunity');

        expect(reduced.code).toBe('SALESFORCE_REFUSED');
        expect(reduced.items).toEqual([
            { key: 'Opportunity.Amount', field: 'Amount', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Too much.' },
            { key: null, field: null, code: 'ENTITY_IS_LOCKED', message: 'Approval pending.' }
        ]);
    });

    it('of the platform without details keeps its words', () => {
        expect(reduceError({ body: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'No access.' }] })).toMatchObject({
            code: 'INSUFFICIENT_ACCESS',
            message: 'No access.'
        });
    });

    it.each([[new TypeError('Failed to fetch')], [undefined], ['text']])('of unknown shape (%s) is said in plain words', (error) => {
        expect(reduceError(error)).toMatchObject({ code: 'UNREACHABLE', message: expect.stringContaining('cannot be reached') });
    });

    it('of our own making has the same shape', () => {
        expect(panelError('SIGN_IN_AGAIN', 'Again.')).toEqual({
            code: 'SIGN_IN_AGAIN',
            message: 'Again.',
            field: null,
            reference: null,
            items: []
        });
    });

    it.each([[new TypeError('Failed to fetch')], [undefined]])('of a save that nothing is known of (%s) leaves it in doubt', (error) => {
        expect(isInDoubt(reduceSaveError(error))).toBe(true);
    });

    it('of a refused save leaves no doubt', () => {
        expect(isInDoubt(reduceSaveError({ code: 'STALE_EDIT', message: 'Stale.' }))).toBe(false);
    });

    it.each([
        ['SAVE_IN_DOUBT', 'No answer.', true],
        ['SALESFORCE_UNAVAILABLE', 'Nothing was changed.', false]
    ])('of the server, %s "%s", is in doubt: %s', (code, message, expected) => {
        expect(isInDoubt({ code, message })).toBe(expected);
    });
});
