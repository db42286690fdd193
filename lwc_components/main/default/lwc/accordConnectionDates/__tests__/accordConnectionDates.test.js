import AccordConnectionDates from 'c/accordConnectionDates';
import { inside, mount, settle } from 'accordTestKit';
import { anError, refusing } from 'accordSettingsKit';
import { DATES, someDates, trustIsWell } from 'accordTrustKit';
import { answer, calls, forget } from 'settingsAnswers';

beforeEach(() => {
    forget();
    trustIsWell();
});

const show = async () => {
    const element = mount('c-accord-connection-dates', AccordConnectionDates);
    await settle();
    return element;
};
const enter = async (element, name, value) => {
    const input = inside(element, `[data-date="${name}"]`);
    input.value = value;
    input.dispatchEvent(new CustomEvent('change'));
    await settle();
};
const choose = async (element, way) => {
    inside(element, `[data-way="${way}"]`).dispatchEvent(new CustomEvent('change'));
    await settle();
};
const save = async (element) => {
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
};
const sent = () => calls.filter(([method]) => method === 'PUT');

it('keeps the day on which a secret ends, and no day where none is entered', async () => {
    const element = await show();
    const stored = jest.fn();
    element.addEventListener('stored', stored);
    expect(inside(element, '[data-date="key_ends_on"]').value).toBe('2027-03-01');
    await enter(element, 'secret_ends_on', '2027-06-30');
    await enter(element, 'key_ends_on', '');
    expect(element.hasUnsaved).toBe(true);

    const wanted = someDates({ secret_ends_on: '2027-06-30', key_ends_on: null });
    answer(`PUT ${DATES}`, wanted, '"1"');
    await save(element);

    expect(sent()).toEqual([['PUT', DATES, wanted, '"0"']]);
    expect(stored).toHaveBeenCalled();
    expect(element.hasUnsaved).toBe(false);
    await expect(element).toBeAccessible();
});

it('asks for no day of a key where the app signs in by its own secret', async () => {
    const element = await show();
    await choose(element, 'client_credentials');

    expect(inside(element, '[data-date="key_ends_on"]')).toBeNull();
    expect(inside(element, '[data-date="secret_ends_on"]')).not.toBeNull();
});

it('says why another way of signing in was not stored, and keeps what was chosen', async () => {
    const element = await show();
    const stored = jest.fn();
    element.addEventListener('stored', stored);
    await choose(element, 'client_credentials');
    answer(`PUT ${DATES}`, refusing(anError('SALESFORCE_LOGIN_LOST', 'The app has no run-as user.')));
    await save(element);

    expect(inside(element, 'c-accord-save-bar').problem).toBe('The app has no run-as user.');
    expect(inside(element, '[data-way="client_credentials"]').checked).toBe(true);
    expect(stored).not.toHaveBeenCalled();
});

it('shows at its date what is wrong with it', async () => {
    const element = await show();
    await enter(element, 'method_ends_on', '0001-01-01');
    const item = { key: null, field: 'method_ends_on', message: 'Not a valid date.' };
    answer(`PUT ${DATES}`, refusing(anError('INVALID_VALUE', 'See the items.', item)));
    await save(element);

    expect(inside(element, '[data-error="method_ends_on"]').textContent).toBe('Not a valid date.');
    await expect(element).toBeAccessible();
});

it('tells what somebody else has changed meanwhile, and loses nothing', async () => {
    const element = await show();
    await enter(element, 'secret_ends_on', '2027-06-30');
    answer(`PUT ${DATES}`, refusing(anError('CHANGED_MEANWHILE', 'Bo changed it.')));
    answer(`GET ${DATES}`, someDates({ method_ends_on: '2027-09-01' }), '"1"');
    await save(element);

    const meanwhile = inside(element, 'c-accord-meanwhile');
    expect(meanwhile.changes.map(({ text }) => text).join()).toContain('2027-09-01');
    meanwhile.dispatchEvent(new CustomEvent('merge'));
    await settle();
    answer(`PUT ${DATES}`, someDates(), '"2"');
    await save(element);
    expect(sent().at(-1)).toEqual(['PUT', DATES, someDates({ secret_ends_on: '2027-06-30', method_ends_on: '2027-09-01' }), '"1"']);
});
