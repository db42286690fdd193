import AccordSettingsNav from 'c/accordSettingsNav';
import { inside, listen, mount, settle } from 'accordTestKit';

const GROUPS = [{ title: 'Start', items: [{ page: 'start', title: 'Checklist' }] }];
const bar = () => mount('c-accord-settings-nav', AccordSettingsNav, { groups: GROUPS, current: 'start' });
const menu = (element) => inside(element, '[data-menu]');
async function opened() {
    const element = bar();
    menu(element).click();
    await settle();
    return element;
}

it('is a closed menu where the page is narrow', async () => {
    const element = bar();

    expect(menu(element).getAttribute('aria-expanded')).toBe('false');
    expect(inside(element, 'nav').className).toContain('nav_closed');
    await expect(element).toBeAccessible();
});

it('tells how many messages are unread while it is closed', async () => {
    const element = bar();
    expect(menu(element).textContent).toBe('Settings pages');

    element.unread = '3';
    await settle();

    expect(menu(element).textContent).toContain('3');
    await expect(element).toBeAccessible();
});

it('closes behind a page that was chosen', async () => {
    const element = await opened();
    const gone = listen(element, 'go');
    expect(inside(element, 'nav').className).not.toContain('nav_closed');
    expect(menu(element).getAttribute('aria-expanded')).toBe('true');

    inside(element, '[data-page="start"]').click();
    await settle();

    expect(gone).toHaveBeenCalledWith({ page: 'start' });
    expect(menu(element).getAttribute('aria-expanded')).toBe('false');
});

it('closes by Escape, which gives the focus back, and by no other key', async () => {
    const element = await opened();
    const press = async (key) => {
        inside(element, '[data-page="start"]').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        await settle();
    };

    await press('ArrowDown');
    expect(menu(element).getAttribute('aria-expanded')).toBe('true');
    await press('Escape');

    expect(menu(element).getAttribute('aria-expanded')).toBe('false');
    expect(element.shadowRoot.activeElement).toBe(menu(element));
});
