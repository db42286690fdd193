import AccordConfirm from 'c/accordConfirm';
import { inside, listen, mount, settle } from 'accordTestKit';

const show = (facts = {}) =>
    mount('c-accord-confirm', AccordConfirm, {
        question: 'Delete “Sign”?',
        confirmLabel: 'Delete the step',
        busyLabel: 'Deleting…',
        ...facts
    });
const escape = (element) => {
    const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true });
    inside(element, '[data-confirm]').dispatchEvent(event);
};

it('asks with the focus on the question, and tells the answer', async () => {
    const element = show();
    const [confirmed, left] = [listen(element, 'confirm'), listen(element, 'cancel')];
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-question]'));
    await expect(element).toBeAccessible();

    inside(element, '[data-confirm]').click();
    inside(element, '[data-cancel]').click();
    escape(element);

    expect(confirmed).toHaveBeenCalledTimes(1);
    expect(left).toHaveBeenCalledTimes(2);
});

it('takes no answer while it works, and says that it does', async () => {
    const element = show({ isBusy: true });
    const [confirmed, left] = [listen(element, 'confirm'), listen(element, 'cancel')];

    inside(element, '[data-confirm]').click();
    inside(element, '[data-cancel]').click();
    escape(element);

    expect([confirmed.mock.calls, left.mock.calls]).toEqual([[], []]);
    expect(inside(element, '[data-confirm]').textContent).toBe('Deleting…');
    expect(inside(element, '[data-ask]').getAttribute('aria-busy')).toBe('true');
    await expect(element).toBeAccessible();
});

it('says what went wrong and does not take the focus away again', async () => {
    const element = show();
    inside(element, '[data-confirm]').focus();
    element.error = 'This plan is archived.';
    await settle();

    expect(inside(element, '[data-error]').textContent).toBe('This plan is archived.');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-confirm]'));
    await expect(element).toBeAccessible();
});
