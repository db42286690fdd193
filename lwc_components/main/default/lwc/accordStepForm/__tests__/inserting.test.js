import AccordStepForm from 'c/accordStepForm';
import { aRow, aStep, aWholePlan, inside, listen, mount } from 'accordTestKit';
import { insertInto } from '../inserting';

const { members } = aWholePlan([]);
const BUDGET = aRow('Amount', { label: 'Budget' });

/** A lightning-input tells its cursor; a lightning-textarea has a method instead, which a real one stands in for here. */
const anInput = (value, selectionStart, selectionEnd = selectionStart) => ({ value, selectionStart, selectionEnd, focus: jest.fn() });
function aTextarea(value, start, end = start) {
    const area = document.createElement('textarea');
    area.value = value;
    area.setSelectionRange(start, end);
    const editor = { focus: jest.fn(), setRangeText: jest.fn((...given) => area.setRangeText(...given)) };
    return Object.defineProperty(editor, 'value', { get: () => area.value });
}

it.each([
    ['at the cursor', anInput('Live by ', 8), 'Live by {{Go}}', 14],
    ['in the middle', anInput('ab', 1), 'a{{Go}}b', 7],
    ['for what is selected', anInput('abc', 1, 2), 'a{{Go}}c', 7],
    ['at the end of what was never entered', anInput('ab', undefined), 'ab{{Go}}', 8],
    ['into nothing', anInput(undefined, 0), '{{Go}}', 6]
])('puts a value into a line: %s', (_, editor, expected, cursor) => {
    expect(insertInto(editor, '{{Go}}')).toBe(expected);
    expect([editor.selectionStart, editor.selectionEnd]).toEqual([cursor, cursor]);
    expect(editor.focus).toHaveBeenCalled();
});

it.each([
    ['at the cursor', aTextarea('ab', 1), 'a{{Go}}b', 7],
    ['for what is selected', aTextarea('abc', 1, 2), 'a{{Go}}c', 7],
    ['where the text goes on as it begins', aTextarea('a{b', 1), 'a{{Go}}{b', 7]
])('puts a value into a text of lines: %s', (_, editor, expected, cursor) => {
    expect(insertInto(editor, '{{Go}}')).toBe(expected);
    expect(editor.setRangeText).toHaveBeenLastCalledWith('{{Go}}', cursor - 6, cursor, 'end');
});

describe('the form of a step', () => {
    const show = (variables) => {
        const step = aStep('s1', { title: 'Sign', description: 'All of it' });
        return mount('c-accord-step-form', AccordStepForm, { members, step, variables });
    };
    const menu = (element) => inside(element, 'c-accord-value-menu');
    const field = (element, name) => inside(element, `[data-field="${name}"]`);
    const wished = (element) => {
        const wish = listen(element, 'wish');
        inside(element, 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
        return wish.mock.calls[0][0];
    };

    it('offers no menu where there are no variables', () => {
        expect(menu(show([]))).toBeNull();
    });

    it.each([
        ['the title at first', null, { title: 'Sign{{Budget}}' }],
        ['the text that had the cursor last', 'description', { description: 'All of it{{Budget}}' }],
        ['a text, wherever the focus was between', 'due_date', { title: 'Sign{{Budget}}' }]
    ])('puts a value into %s', (_, entered, expected) => {
        const element = show([BUDGET]);
        if (entered) field(element, entered).dispatchEvent(new CustomEvent('focusin', { bubbles: true }));
        menu(element).dispatchEvent(new CustomEvent('insert', { detail: { text: '{{Budget}}' } }));

        expect(wished(element)).toEqual(expected);
    });
});
