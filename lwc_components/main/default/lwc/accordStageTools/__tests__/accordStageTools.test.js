import AccordStageTools from 'c/accordStageTools';
import { aStage, aStep, inside, listen, mount, settle } from 'accordTestKit';

const stage = aStage('b', [aStep('s1'), aStep('s2')], { version: 4 });

function show(properties = {}, answers = {}) {
    const ways = { changeStage: jest.fn(async () => ({})), deleteStage: jest.fn(async () => ({})), ...answers };
    const carry = (answer) => answer;
    const given = { stage, place: 1, count: 3, planId: 'p1', ways, carry, ...properties };
    const element = mount('c-accord-stage-tools', AccordStageTools, given);
    return { element, ways, said: listen(element, 'said') };
}
const press = async (element, selector) => {
    inside(element, selector).click();
    await settle();
};

it.each([
    ['-1', 0, '“Stage b” is stage 1 of 3 now.'],
    ['1', 2, '“Stage b” is stage 3 of 3 now.']
])('moves by one place with a button that keeps the focus: %s', async (by, position, words) => {
    const { element, ways, said } = show();

    await press(element, `[data-by="${by}"]`);

    expect(ways.changeStage).toHaveBeenCalledWith('p1', stage, { position });
    expect(said).toHaveBeenCalledWith(words);
    expect(element.shadowRoot.activeElement).toBe(inside(element, `[data-by="${by}"]`));
});

it.each([
    [0, '-1'],
    [2, '1']
])('does not move past either end: from %s by %s', async (place, by) => {
    const { element, ways } = show({ place });

    await press(element, `[data-by="${by}"]`);

    expect(inside(element, `[data-by="${by}"]`).getAttribute('aria-disabled')).toBe('true');
    expect(ways.changeStage).not.toHaveBeenCalled();
});

it('offers no place to move to where it is the only one', () => {
    const { element } = show({ place: 0, count: 1 });

    expect(inside(element, '[data-by]')).toBeNull();
});

it('is called otherwise by a form', async () => {
    const { element, ways, said } = show();
    await press(element, '[data-edit]');
    await expect(element).toBeAccessible();

    inside(element, 'c-accord-step-form').dispatchEvent(new CustomEvent('wish', { detail: { title: 'Go live' } }));
    await settle();

    expect(ways.changeStage).toHaveBeenCalledWith('p1', stage, { title: 'Go live' });
    expect(said).toHaveBeenCalledWith('“Go live” is saved.');
    expect(inside(element, 'c-accord-step-form')).toBeNull();
});

it('is deleted after a question that tells how many steps go with it', async () => {
    const { element, ways, said } = show();

    await press(element, '[data-delete]');
    expect(inside(element, 'c-accord-confirm').question).toContain('“Stage b” with its steps (2)');
    inside(element, 'c-accord-confirm').dispatchEvent(new CustomEvent('confirm'));
    await settle();

    expect(ways.deleteStage).toHaveBeenCalledWith('p1', stage);
    expect(said).toHaveBeenCalledWith('“Stage b” is deleted.');
});

it('says that somebody was first, and is as it was', async () => {
    const changeStage = jest.fn().mockRejectedValue({ code: 'CHANGED_MEANWHILE', message: 'No.' });
    const { element, said } = show({}, { changeStage });

    await press(element, '[data-by="1"]');

    expect(inside(element, '[data-trouble]').textContent).toMatch(/^Somebody has changed this meanwhile/);
    expect(said).not.toHaveBeenCalled();
});
