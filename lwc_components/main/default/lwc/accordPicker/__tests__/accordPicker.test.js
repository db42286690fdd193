import AccordPicker from 'c/accordPicker';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';

const OPTIONS = [
    { value: 'Amount', label: 'Amount', detail: 'Amount', group: 'Fields' },
    { value: 'IsPrivate', label: 'Private', detail: 'IsPrivate', group: 'Fields', reason: 'A checkbox.' },
    { value: 'NextStep', label: 'Next Step', detail: 'NextStep', group: 'Fields' }
];
const show = async (facts = {}) => {
    const element = mount('c-accord-picker', AccordPicker, { label: 'Field', options: OPTIONS, ...facts });
    await settle();
    return element;
};
const entry = (element) => inside(element, '[data-entry]');
const key = async (element, name) => {
    entry(element).dispatchEvent(new KeyboardEvent('keydown', { key: name, cancelable: true }));
    await settle();
};
const type = async (element, text) => {
    entry(element).value = text;
    entry(element).dispatchEvent(new CustomEvent('input'));
    await settle();
};
const names = (element) => allInside(element, '[data-value]').map((option) => option.dataset.value);
const active = (element) => inside(element, '.option_active')?.dataset.value;

it('is a closed combobox that shows what is chosen', async () => {
    const element = await show({ value: 'NextStep' });

    expect(entry(element).value).toBe('Next Step');
    expect(entry(element).getAttribute('aria-expanded')).toBe('false');
    expect(names(element)).toEqual([]);
    await expect(element).toBeAccessible();
});

it('is opened, walked and answered by keyboard; what cannot be chosen stands last with its reason', async () => {
    const element = await show();
    const chosen = listen(element, 'choose');
    await key(element, 'ArrowDown');
    expect(names(element)).toEqual(['Amount', 'NextStep', 'IsPrivate']);
    await expect(element).toBeAccessible();

    await key(element, 'ArrowUp');
    expect(active(element)).toBe('IsPrivate');
    await key(element, 'Enter');
    expect(chosen).not.toHaveBeenCalled();
    await key(element, 'ArrowUp');
    await key(element, 'Enter');

    expect(chosen).toHaveBeenCalledWith({ value: 'NextStep' });
    expect(names(element)).toEqual([]);
});

it('finds by any part of label or API name', async () => {
    const element = await show();
    await type(element, 'step ne');

    expect(names(element)).toEqual(['NextStep']);
    expect(active(element)).toBe('NextStep');
});

it('says when nothing fits, and gives the entry back by Escape', async () => {
    const element = await show({ value: 'Amount' });
    await type(element, 'zzz');
    expect(inside(element, '[data-note]').textContent).toBe('Nothing has this name.');
    await expect(element).toBeAccessible();

    await key(element, 'Escape');
    expect(entry(element).value).toBe('Amount');
});

it('says how many more there are than it lists', async () => {
    const options = Array.from({ length: 75 }, (_, index) => ({ value: `F${index}`, label: `Field ${index}` }));
    const element = await show({ options });
    await key(element, 'ArrowDown');

    expect(names(element)).toHaveLength(60);
    expect(inside(element, '[data-note]').textContent).toBe('15 more: type a part of the name.');
});

it('is chosen from by the mouse without losing the focus, and closed by leaving', async () => {
    const element = await show({ error: 'Choose one.' });
    const chosen = listen(element, 'choose');
    entry(element).click();
    await settle();
    const press = new MouseEvent('mousedown', { cancelable: true });
    inside(element, '[data-value="Amount"]').dispatchEvent(press);
    expect([press.defaultPrevented, chosen.mock.calls]).toEqual([true, [[{ value: 'Amount' }]]]);

    await type(element, 'x');
    entry(element).dispatchEvent(new CustomEvent('blur'));
    await settle();
    expect(entry(element).getAttribute('aria-expanded')).toBe('false');
    expect(inside(element, '[data-help]').textContent).toBe('Choose one.');
});
