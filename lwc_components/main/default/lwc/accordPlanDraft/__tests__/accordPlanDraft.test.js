import AccordPlanDraft from 'c/accordPlanDraft';
import { inside, mount, settle } from 'accordTestKit';

const show = (publish) => mount('c-accord-plan-draft', AccordPlanDraft, { publish });
const press = async (element) => {
    inside(element, '[data-publish]').click();
    await settle();
};

it('says that the plan is a draft, and publishes it once', async () => {
    const publish = jest.fn(() => new Promise(() => {}));
    const element = show(publish);
    expect(inside(element, '[data-draft]').textContent).toContain('This plan is a draft');
    await expect(element).toBeAccessible();

    await press(element);
    await press(element);

    expect(publish).toHaveBeenCalledTimes(1);
    expect(inside(element, '[data-publish]').textContent).toBe('Publishing…');
    await expect(element).toBeAccessible();
});

it('says why it was not published, until the next try', async () => {
    const publish = jest.fn().mockRejectedValueOnce({ message: 'Somebody changed this plan.' });
    const element = show(publish.mockReturnValue(new Promise(() => {})));

    await press(element);
    expect(inside(element, '[data-error]').textContent).toBe('Somebody changed this plan.');
    await expect(element).toBeAccessible();
    await press(element);

    expect(inside(element, '[data-error]')).toBeNull();
});
