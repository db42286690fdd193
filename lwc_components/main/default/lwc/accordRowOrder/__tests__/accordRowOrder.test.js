import AccordRowOrder from 'c/accordRowOrder';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';

const NAMES = { up: 'Move Small up', down: 'Move Small down', remove: 'Delete Small' };
const row = (place, count) => mount('c-accord-row-order', AccordRowOrder, { names: NAMES, place, count });
const off = (element) => allInside(element, '[disabled]').map((button) => button.getAttribute('aria-label'));
const focused = (element) => {
    element.focus();
    return element.shadowRoot.activeElement.dataset.do;
};

it('moves where there is a place to move to', async () => {
    expect(off(row(0, 3))).toEqual(['Move Small up']);
    expect(off(row(1, 3))).toEqual([]);
    expect(off(row(2, 3))).toEqual(['Move Small down']);
    const element = row(1, 3);
    const moved = listen(element, 'move');
    const removed = listen(element, 'remove');
    await expect(element).toBeAccessible();

    ['up', 'down', 'remove'].forEach((name) => inside(element, `[data-do="${name}"]`).click());

    expect(moved.mock.calls).toEqual([[{ by: -1 }], [{ by: 1 }]]);
    expect(removed).toHaveBeenCalledTimes(1);
});

it('has a button to swap or to edit where there are words for it', async () => {
    const all = { ...NAMES, swap: 'Move Small to Closing', edit: 'Change Small' };
    const element = mount('c-accord-row-order', AccordRowOrder, { names: all, place: 0, count: 1 });
    const [swapped, edited] = [listen(element, 'swap'), listen(element, 'edit')];
    expect(allInside(element, 'button').map((button) => button.title)).toEqual([
        'Move Small up',
        'Move Small down',
        'Move Small to Closing',
        'Change Small',
        'Delete Small'
    ]);

    ['swap', 'edit'].forEach((name) => inside(element, `[data-do="${name}"]`).click());

    expect([swapped, edited].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    expect(focused(element)).toBe('edit');
    element.focus('swap');
    expect(element.shadowRoot.activeElement.dataset.do).toBe('swap');
});

it('gives the focus to the button that was pressed, and at the end of the list to the other', async () => {
    const element = row(1, 3);
    inside(element, '[data-do="down"]').click();
    expect(focused(element)).toBe('down');

    element.place = 2;
    await settle();

    expect(focused(element)).toBe('up');
    expect(focused(row(0, 1))).toBe('remove');
});
