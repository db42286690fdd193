import AccordConflict from 'c/accordConflict';
import { inside, listen, mount } from 'accordTestKit';

const show = () => mount('c-accord-conflict', AccordConflict, { label: 'Opportunity Amount', yours: '$130,000.00', theirs: '$99,000.00' });

it('shows both values and says of which field', async () => {
    const element = show();

    expect(inside(element, '[data-yours]').textContent).toBe('$130,000.00');
    expect(inside(element, '[data-theirs]').textContent).toBe('$99,000.00');
    expect(inside(element, '.title').textContent).toContain('Opportunity Amount');
    await expect(element).toBeAccessible();
});

it.each([
    ['[data-keep]', 'keepmine'],
    ['[data-take]', 'taketheirs']
])('tells the choice of %s as %s', (selector, event) => {
    const element = show();
    const chosen = listen(element, event);

    inside(element, selector).click();

    expect(chosen).toHaveBeenCalledTimes(1);
});

it('takes the focus at the first choice', () => {
    const element = show();

    element.focus();

    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-keep]'));
});
