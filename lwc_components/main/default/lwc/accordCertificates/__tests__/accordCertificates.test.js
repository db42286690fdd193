import AccordCertificates from 'c/accordCertificates';
import { inside, mount, settle } from 'accordTestKit';
import { anError, refusing } from 'accordSettingsKit';
import { sealing, until, useBrowserCrypto } from 'accordTrustKit';
import { answer, calls, forget } from 'settingsAnswers';

const LINKS = '/api/v1/connection/links';
const aCertificate = (fingerprint, facts = {}) => ({ fingerprint, key_id: 'k', active: true, ends_at: '2027-11-01T00:00:00Z', ...facts });

beforeEach(() => {
    forget();
    useBrowserCrypto();
});

const show = async (...certificates) => {
    const element = mount('c-accord-certificates', AccordCertificates, { certificates });
    await settle();
    return element;
};
const press = async (element, selector) => {
    inside(element, selector).click();
    await settle();
};

it('retires a certificate after a question that says what the last one means', async () => {
    const element = await show(aCertificate('aa'), aCertificate('bb', { active: false }));
    const changed = jest.fn();
    element.addEventListener('changed', changed);
    expect(element.shadowRoot.querySelectorAll('[data-retire]')).toHaveLength(1);
    await press(element, '[data-retire]');
    const question = inside(element, 'c-accord-confirm');
    expect(question.question).toContain('the only one in use');

    answer('DELETE /api/v1/connection/certificates/aa', refusing(anError('NOT_FOUND', 'It is retired already.')));
    question.dispatchEvent(new CustomEvent('confirm'));
    await settle();
    expect(question.error).toBe('It is retired already.');
    expect(changed).not.toHaveBeenCalled();
    answer('DELETE /api/v1/connection/certificates/aa', null);
    question.dispatchEvent(new CustomEvent('confirm'));
    await settle();
    expect(changed).toHaveBeenCalled();
    await expect(element).toBeAccessible();
});

it('asks plainly where another certificate stays in use', async () => {
    const element = await show(aCertificate('aa'), aCertificate('bb'));
    await press(element, '[data-row="bb"] [data-retire]');
    const question = inside(element, 'c-accord-confirm');

    expect(question.question).toContain('Retire the certificate bb?');
    expect(question.question).not.toContain('only one');
    question.dispatchEvent(new CustomEvent('cancel'));
    await settle();
    expect(inside(element, 'c-accord-confirm')).toBeNull();
});

it('makes a code for a new certificate, which only this page can read', async () => {
    const element = await show();
    expect(inside(element, '[data-no-certificate]')).not.toBeNull();
    const link = { address: 'https://accord.example/connect', code: null, expires_at: '2026-11-22T15:00:00Z' };
    answer(`POST ${LINKS}`, sealing(link, 'CODE-1'));
    await press(element, '[data-make]');
    await until(() => inside(element, 'c-accord-shown-once'));

    const once = inside(element, 'c-accord-shown-once');
    expect(inside(once, '[data-fact="Code"]').textContent).toBe('CODE-1');
    expect(JSON.stringify(calls)).not.toContain('CODE-1');
    await expect(element).toBeAccessible();
    await press(once, '[data-hide]');
    expect(inside(element, '[data-make]')).not.toBeNull();
});

it('says why no code was made', async () => {
    const element = await show();
    answer(`POST ${LINKS}`, refusing(anError('UNREACHABLE', 'Away.')));
    await press(element, '[data-make]');
    await until(() => inside(element, '[data-problem]'));

    expect(inside(element, '[data-problem]').textContent).toBe('Away.');
});
