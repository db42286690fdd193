import AccordConnection from 'c/accordConnection';
import { inside, mount, settle } from 'accordTestKit';
import { aConnection, allIsWell, anError, refusing } from 'accordSettingsKit';
import { DATES, someDates, trustIsWell } from 'accordTrustKit';
import { answer, calls, forget } from 'settingsAnswers';

const VISIT = '/api/v1/connection/doctor';
const finding = (name, status, fix = '') => ({ name, status, text: `${name} text`, fix });

beforeEach(() => {
    forget();
    allIsWell();
    trustIsWell();
});

const show = async () => {
    const element = mount('c-accord-connection', AccordConnection);
    await settle();
    return element;
};
const look = async (element) => {
    const doctor = inside(element, 'c-accord-doctor');
    inside(doctor, '[data-look]').click();
    await settle();
    return doctor;
};

it('shows which org is connected, and that nothing ends soon', async () => {
    const element = await show();

    expect(inside(element, '[data-facts]').textContent).toContain('integration@halden.example');
    expect(inside(inside(element, 'c-accord-certificates'), '[data-certificates]').textContent).toContain('In use, ends on Oct 31, 2027');
    expect(inside(element, '[data-quiet]')).not.toBeNull();
    await expect(element).toBeAccessible();
});

it('tells a connection on hold, what ends, and that no certificate is there', async () => {
    answer('GET /api/v1/connection', aConnection({ status: 'frozen', is_sandbox: true, certificates: [] }));
    answer('GET /api/v1/connection/notices', { notices: [{ kind: 'key', subject: 'k', message: 'The key ends in 7 days.' }] });
    const element = await show();

    expect(inside(element, '[data-facts]').textContent).toContain('On hold');
    expect(inside(element, '[data-notices]').textContent).toContain('The key ends in 7 days.');
    expect(inside(inside(element, 'c-accord-certificates'), '[data-no-certificate]')).not.toBeNull();
    await expect(element).toBeAccessible();
});

it('can be tried again', async () => {
    answer('GET /api/v1/connection', refusing(anError('UNREACHABLE', 'Away.')));
    const element = await show();
    answer('GET /api/v1/connection', aConnection());
    inside(element, 'c-accord-page-state').dispatchEvent(new CustomEvent('retry'));
    await settle();

    expect(inside(element, '[data-facts]')).not.toBeNull();
});

it('looks again what ends soon when a date was saved, and passes on what its parts announce', async () => {
    const element = await show();
    const announced = jest.fn();
    element.addEventListener('announce', announced);
    const dates = inside(element, 'c-accord-connection-dates');
    const secret = inside(dates, '[data-date="secret_ends_on"]');
    secret.value = '2026-11-25';
    secret.dispatchEvent(new CustomEvent('change'));
    await settle();
    expect(element.hasUnsaved).toBe(true);

    answer(`PUT ${DATES}`, someDates({ secret_ends_on: '2026-11-25' }), '"1"');
    answer('GET /api/v1/connection/notices', { notices: [{ kind: 'secret', subject: '', message: 'The secret ends.' }] });
    inside(dates, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
    expect(inside(element, '[data-notices]').textContent).toContain('The secret ends.');
    dates.dispatchEvent(new CustomEvent('announce', { detail: { text: 'Saved.' } }));
    expect(announced.mock.calls[0][0].detail).toEqual({ text: 'Saved.' });
});

it('sends for the doctor only when it is asked, because he costs calls', async () => {
    const element = await show();
    expect(calls.some(([, path]) => path === VISIT)).toBe(false);

    let answerIt;
    answer(`GET ${VISIT}`, () => new Promise((resolve) => (answerIt = resolve)));
    const doctor = await look(element);
    expect(inside(doctor, '[data-looking]').textContent).toContain('Looking');
    await expect(element).toBeAccessible();
    answerIt({ well: true, findings: [finding('sign_in', 'passed')] });
    await settle();
    expect(inside(doctor, '[data-verdict]').textContent).toBe('Everything that is needed is in order.');
});

it('puts what has to be mended first, each lack with its fix', async () => {
    const found = [
        finding('a', 'passed'),
        finding('b', 'warning', 'Better so.'),
        finding('c', 'failed', 'Mend it.'),
        finding('d', 'unknown')
    ];
    answer(`GET ${VISIT}`, { well: false, findings: found });
    const element = await show();
    const doctor = await look(element);

    const groups = [...doctor.shadowRoot.querySelectorAll('[data-group]')].map((one) => one.dataset.group);
    expect(groups).toEqual(['failed', 'warning', 'unknown', 'passed']);
    expect(inside(doctor, '[data-finding="c"]').textContent).toContain('Mend it.');
    expect(inside(doctor, '[data-verdict]').textContent).toBe('One thing has to be mended.');
    await expect(element).toBeAccessible();
});

it('says why the doctor could not come', async () => {
    answer(`GET ${VISIT}`, refusing(anError('SALESFORCE_UNAVAILABLE', 'Salesforce does not answer.')));
    const doctor = await look(await show());

    expect(inside(doctor, '[data-problem]').textContent).toBe('Salesforce does not answer.');
});
