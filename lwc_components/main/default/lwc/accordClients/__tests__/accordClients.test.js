import AccordClients from 'c/accordClients';
import { inside, mount, settle } from 'accordTestKit';
import { anError, refusing } from 'accordSettingsKit';
import { CLIENTS, aClient, sealing, trustIsWell, until, useBrowserCrypto, useNoCrypto } from 'accordTrustKit';
import { answer, calls, forget } from 'settingsAnswers';

const SECRET = 'a secret that is shown once';

beforeEach(() => {
    forget();
    trustIsWell();
    useBrowserCrypto();
});

const show = async () => {
    const element = mount('c-accord-clients', AccordClients);
    await settle();
    return element;
};
const press = async (element, selector) => {
    inside(element, selector).click();
    await settle();
};

it('makes a login whose secret only this page can read, and shows it until it is hidden', async () => {
    const element = await show();
    answer(`POST ${CLIENTS}`, sealing({ client_id: 'accord-2', client_secret: null, role: 'flow' }, SECRET));
    answer(`GET ${CLIENTS}`, { clients: [aClient('accord-2'), aClient('accord-1')] });
    await press(element, '[data-make]');
    await until(() => inside(element, 'c-accord-shown-once'));

    const once = inside(element, 'c-accord-shown-once');
    expect(inside(once, '[data-fact="Client secret"]').textContent).toBe(SECRET);
    expect(JSON.stringify(calls)).not.toContain(SECRET);
    expect(inside(element, '[data-row="accord-2"]')).not.toBeNull();
    await expect(element).toBeAccessible();
    await press(once, '[data-hide]');
    expect(inside(element, 'c-accord-shown-once')).toBeNull();
    expect(document.body.textContent).not.toContain(SECRET);
});

it('makes none where the browser can keep no secret, and says so', async () => {
    useNoCrypto();
    const element = await show();
    await press(element, '[data-make]');

    expect(inside(element, '[data-problem]').textContent).toContain('so none was made');
    expect(calls.some(([method]) => method === 'POST')).toBe(false);
});

it('ends a login after a question, and one that was ended stays in the list', async () => {
    const element = await show();
    const announced = jest.fn();
    element.addEventListener('announce', announced);
    await press(element, '[data-end]');
    const question = inside(element, 'c-accord-confirm');
    expect(question.question).toContain('accord-1');
    expect(calls.some(([method]) => method === 'DELETE')).toBe(false);

    answer(`DELETE ${CLIENTS}/accord-1`, refusing(anError('NOT_FOUND', 'It is ended already.')));
    question.dispatchEvent(new CustomEvent('confirm'));
    await settle();
    expect(question.error).toBe('It is ended already.');
    await expect(element).toBeAccessible();

    answer(`DELETE ${CLIENTS}/accord-1`, null);
    answer(`GET ${CLIENTS}`, { clients: [aClient('accord-1', { active: false, role: 'service' })] });
    question.dispatchEvent(new CustomEvent('confirm'));
    await settle();
    expect(inside(element, '[data-row]').textContent).toContain("Your application's server, made on Nov 2, 2026, ended");
    expect(inside(element, '[data-end]')).toBeNull();
    expect(announced).toHaveBeenCalled();
});

it('asks before, and leaves everything as it was when it is cancelled', async () => {
    const element = await show();
    await press(element, '[data-end]');
    inside(element, 'c-accord-confirm').dispatchEvent(new CustomEvent('cancel'));
    await settle();

    expect(inside(element, '[data-end]')).not.toBeNull();
    expect(calls.some(([method]) => method === 'DELETE')).toBe(false);
});

it('makes a login for the role that was chosen, and says why it could not', async () => {
    answer(`GET ${CLIENTS}`, { clients: [] });
    const element = await show();
    expect(inside(element, '[data-none]')).not.toBeNull();
    const service = inside(element, '[value="service"]');
    service.checked = true;
    service.dispatchEvent(new CustomEvent('change'));
    answer(`POST ${CLIENTS}`, refusing(anError('NOT_ALLOWED', 'Admins only.')));
    await press(element, '[data-make]');
    await until(() => inside(element, '[data-problem]'));

    expect(inside(element, '[data-problem]').textContent).toBe('Admins only.');
    expect(calls.find(([method]) => method === 'POST')[2].role).toBe('service');
});

it('can be tried again', async () => {
    answer(`GET ${CLIENTS}`, refusing(anError('UNREACHABLE', 'Away.')));
    const element = await show();
    trustIsWell();
    inside(element, 'c-accord-page-state').dispatchEvent(new CustomEvent('retry'));
    await settle();

    expect(inside(element, '[data-row="accord-1"]')).not.toBeNull();
});
