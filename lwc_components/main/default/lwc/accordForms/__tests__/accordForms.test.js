import { complain, forgive, keepFocus, otherText } from 'c/accordForms';

const fieldOf = (name) => ({ dataset: { field: name }, setCustomValidity: jest.fn(), reportValidity: jest.fn(), focus: jest.fn() });
const items = [
    { field: 'url', message: 'No web address.' },
    { field: 'title', message: 'Too long.' },
    { field: null, message: 'The plan is full.' }
];

it('keeps the focus where it is while a button is pressed', () => {
    const event = { preventDefault: jest.fn() };
    keepFocus(event);
    expect(event.preventDefault).toHaveBeenCalled();
});

it('puts each message at its field, and the focus into the first of them on the page', () => {
    const [name, title, url] = ['name', 'title', 'url'].map(fieldOf);

    complain([name, title, url], items);

    expect(name.setCustomValidity).not.toHaveBeenCalled();
    expect(title.setCustomValidity).toHaveBeenCalledWith('Too long.');
    expect(url.reportValidity).toHaveBeenCalled();
    expect([name, title, url].map(({ focus }) => focus.mock.calls.length)).toEqual([0, 1, 0]);
});

it('says what is about no field, and the whole when there is nothing by field', () => {
    expect(otherText({ message: 'No.', items }, ['title', 'url'])).toBe('The plan is full.');
    expect(otherText({ message: 'No.', items: items.slice(0, 2) }, ['title', 'url'])).toBeNull();
    expect(otherText({ message: 'No.' }, ['title'])).toBe('No.');
});

it('takes a message away as soon as the entry is right, and says nothing new while somebody types', () => {
    const right = { ...fieldOf('title'), checkValidity: () => true };
    const empty = { ...fieldOf('url'), checkValidity: () => false };

    [right, empty].forEach(forgive);

    expect(right.setCustomValidity).toHaveBeenCalledWith('');
    expect([right, empty].map(({ reportValidity }) => reportValidity.mock.calls.length)).toEqual([1, 0]);
});
