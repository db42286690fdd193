import { narrowed, settleDependents } from 'c/accordDependencies';
import { CLEAN, edit, revert } from 'c/accordEdits';
import { aRow } from 'accordTestKit';

jest.mock('c/accordLabels', () => jest.requireActual('../../../../../test/labels'));

const option = (value, ...validFor) => ({ value, label: `The ${value}`, valid_for: validFor });
const plain = (value) => ({ value, label: value, valid_for: null });

const COUNTRY = aRow('Country', { label: 'Country', type: 'picklist', value: 'US', options: [plain('US'), plain('CA'), plain('CH')] });
const STATE = aRow('State', {
    label: 'State',
    type: 'picklist',
    value: 'NY',
    options: [option('NY', 'US'), option('OH', 'US'), option('QC', 'CA')],
    controller: { key: COUNTRY.key, value: 'US' }
});
const CITY = aRow('City', {
    label: 'City',
    type: 'picklist',
    value: 'Albany',
    options: [option('Albany', 'NY'), option('Quebec', 'QC')],
    controller: { key: STATE.key, value: 'NY' }
});
const ROWS = [COUNTRY, STATE, CITY];
const values = (row) => row.options.map(({ value }) => value);
const choose = (edits, row, value) => settleDependents(edit(edits, row, value), ROWS, row.key);
const undo = (edits, row) => settleDependents(revert(edits, row.key), ROWS, row.key);

describe('c/accordDependencies', () => {
    it('offers what fits the value that is shown, and then the one that is typed', () => {
        expect(values(narrowed(STATE, ROWS, CLEAN))).toEqual(['NY', 'OH']);
        expect(values(narrowed(STATE, ROWS, choose(CLEAN, COUNTRY, 'CA')))).toEqual(['QC']);
        expect(values(narrowed(STATE, ROWS, choose(CLEAN, COUNTRY, 'CH')))).toEqual([]);
    });

    it('goes by the value of the record when the panel does not show the controlling field', () => {
        expect(values(narrowed(STATE, [STATE], CLEAN))).toEqual(['NY', 'OH']);
    });

    it('offers everything that depends on nothing', () => {
        expect(narrowed(COUNTRY, ROWS, CLEAN)).toBe(COUNTRY);
    });

    it('clears what does not fit any more, all the way down, and says so', () => {
        const { drafts, notes } = choose(CLEAN, COUNTRY, 'CA');

        expect([drafts[STATE.key].value, drafts[CITY.key].value]).toEqual(['', '']);
        expect(drafts[STATE.key].seen).toBe('NY');
        expect(notes[STATE.key]).toBe('“The NY” is not offered with this Country. Choose again.');
    });

    it('keeps what still fits', () => {
        const edits = choose(CLEAN, STATE, 'OH');

        expect(edits.drafts[COUNTRY.key]).toBeUndefined();
        expect(edits.drafts[CITY.key].value).toBe('');
    });

    it('brings back what it has cleared when the old value is chosen again', () => {
        expect(choose(choose(CLEAN, COUNTRY, 'CA'), COUNTRY, 'US')).toEqual(CLEAN);
        expect(undo(choose(CLEAN, COUNTRY, 'CA'), COUNTRY)).toEqual(CLEAN);
    });

    it('does not take back what was chosen meanwhile', () => {
        const edits = choose(choose(CLEAN, COUNTRY, 'CA'), STATE, 'QC');

        expect(edits.drafts[STATE.key].value).toBe('QC');
        expect(undo(edits, COUNTRY).drafts[STATE.key].value).toBe('');
    });

    it('leaves a value alone that is offered nowhere any more, and a row that cannot be edited', () => {
        const odd = { ...STATE, value: 'Old' };
        const locked = { ...STATE, editable: false };

        for (const row of [odd, locked]) {
            const edits = settleDependents(edit(CLEAN, COUNTRY, 'CA'), [COUNTRY, row], COUNTRY.key);
            expect(Object.keys(edits.drafts)).toEqual([COUNTRY.key]);
        }
    });
});
