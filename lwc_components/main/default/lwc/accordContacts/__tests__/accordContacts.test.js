import AccordContacts from 'c/accordContacts';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { CONTACTS, allIsWell, anError, refusing, someContacts } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const SOURCES = [
    { value: 'Web', label: 'Web' },
    { value: 'Partner', label: 'From a partner' }
];
const LEFT = {
    plan_id: 'p1',
    opportunity_id: '006A',
    contact_id: '003A',
    reason: 'no_email',
    sentence: 'The contact has no e-mail address.',
    since: '2026-11-22T09:00:00Z'
};
const REFUSED = { key: 'lead_source', field: 'lead_source', message: 'Choose another.' };

beforeEach(() => {
    forget();
    allIsWell();
    answer(`GET ${CONTACTS}/lead-sources`, { lead_sources: SOURCES });
    const contacts = [LEFT, { ...LEFT, contact_id: '003B' }, { ...LEFT, plan_id: 'p2' }];
    answer(`GET ${CONTACTS}/left-out`, { contacts, next_after: null });
    answer(`PUT ${CONTACTS}`, (body) => someContacts({ ...body, is_default: false }), '"1"');
});

const show = async (facts) => {
    if (facts) answer(`GET ${CONTACTS}`, someContacts({ is_default: false, ...facts }), '"3"');
    const element = mount('c-accord-contacts', AccordContacts);
    await settle();
    return element;
};
const flip = async (element, checked) => {
    const entry = inside(element, '[data-switch]');
    entry.checked = checked;
    entry.dispatchEvent(new CustomEvent('change'));
    await settle();
};
const choose = async (element, value) => {
    inside(element, '[data-source]').dispatchEvent(new CustomEvent('choose', { detail: { value } }));
    await settle();
};
const save = async (element) => {
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
};
const sent = () => calls.filter(([method]) => method === 'PUT').at(-1);
const asked = () => calls.filter(([, path]) => path.endsWith('lead-sources')).length;

it('is off from the beginning, and asks Salesforce nothing while it is (B1)', async () => {
    const element = await show();

    expect(inside(element, '[data-switch]').checked).toBe(false);
    expect([asked(), inside(element, '[data-source]'), inside(element, 'c-accord-contacts-left-out')]).toEqual([0, null, null]);
    await expect(element).toBeAccessible();
});

it('says before it is on what it will read, and then how far that is', async () => {
    const reading = (element) => inside(element, '[data-reading]')?.textContent ?? null;
    const off = await show({ plans: 640, reading_calls: 8 });
    const quiet = reading(off);
    await flip(off, true);

    expect(quiet).toBeNull();
    expect(reading(off)).toContain('640');
    expect(reading(off)).toContain('8 Salesforce calls');
    expect(reading(await show({ enabled: true, plans: 640, reading_calls: 8, to_read: 440 }))).toContain('440 of 640');
    expect(reading(await show({ enabled: true, plans: 640, reading_calls: 8 }))).toBeNull();
    expect(reading(await show({ plans: 0 }))).toBeNull();
});

it('is switched on with a lead source that the org offers', async () => {
    const element = await show();
    await flip(element, true);
    expect(inside(element, '[data-source]').options.map(({ label }) => label)).toEqual(['None', 'Web', 'From a partner']);
    await choose(element, 'Partner');
    await expect(element).toBeAccessible();
    await save(element);

    expect(sent().slice(2)).toEqual([{ enabled: true, lead_source: 'Partner' }, '"0"']);
    expect([element.hasUnsaved, asked()]).toEqual([false, 1]);
    await choose(element, '');
    await save(element);
    expect(sent()[2].lead_source).toBeNull();
});

it('keeps a lead source that the org does not offer any more, and says what Salesforce refused', async () => {
    answer(`GET ${CONTACTS}/lead-sources`, refusing(anError('SALESFORCE_UNAVAILABLE', 'Salesforce is away.')));
    answer(`PUT ${CONTACTS}`, refusing(anError('INVALID_VALUE', 'Nothing was saved.', REFUSED)));
    const element = await show({ enabled: true, lead_source: 'Fax' });

    expect(inside(element, '[data-sources-problem]').textContent).toBe('Salesforce is away.');
    expect(inside(element, '[data-source]').options.map(({ value }) => value)).toEqual(['', 'Fax']);
    await choose(element, '');
    await save(element);
    expect(inside(element, '[data-source]').error).toBe('Choose another.');
});

it('brings the changes of two admins together', async () => {
    const element = await show({ enabled: true, lead_source: 'Web' });
    await choose(element, 'Partner');
    answer(`PUT ${CONTACTS}`, refusing(anError('CHANGED_MEANWHILE', 'Ada changed it.')));
    answer(`GET ${CONTACTS}`, someContacts({ enabled: false, lead_source: 'Web' }), '"4"');
    await save(element);
    const told = inside(element, 'c-accord-meanwhile');
    expect(told.changes.map(({ key }) => key)).toEqual(['enabled']);
    told.dispatchEvent(new CustomEvent('merge'));
    await settle();
    answer(`PUT ${CONTACTS}`, (body) => someContacts(body), '"5"');
    await save(element);

    expect(sent().slice(2)).toEqual([{ enabled: false, lead_source: 'Partner' }, '"4"']);
});

describe('who was left out', () => {
    const list = (element) => inside(element, 'c-accord-contacts-left-out');

    it('is told with the reason, and read again with one button', async () => {
        answer(`POST ${CONTACTS}/look-again`, { plan_id: 'p1' });
        const element = await show({ enabled: true, waiting: 2, left_out: 3 });
        const announced = listen(element, 'announce');
        expect(inside(element, '[data-counts]').textContent).toBe('2 members are on their way to Salesforce, 3 contacts were left out');
        expect(allInside(list(element), '[data-row]')).toHaveLength(3);
        expect(inside(list(element), '[data-row] p').textContent).toBe('The contact has no e-mail address.');
        await expect(list(element)).toBeAccessible();
        inside(list(element), '[data-plan="p1"]').click();
        await settle();

        expect(calls.at(-1).slice(0, 3)).toEqual(['POST', `${CONTACTS}/look-again`, { plan_id: 'p1' }]);
        expect(allInside(list(element), '[data-row]')).toHaveLength(1);
        expect(announced).toHaveBeenCalledTimes(1);
    });

    it('says that nobody was, and why a list cannot be shown', async () => {
        answer(`GET ${CONTACTS}/left-out`, { contacts: [], next_after: null });
        expect(inside(list(await show({ enabled: true })), '[data-none]')).not.toBeNull();
        answer(`GET ${CONTACTS}/left-out`, refusing(anError('INTERNAL_ERROR', 'Something broke.')));
        const failed = list(await show({ enabled: true }));
        expect(inside(failed, 'c-accord-page-state').failure.message).toBe('Something broke.');
    });
});
