import AccordValueMenu from 'c/accordValueMenu';
import { aRow, allInside, anAmount, inside, listen, mount, settle } from 'accordTestKit';

const hidden = aRow('Secret__c', { label: 'Secret', read_only_reason: { code: 'NOT_VISIBLE' } });
const show = () => mount('c-accord-value-menu', AccordValueMenu, { variables: [anAmount({ label: 'Budget', currency: 'USD' }), hidden] });
const open = async (element) => {
    inside(element, '[data-toggle]').click();
    await settle();
};
const escape = async (element) => {
    const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true });
    inside(element, '[data-toggle]').dispatchEvent(event);
    await settle();
};

it('lists the values with what they are now', async () => {
    const element = show();
    await open(element);

    expect(allInside(element, '[data-key]').map((button) => button.textContent)).toEqual(['Budget$125,000.50', 'Secret']);
    await expect(element).toBeAccessible();
});

it('tells how the chosen one is written, and closes', async () => {
    const element = show();
    const inserted = listen(element, 'insert');
    await open(element);
    inside(element, '[data-key="Opportunity.Amount"]').click();
    await settle();

    expect(inserted).toHaveBeenCalledWith({ text: '{{Budget}}' });
    expect(inside(element, '[data-open]')).toBeNull();
});

it('closes with Escape, which goes no further while it is open', async () => {
    const element = show();
    const around = jest.fn();
    document.body.addEventListener('keydown', around);
    await open(element);
    await escape(element);
    expect(inside(element, '[data-open]')).toBeNull();
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-toggle]'));
    expect(around).not.toHaveBeenCalled();

    await escape(element);
    expect(around).toHaveBeenCalledTimes(1);
    document.body.removeEventListener('keydown', around);
});
