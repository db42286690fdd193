import AccordSettings from 'c/accordSettings';
import { inside, mount, settle } from 'accordTestKit';
import { FIELD_SYNC, aConnection, aFieldSync, aPanelSetup, aRow, aSyncRow, aTab, allIsWell, anError, refusing } from 'accordSettingsKit';
import { answer, forget } from 'settingsAnswers';

beforeEach(() => {
    forget();
    allIsWell();
});

const show = async () => {
    const element = mount('c-accord-settings', AccordSettings);
    await settle();
    return element;
};
const go = async (element, page) => {
    inside(element, 'c-accord-settings-nav').dispatchEvent(new CustomEvent('go', { detail: { page } }));
    await settle();
};
const titleOf = (element) => inside(element, '[data-title]').textContent;
const stepOf = (element, key) => inside(inside(element, 'c-accord-checklist'), `[data-step="${key}"]`);
const crmOf = (element) => inside(element, 'c-accord-crm');
const rowOf = (element, page) => inside(crmOf(element), `[data-row="${page}"]`);

it('begins on the checklist, with the org and its kind', async () => {
    const element = await show();

    expect(titleOf(element)).toBe('Checklist');
    expect(inside(element, '[data-org]').textContent).toMatch(/Halden Instruments\s*Production/);
    await expect(element).toBeAccessible();
});

it('says that it loads', async () => {
    const element = mount('c-accord-settings', AccordSettings);

    expect(inside(inside(element, 'c-accord-page-state'), '[data-state="loading"]')).not.toBeNull();
    await expect(element).toBeAccessible();
});

it('shows a rep nothing but whom to ask (A38)', async () => {
    answer('GET /api/v1/connection', refusing(anError('NOT_ALLOWED', 'Admins only.')));
    const element = await show();
    const state = inside(element, 'c-accord-page-state');

    expect(state.shadowRoot.textContent).toContain('Ask an administrator');
    expect(state.shadowRoot.textContent).toContain('permission set Accord Admin');
    expect(inside(state, '[data-retry]')).toBeNull();
    expect(inside(element, 'c-accord-settings-nav')).toBeNull();
    await expect(element).toBeAccessible();
});

it('can be tried again when Accord was away', async () => {
    answer('GET /api/v1/connection', refusing({ ...anError('INTERNAL_ERROR', 'It failed.'), status: 500, reference: 'req-1' }));
    const element = await show();
    const state = inside(element, 'c-accord-page-state');
    expect(state.shadowRoot.textContent).toContain('Reference for support: req-1');
    await expect(element).toBeAccessible();

    answer('GET /api/v1/connection', aConnection());
    inside(state, '[data-retry]').click();
    await settle();

    expect(titleOf(element)).toBe('Checklist');
});

it('leads from CRM to a page below it, and back by its path', async () => {
    const element = await show();
    await go(element, 'crm');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-title]'));

    rowOf(element, 'slideout').querySelector('[data-manage]').click();
    await settle();
    expect(titleOf(element)).toBe('Salesforce Slideout');
    const nav = inside(element, 'c-accord-settings-nav');
    expect(inside(nav, '[data-page="crm"]').getAttribute('aria-current')).toBe('true');
    await expect(nav).toBeAccessible();

    inside(element, '[data-crumb]').click();
    await settle();
    expect(titleOf(element)).toBe('CRM');
    expect(inside(nav, '[data-page="crm"]').getAttribute('aria-current')).toBe('page');
});

it('counts unread messages in the left bar, and looks again on each page', async () => {
    const unread = '/api/v1/messages?unseen=true&limit=51';
    answer(`GET ${unread}`, { messages: Array.from({ length: 51 }, () => ({})) });
    const element = await show();
    await settle();
    const nav = inside(element, 'c-accord-settings-nav');
    expect(inside(nav, '[data-unread]').textContent).toBe('50+ unread');
    await expect(element).toBeAccessible();

    answer(`GET ${unread}`, { messages: [] });
    await go(element, 'crm');
    expect(inside(nav, '[data-unread]')).toBeNull();
});

describe('a page with changes that are not saved', () => {
    const showChanged = async () => {
        const element = await show();
        await go(element, 'slideout');
        const row = inside(inside(element, 'c-accord-slideout'), 'c-accord-slideout-row');
        row.dispatchEvent(new CustomEvent('remove', { detail: { key: 'Opportunity.Amount' } }));
        await settle();
        await go(element, 'errors');
        return element;
    };

    it('is not left without a question', async () => {
        const element = await showChanged();

        expect(element.hasUnsaved).toBe(true);
        expect(titleOf(element)).toBe('Salesforce Slideout');
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-ask-title]'));
        await expect(inside(element, '[data-ask]')).toBeAccessible();
        inside(element, '[data-stay]').click();
        await settle();
        expect(inside(element, '[data-ask]')).toBeNull();
        expect(element.hasUnsaved).toBe(true);
    });

    it('is left when that is meant', async () => {
        const element = await showChanged();

        inside(element, '[data-leave]').click();
        await settle();

        expect(titleOf(element)).toBe('Errors');
        expect(element.hasUnsaved).toBe(false);
    });
});

describe('the checklist', () => {
    it('counts what is in order and names what is to do', async () => {
        const element = await show();
        const list = inside(element, 'c-accord-checklist');

        expect(inside(list, '[data-count]').textContent).toBe('5 of 8 steps are in order.');
        expect(stepOf(element, 'activity').textContent).toContain('To do.');
        expect(stepOf(element, 'slideout').textContent).toContain('The four default fields are shown.');
        await expect(inside(element, 'c-accord-checklist')).toBeAccessible();
    });

    it('tells what needs attention in the words of its page', async () => {
        const bad = aRow('Opportunity.Old__c', 'Old', { status: 'bad', reason: { code: 'FIELD_GONE', message: 'Gone.' } });
        answer('GET /api/v1/settings/panel', { ...aPanelSetup(aTab('Deal', [bad])), is_default: false }, '"1"');
        answer('GET /api/v1/connection', aConnection({ certificates: [] }));
        answer('GET /api/v1/connection/notices', { notices: [{ message: 'The key ends in 7 days.' }] });
        answer('GET /api/v1/deliveries', { pauses: [], causes: [{ count: 3 }, { count: 1 }] });
        const element = await show();

        expect(stepOf(element, 'slideout').dataset.state).toBe('attention');
        expect(stepOf(element, 'slideout').textContent).toContain('One row went bad');
        expect(stepOf(element, 'certificate').dataset.state).toBe('todo');
        expect(stepOf(element, 'notices').textContent).toContain('The key ends in 7 days.');
        expect(stepOf(element, 'deliveries').textContent).toContain('4 writes stand still');
    });

    it('names deals whose two sides are not equal', async () => {
        const element = await show();

        expect(stepOf(element, 'twoWay').textContent).toContain('6 values are not equal');
    });

    it('names rows of the field sync that are not written', async () => {
        const ill = { status: 'paused', reason: { code: 'REFUSED', message: 'No.' } };
        answer(`GET ${FIELD_SYNC}`, aFieldSync({ enabled: true, rows: [aSyncRow('accord_url', 'A__c', ill)] }), '"1"');
        const element = await show();

        expect(stepOf(element, 'fieldSync').textContent).toContain('One row is not written');
    });

    it('shows one step as not known when it cannot be asked, and all others', async () => {
        answer('GET /api/v1/deliveries', refusing(anError('UNREACHABLE', 'Accord cannot be reached.')));
        const element = await show();

        expect(stepOf(element, 'deliveries').textContent).toContain('Not known.');
        expect(stepOf(element, 'connection').dataset.state).toBe('done');
        await expect(inside(element, 'c-accord-checklist')).toBeAccessible();
    });

    it('leads to the page of a step', async () => {
        const element = await show();

        stepOf(element, 'slideout').querySelector('button').click();
        await settle();

        expect(titleOf(element)).toBe('Salesforce Slideout');
    });
});
