import AccordAccess from 'c/accordAccess';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { aPerson, anAccessList } from 'accordSafetyKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const ACCESS = '/api/v1/access';
const PREVIEW = {
    gives: [{ user_id: 'u2', name: 'Bo', permission_set: 'Accord_Rep' }],
    skips: [{ user_id: 'u1', name: 'Ada', why: 'She has it.' }],
    ticket: 't1'
};

beforeEach(forget);

const show = async (facts) => {
    answer(`GET ${ACCESS}`, anAccessList(facts));
    const element = mount('c-accord-access', AccordAccess);
    await settle();
    return element;
};
const giveOf = (element) => inside(element, 'c-accord-access-give');
const press = async (part, name) => {
    inside(part, `[data-${name}]`).click();
    await settle();
};
const choose = async (element, ...ids) => {
    for (const id of ids) {
        const box = inside(element, `[data-choose][data-id="${id}"]`);
        box.checked = true;
        box.dispatchEvent(new CustomEvent('change'));
    }
    await settle();
};
const showPreview = async (element) => {
    answer(`POST ${ACCESS}/preview`, PREVIEW);
    await choose(element, 'u1', 'u2');
    await press(giveOf(element), 'preview');
};

it('shows who may what, and what is missing by its name', async () => {
    const element = await show({ more: true, people: [...anAccessList().people, aPerson('u3', 'Robot', { kind: 'automated_process' })] });

    expect(inside(element, '[data-count]').textContent).toBe('3 of 3 people.');
    expect(inside(element, '[data-person="u2"] [data-lack]').textContent).toBe('Accord Rep: He sees no panel.');
    expect(inside(element, '[data-person="u3"]').textContent).toContain('Automated process');
    expect(inside(element, '[data-more]')).not.toBeNull();
    await expect(element).toBeAccessible();
});

it('finds people by name, and those who lack something', async () => {
    const element = await show();
    const search = inside(element, '[data-text]');
    search.value = 'zz';
    search.dispatchEvent(new CustomEvent('input'));
    await settle();
    expect(inside(element, '[data-count]').textContent).toBe('Nobody fits this choice.');
    await expect(element).toBeAccessible();

    search.value = '';
    search.dispatchEvent(new CustomEvent('input'));
    const lacking = inside(element, '[data-lacking]');
    lacking.checked = true;
    lacking.dispatchEvent(new CustomEvent('change'));
    await settle();
    expect(allInside(element, '[data-person]').map(({ dataset }) => dataset.person)).toEqual(['u2']);
});

it('shows who gets what before anybody gets it', async () => {
    const element = await show();
    const give = giveOf(element);
    expect(inside(give, '[data-preview]').disabled).toBe(true);
    await showPreview(element);

    expect(calls.at(-1)[2]).toEqual({ user_ids: ['u1', 'u2'], permission_set: 'Accord_Rep' });
    expect(give.shadowRoot.activeElement.textContent).toBe('Who gets Accord Rep');
    expect(allInside(give, '[data-line]').map(({ textContent }) => textContent)).toEqual([
        'Bo gets it.',
        'Ada does not get it: She has it.'
    ]);
    await expect(element).toBeAccessible();

    await press(give, 'cancel');
    expect(inside(give, '[data-shown]')).toBeNull();
    expect(calls.some(([, path]) => path.endsWith('/assign'))).toBe(false);
});

it('gives it to just those, tells what Salesforce said to each, and looks again', async () => {
    const element = await show();
    const give = giveOf(element);
    const said = listen(element, 'announce');
    await showPreview(element);
    const results = [
        { user_id: 'u2', name: 'Bo', ok: true, message: '' },
        { user_id: 'u3', name: 'Cy', ok: false, message: 'No licence is left.' }
    ];
    answer(`POST ${ACCESS}/assign`, { results });
    await press(give, 'assign');

    expect(calls.find(([, path]) => path.endsWith('/assign'))[2]).toEqual({
        user_ids: ['u1', 'u2'],
        permission_set: 'Accord_Rep',
        ticket: 't1'
    });
    expect(allInside(give, '[data-result]').map(({ textContent }) => textContent)).toEqual(['Bo has it now.', 'Cy: No licence is left.']);
    expect(said).toHaveBeenCalledWith({ text: 'Access was given to one person.' });
    expect(give.shadowRoot.activeElement).toBe(inside(give, '[data-done]'));
    expect(inside(give, '[data-chosen]').textContent).toContain('Choose people');
    await expect(element).toBeAccessible();
});

it('says that others would get it now, and gives nothing', async () => {
    const element = await show();
    await showPreview(element);
    answer(`POST ${ACCESS}/assign`, refusing(anError('CHANGED_MEANWHILE', 'Others would get it now. Look again.')));
    await press(giveOf(element), 'assign');

    expect(giveOf(element).shadowRoot.activeElement.textContent).toBe('Others would get it now. Look again.');
    await expect(element).toBeAccessible();
});

it('says why access cannot be given here', async () => {
    const element = await show({ can_assign: false, why_not: 'Connect your Salesforce login first.' });

    expect(inside(element, '[data-cannot]').textContent).toContain('Connect your Salesforce login first.');
    expect(giveOf(element)).toBeNull();
    expect(inside(element, '[data-choose]')).toBeNull();
    await expect(element).toBeAccessible();
});

it('says that it loads, and why it could not', async () => {
    answer(`GET ${ACCESS}`, refusing(anError('UNREACHABLE', 'Away.')));
    const element = mount('c-accord-access', AccordAccess);
    expect(inside(element, 'c-accord-page-state').failure).toBeNull();
    await settle();

    expect(inside(element, 'c-accord-page-state').failure.message).toBe('Away.');
});
