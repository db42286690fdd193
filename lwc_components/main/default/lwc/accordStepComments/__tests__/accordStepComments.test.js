import AccordStepComments from 'c/accordStepComments';
import { aStep, allInside, inside, listen, mount, settle } from 'accordTestKit';

const step = aStep('s1');
const aComment = (id, facts = {}) => ({
    id,
    text: `Text ${id}`,
    is_internal: false,
    by_customer: false,
    author_name: 'Riley Okafor',
    written_at: '2026-11-20T09:30:00Z',
    ...facts
});
const waysOf = (comments, next = null) => ({
    comments: jest.fn(async () => ({ comments, next })),
    comment: jest.fn(async (_step, { text, is_internal: isInternal }) => aComment(text, { text, is_internal: isInternal }))
});
async function show(ways, properties = {}) {
    const element = mount('c-accord-step-comments', AccordStepComments, { step, ways, ...properties });
    await settle();
    return element;
}
const type = (element, value) => {
    inside(element, '[data-text]').value = value;
    inside(element, '[data-text]').dispatchEvent(new CustomEvent('change', { detail: { value } }));
};
const submit = async (element) => {
    inside(element, 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
};
const choose = (element, choice) => {
    const radio = inside(element, choice);
    radio.checked = true;
    radio.dispatchEvent(new CustomEvent('change', { bubbles: true }));
};

it('shows who wrote what, and whether customers see it', async () => {
    const element = await show(
        waysOf([aComment('1', { is_internal: true }), aComment('2', { by_customer: true, author_name: 'Ana Brandt' })])
    );

    const [first, second] = allInside(element, 'li').map((line) => line.textContent);
    expect(first).toMatch(/Riley Okafor, Nov 20, 2026.*Internal.*Text 1/s);
    expect(second).toMatch(/Ana Brandt \(customer\).*Customers see it.*Text 2/s);
    await expect(element).toBeAccessible();
});

it('tells when it was written in the time zone of the reader', async () => {
    const element = await show(waysOf([aComment('1', { written_at: '2026-11-20T02:30:00Z' })]));

    expect(inside(element, 'li').textContent).toContain('Riley Okafor, Nov 19, 2026, 6:30');
});

it('says that there are none, and that they are on their way', async () => {
    const element = mount('c-accord-step-comments', AccordStepComments, { step, ways: waysOf([]) });
    expect(inside(element, '[data-loading]')).not.toBeNull();
    await settle();

    expect(inside(element, '[data-none]').textContent).toBe('No comments yet.');
    await expect(element).toBeAccessible();
});

it('brings more on a press, each once', async () => {
    const ways = waysOf([aComment('1')], '1');
    const element = await show(ways);
    ways.comments.mockResolvedValueOnce({ comments: [aComment('1'), aComment('2')], next: null });

    inside(element, '[data-more]').click();
    await settle();

    expect(ways.comments).toHaveBeenLastCalledWith(step, '1');
    expect(allInside(element, 'li')).toHaveLength(2);
    expect(inside(element, '[data-more]')).toBeNull();
});

it('can be tried again when they cannot be read', async () => {
    const ways = waysOf([aComment('1')]);
    ways.comments.mockRejectedValueOnce({ message: 'Not now.' });
    const element = await show(ways);
    expect(inside(element, '[data-failed]').textContent).toContain('Not now.');
    await expect(element).toBeAccessible();

    inside(element, '[data-retry]').click();
    await settle();

    expect(allInside(element, 'li')).toHaveLength(1);
});

it('is for our own people unless somebody chooses otherwise', async () => {
    const ways = waysOf([]);
    const element = await show(ways);
    const said = listen(element, 'said');
    type(element, ' They hesitate. ');
    expect(element.hasTyped).toBe(true);
    await submit(element);
    expect(ways.comment).toHaveBeenLastCalledWith(step, { text: 'They hesitate.', is_internal: true }, expect.any(String));

    choose(element, '[data-customers]');
    type(element, 'The offer is on its way.');
    await submit(element);

    expect(ways.comment).toHaveBeenLastCalledWith(step, { text: 'The offer is on its way.', is_internal: false }, expect.any(String));
    expect(said).toHaveBeenCalledWith('The comment is saved.');
    expect(element.hasTyped).toBe(false);
    expect(allInside(element, 'li')).toHaveLength(2);
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-text]'));
});

it('offers no choice on a step that customers do not see', async () => {
    const ways = waysOf([]);
    const element = await show(ways, { isInternal: true });
    type(element, 'For us.');
    await submit(element);

    expect(inside(element, '[data-customers]')).toBeNull();
    expect(ways.comment.mock.calls[0][1].is_internal).toBe(true);
});

it('keeps what is typed when it cannot be saved, and tries with the same key', async () => {
    const ways = waysOf([]);
    ways.comment.mockRejectedValueOnce({ message: 'No answer came.', items: [] });
    const element = await show(ways);
    type(element, 'Once.');
    await submit(element);
    expect(inside(element, '[data-error]').textContent).toBe('No answer came.');
    expect(inside(element, '[data-text]').value).toBe('Once.');
    await expect(element).toBeAccessible();

    await submit(element);

    const [first, second] = ways.comment.mock.calls.map(([, , key]) => key);
    expect(second).toBe(first);
    expect(inside(element, '[data-error]')).toBeNull();
});

it('sends nothing without words, and has no field where nothing can be written', async () => {
    const ways = waysOf([]);
    const element = await show(ways);
    await submit(element);
    expect(ways.comment).not.toHaveBeenCalled();
    expect(inside(element, '[data-text]').shownMessage).toBe('Complete this field.');

    expect(inside(await show(waysOf([]), { readOnly: true }), 'form')).toBeNull();
});
