import AccordTypedAsk from 'c/accordTypedAsk';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';

const ask = (properties) =>
    mount('c-accord-typed-ask', AccordTypedAsk, {
        facts: ['Rows go.', 'Plans stay.'],
        label: 'To disconnect, type the name of the org: Halden',
        confirmLabel: 'Disconnect for good',
        busyLabel: 'Disconnecting…',
        ...properties
    });
async function type(element, text) {
    inside(element, '[data-typed]').value = text;
    inside(element, '[data-form]').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
}

it('says what it means, and tells what was typed', async () => {
    const element = ask();
    const confirmed = listen(element, 'confirm');
    expect(allInside(element, '[data-fact]').map((fact) => fact.textContent)).toEqual(['Rows go.', 'Plans stay.']);
    expect(inside(element, '[data-cancel]')).toBeNull();
    await expect(element).toBeAccessible();

    await type(element, ' Halden ');

    expect(confirmed).toHaveBeenCalledWith({ typed: 'Halden' });
});

it('asks once while it is done', async () => {
    const element = ask({ isBusy: true, cancelLabel: 'Cancel' });
    const confirmed = listen(element, 'confirm');

    await type(element, 'Halden');

    expect(confirmed).not.toHaveBeenCalled();
    expect(inside(element, '[data-confirm]').textContent).toBe('Disconnecting…');
    expect(inside(element, '[data-cancel]').disabled).toBe(true);
});

it('says at the entry what is wrong with it, and can be left', async () => {
    const element = ask({ problem: 'Type Halden.', cancelLabel: 'Cancel' });
    const cancelled = listen(element, 'cancel');
    const entry = inside(element, '[data-typed]');
    expect(entry.getAttribute('aria-invalid')).toBe('true');
    expect(inside(element, '[data-problem]').textContent).toBe('Type Halden.');
    expect(entry.getAttribute('aria-describedby')).toBe(inside(element, '[data-problem]').id);
    await expect(element).toBeAccessible();

    element.focus();
    expect(element.shadowRoot.activeElement).toBe(entry);
    inside(element, '[data-cancel]').click();

    expect(cancelled).toHaveBeenCalledTimes(1);
});
