import AccordSupport from 'c/accordSupport';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { catchDownloads } from 'accordSafetyKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

beforeEach(forget);

const BUNDLE = 'GET /api/v1/support-bundle';
const show = () => mount('c-accord-support', AccordSupport);

it('says what is in it and what is not before it is made', async () => {
    const element = show();

    expect(inside(element, '[data-in]').textContent).toContain('last 200 errors');
    expect(allInside(element, '[data-out] li').map((part) => part.textContent)).toContain('No value of a field');
    expect(calls).toEqual([]);
    await expect(element).toBeAccessible();
});

it('is made once by one button, says how far it is, and is saved', async () => {
    const saved = catchDownloads();
    answer(BUNDLE, new Uint8Array(2000));
    const element = show();
    inside(element, '[data-make]').click();
    await Promise.resolve();
    expect(inside(element, '[data-make]').disabled).toBe(true);
    expect(inside(element, '[data-making]').textContent).toContain('can take a minute');
    await expect(element).toBeAccessible();
    await settle();

    expect(saved.map(([name]) => name)).toEqual(['accord-support.zip']);
    expect(inside(element, '[data-saved]').textContent).toContain('accord-support.zip was saved (2 KB)');
    expect(calls).toHaveLength(1);
    await expect(element).toBeAccessible();
});

it('says when none was made, and can be tried again', async () => {
    const saved = catchDownloads();
    answer(BUNDLE, refusing({ ...anError('INTERNAL_ERROR', 'It failed.'), reference: 'req-7' }));
    const element = show();
    inside(element, '[data-make]').click();
    await settle();
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-problem]'));
    expect(inside(element, '[data-problem]').textContent).toMatch(/No bundle was made. It failed..*req-7/);
    expect(saved).toEqual([]);
    await expect(element).toBeAccessible();

    answer(BUNDLE, new Uint8Array(10));
    inside(element, '[data-make]').click();
    await settle();
    expect(inside(element, '[data-problem]')).toBeNull();
    expect(saved).toHaveLength(1);
});
