import AccordPlanItem from 'c/accordPlanItem';
import { inside, mount, settle } from 'accordTestKit';

const QUESTION = 'Remove “Offer” from the plan?';
const item = (properties) => mount('c-accord-plan-item', AccordPlanItem, { name: 'Offer', question: QUESTION, ...properties });
async function press(element, what) {
    inside(element, what).click();
    await settle();
}
async function answer(element, name) {
    inside(element, 'c-accord-confirm').dispatchEvent(new CustomEvent(name));
    await settle();
}

it('says what it is, and leads where a link leads', async () => {
    const element = item({ address: 'https://files.example/offer', facts: ['From the customer'], isInternal: true });

    expect(inside(element, 'a').getAttribute('href')).toBe('https://files.example/offer');
    expect(inside(element, 'a').rel).toBe('noopener noreferrer');
    expect(element.shadowRoot.textContent).toContain('From the customer');
    expect(inside(element, '.slds-badge').textContent).toBe('Internal');
    expect(inside(element, '[data-remove]')).toBeNull();
    await expect(element).toBeAccessible();
});

it('is removed after a question alone, once', async () => {
    const remove = jest.fn(() => new Promise(() => {}));
    const element = item({ remove });
    await expect(element).toBeAccessible();

    await press(element, '[data-remove]');
    expect(inside(element, 'c-accord-confirm').question).toBe(QUESTION);
    expect(remove).not.toHaveBeenCalled();
    await answer(element, 'confirm');
    await answer(element, 'confirm');

    expect(remove).toHaveBeenCalledTimes(1);
});

it('stays when it is kept, with the focus where it was', async () => {
    const element = item({ remove: jest.fn() });
    await press(element, '[data-remove]');

    await answer(element, 'cancel');

    expect(inside(element, 'c-accord-confirm')).toBeNull();
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-remove]'));
});

it('says why it could not be removed, until it is asked again', async () => {
    const element = item({ remove: jest.fn().mockRejectedValue({ code: 'X', message: 'No.' }) });
    await press(element, '[data-remove]');

    await answer(element, 'confirm');
    expect(inside(element, 'c-accord-confirm').error).toBe('No.');
    expect(inside(element, 'c-accord-confirm').isBusy).toBe(false);
    await answer(element, 'cancel');
    await press(element, '[data-remove]');

    expect(inside(element, 'c-accord-confirm').error).toBeNull();
});

it('says that somebody was first, and asks again about what is there now', async () => {
    const element = item({ remove: jest.fn().mockRejectedValue({ code: 'CHANGED_MEANWHILE', message: 'Load it again.' }) });
    await press(element, '[data-remove]');
    await answer(element, 'confirm');

    expect(inside(element, 'c-accord-confirm').error).toMatch(/^Somebody has changed the plan meanwhile/);
});
