import AccordWide from 'c/accordWide';
import { inside, mount, settle } from 'accordTestKit';

const Real = globalThis.ResizeObserver;
let watches;

beforeEach(() => {
    watches = [];
    globalThis.ResizeObserver = class {
        constructor(told) {
            this.seen = [];
            this.told = told;
            watches.push(this);
        }
        observe(one) {
            this.seen.push(one);
        }
        disconnect() {
            this.seen = [];
        }
    };
});
afterEach(() => {
    globalThis.ResizeObserver = Real;
});

const show = async (changes = {}) => {
    const element = mount('c-accord-wide', AccordWide, { label: 'All writes', ...changes });
    await settle();
    return element;
};
const sized = async (element, table, place) => {
    const region = inside(element, '[data-scroll]');
    Object.defineProperty(region, 'scrollWidth', { value: table, configurable: true });
    Object.defineProperty(region, 'clientWidth', { value: place, configurable: true });
    watches[0].told();
    await settle();
};

it('is a region with a name that the keyboard scrolls', async () => {
    const region = inside(await show(), '[data-scroll]');

    expect([region.role ?? region.getAttribute('role'), region.getAttribute('aria-label'), region.tabIndex]).toEqual([
        'region',
        'All writes',
        0
    ]);
    expect(region.className).toBe('scroll');
    expect(inside(await show({ isShort: true }), '[data-scroll]').className).toBe('scroll is-short');
});

it('says that there is more at the side while the table is wider than its place, and no longer', async () => {
    const element = await show();
    expect(inside(element, '[data-wider]')).toBeNull();

    await sized(element, 698, 375);
    expect(inside(element, '[data-wider]').textContent).toContain('scroll it sideways');
    await expect(element).toBeAccessible();

    await sized(element, 375, 375);
    expect(inside(element, '[data-wider]')).toBeNull();
});

it('looks at its size once, and no more when it is gone', async () => {
    const element = await show();
    await sized(element, 698, 375);
    expect(watches.map(({ seen }) => seen)).toEqual([[inside(element, '[data-scroll]')]]);

    element.remove();
    expect(watches[0].seen).toEqual([]);
});
