import AccordScore from 'c/accordScore';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { SCORE, allIsWell, anError, refusing, someWeights } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';
import { mergeOf } from '../model';

beforeEach(() => {
    forget();
    allIsWell();
    answer(`PUT ${SCORE}`, (body) => someWeights({ ...body, version: 1, is_default: false, changed_by: 'Ada Lindqvist' }), '"1"');
});

const show = async () => {
    const element = mount('c-accord-score', AccordScore);
    await settle();
    return element;
};
const weigh = async (element, factor, weight) => {
    const entry = inside(element, `[data-weight][data-factor="${factor}"]`);
    entry.value = weight;
    entry.dispatchEvent(new CustomEvent('input'));
    await settle();
};
const save = async (element) => {
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
};
const sumOf = (element) => inside(element, '[data-sum]').textContent;

it('says of each factor what it counts, and of the weights that nobody has changed them (D20)', async () => {
    const element = await show();
    const hints = allInside(element, 'li .hint').map(({ textContent }) => textContent);

    expect(hints).toHaveLength(5);
    expect(hints[2]).toBe('Customers who are invited; 3 of them earn all the points.');
    expect(inside(element, '[data-first]').textContent).toBe('These are the weights that Accord comes with.');
    expect(sumOf(element)).toBe('Together 100 of 100');
    await expect(element).toBeAccessible();
});

it('adds up while somebody types, and saves the version that he saw', async () => {
    const element = await show();
    await weigh(element, 'criteria', '30');
    expect(sumOf(element)).toBe('Together 90 of 100: give 10 more.');
    await weigh(element, 'progress', '55');
    expect(sumOf(element)).toBe('Together 120 of 100: take 20 away.');
    await weigh(element, 'progress', '35');
    await save(element);

    const [, , body, version] = calls.filter(([method]) => method === 'PUT').at(-1);
    expect([body.weights.criteria, body.weights.progress, version]).toEqual([30, 35, '"0"']);
    expect(inside(element, '[data-first]').textContent).toBe('Version 1 of the weights, by Ada Lindqvist.');
});

it('shows what was refused, and merges two admins by factor', async () => {
    const refused = { key: 'weights', field: 'weights', code: 'INVALID_VALUE', message: 'The weights add up to 90.' };
    answer(`PUT ${SCORE}`, refusing(anError('INVALID_VALUE', 'The weights were not saved.', refused)));
    const element = await show();
    await weigh(element, 'criteria', '30');
    await save(element);
    expect(inside(element, '[data-problem-at]').textContent).toBe('The weights add up to 90.');

    const base = someWeights();
    const mine = { weights: { ...base.weights, criteria: 30 } };
    const theirs = { weights: { ...base.weights, criteria: 20, progress: 45 } };
    expect(mergeOf(base, mine, theirs).weights).toEqual({ ...base.weights, criteria: 30, progress: 45 });
});
