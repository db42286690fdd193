import AccordMessageSettings from 'c/accordMessageSettings';
import { inside, mount, settle } from 'accordTestKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const SETTINGS = '/api/v1/settings/messages';
const ADMIN = { user_id: '005000000000001AAA', name: 'Ada Lindqvist', is_admin: true };
const USUAL = { parked_more_than: 20, by_email: true, by_bell: true, tell_concerned: true, people: null, group_id: null };
const shown = (facts = {}) => ({ ...USUAL, has_mail: true, choices: [ADMIN], ...facts });

beforeEach(() => {
    forget();
    answer(`GET ${SETTINGS}`, shown(), '"1"');
});

const show = async () => {
    const element = mount('c-accord-message-settings', AccordMessageSettings);
    await settle();
    return element;
};
const press = async (input, checked = true) => {
    input.checked = checked;
    input.dispatchEvent(new CustomEvent('change'));
    await settle();
};
const save = async (element) => {
    answer(`PUT ${SETTINGS}`, (body) => shown(body), '"2"');
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
    return calls.at(-1)[2];
};
const GROUPS = `${SETTINGS}/groups`;
const TOLD = '00G000000000001EAA';
const picker = (element) => inside(element, '[data-group-picker]');

it('is asked for only when it is wanted, and is told instead of people', async () => {
    answer(`GET ${GROUPS}`, { groups: [{ id: TOLD, name: 'Told' }] });
    const element = await show();
    expect(calls.some(([, path]) => path === GROUPS)).toBe(false);
    await press(inside(element, '[data-chosen]'));
    await press(inside(element, '[data-group]'));
    expect(picker(element).options).toEqual([{ value: TOLD, label: 'Told' }]);
    await expect(element).toBeAccessible();

    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
    expect(picker(element).error).toBe('Choose a group first.');
    expect(calls.some(([method]) => method === 'PUT')).toBe(false);
    picker(element).dispatchEvent(new CustomEvent('choose', { detail: { value: TOLD } }));
    await settle();
    expect(await save(element)).toEqual({ ...USUAL, group_id: TOLD });
    await press(inside(element, '[data-admins]'));
    expect(await save(element)).toEqual(USUAL);
});

it('stays chosen where Salesforce cannot be asked, and one that is refused says so', async () => {
    answer(`GET ${SETTINGS}`, shown({ group_id: TOLD }), '"1"');
    answer(`GET ${GROUPS}`, refusing(anError('SALESFORCE_UNAVAILABLE', 'Away.')));
    const element = await show();
    expect(inside(element, '[data-groups-problem]').textContent).toBe('Away.');
    expect(picker(element).options).toEqual([{ value: TOLD, label: TOLD }]);

    inside(element, '[data-switch="by_bell"]').checked = false;
    inside(element, '[data-switch="by_bell"]').dispatchEvent(new CustomEvent('change'));
    answer(`PUT ${SETTINGS}`, refusing(anError('INVALID_VALUE', 'Look.', { key: null, field: 'group_id', message: 'Gone.' })));
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
    expect(picker(element).error).toBe('Gone.');
});

it('that was wanted and discarded is wanted no more', async () => {
    answer(`GET ${GROUPS}`, { groups: [] });
    const element = await show();
    await press(inside(element, '[data-group]'));
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('discard'));
    await settle();

    expect(inside(element, '[data-admins]').checked).toBe(true);
    expect(picker(element)).toBeNull();
});
