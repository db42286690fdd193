import AccordSettings from 'c/accordSettings';
import { inside, mount, settle } from 'accordTestKit';
import { aCost, anOverview } from 'accordPrivacyKit';
import { ACTIVITY, FIELD_SYNC, allIsWell, anActivitySetup, anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

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
const crmOf = (element) => inside(element, 'c-accord-crm');
const rowOf = (element, page) => inside(crmOf(element), `[data-row="${page}"]`);

describe('the CRM page', () => {
    const showCrm = async () => {
        const element = await show();
        await go(element, 'crm');
        return element;
    };
    const press = async (element, page, name) => {
        rowOf(element, page).querySelector(`[data-${name}]`).click();
        await settle();
    };

    it('offers Enable where something is off, then Manage; Manage alone where nothing can be off (A23, A39, A86)', async () => {
        const element = await showCrm();

        expect(rowOf(element, 'slideout').querySelector('[data-switch]')).toBeNull();
        const buttons = [...rowOf(element, 'activity').querySelectorAll('button')].map((button) => button.textContent.trim());
        expect(buttons).toEqual(['Enable', 'Manage']);
        await expect(crmOf(element)).toBeAccessible();
    });

    it('says what Enable means before it writes anything', async () => {
        const element = await showCrm();
        await press(element, 'activity', 'switch');

        expect(crmOf(element).shadowRoot.activeElement.textContent).toContain('last activity date');
        expect(calls.some(([method]) => method === 'PUT')).toBe(false);
        await expect(crmOf(element)).toBeAccessible();
        await press(element, 'activity', 'cancel');
        expect(crmOf(element).shadowRoot.activeElement).toBe(rowOf(element, 'activity').querySelector('[data-switch]'));
    });

    it('tells the cost before data of plans go to fields (D14)', async () => {
        const whole = { plans: 1234, calls_at_most: 14, calls_left: 98000 };
        const limits = 'Rules of Salesforce can still refuse.';
        answer(`POST ${FIELD_SYNC}/dry-run`, { whole, limits, plans: [], records_to_write: 3, fields_to_write: 5, skipped: {} });
        const element = await showCrm();
        await press(element, 'fieldSync', 'switch');
        expect(inside(crmOf(element), '[data-cost]').textContent).toMatch(/at most 14 API calls\. About 120 records in 27 .* left\./);
        expect(inside(crmOf(element), '[data-cost]').textContent).toMatch(/^Fields that would be written: 5. Records: 3./);
        expect(inside(crmOf(element), '[data-limits]').textContent).toBe(limits);
        await expect(crmOf(element)).toBeAccessible();
        await press(element, 'fieldSync', 'cancel');

        answer(`POST ${FIELD_SYNC}/dry-run`, refusing(anError('SALESFORCE_UNAVAILABLE', 'Salesforce is away.')));
        await press(element, 'fieldSync', 'switch');
        expect(inside(crmOf(element), '[data-cost]').textContent).toBe('Not known: Salesforce is away.');
    });

    it('leads to each value that would be written (D14)', async () => {
        answer('GET /api/v1/field-sync/runs', { runs: [] });
        answer(`POST ${FIELD_SYNC}/dry-run`, {
            ...{ whole: { plans: 1, calls_at_most: 2, calls_left: null }, limits: '', plans: [], next: null },
            ...{ records_to_write: 0, fields_to_write: 0, skipped: {} }
        });
        const element = await showCrm();
        await press(element, 'fieldSync', 'switch');
        inside(crmOf(element), '[data-see]').click();
        await settle();
        const page = inside(element, 'c-accord-field-sync');
        expect(inside(inside(page, 'c-accord-dry-run'), '[data-sum]')).not.toBeNull();
    });

    it('tells what Tasks cost a day, or why that is not known', async () => {
        const element = await showCrm();
        await press(element, 'activity', 'switch');
        expect(inside(crmOf(element), '[data-cost]').textContent).toBe(
            'About 120 Tasks, 27 API calls and 0.2 MB of storage a day. By the last 7 days. ' +
                'The org has 98,000 of 100,000 API calls of 24 hours left. The org has 3 of 5 MB of data storage left.'
        );
        await press(element, 'activity', 'cancel');

        const nothing = { ...aCost('activity', { measured_days: 0, because: 'Nothing was measured yet.' }), is_on: false };
        const room = { calls_a_day: null, events_an_hour: null, storage_mb: null, not_known: 'Away.' };
        answer('GET /api/v1/cost/overview', anOverview({ features: [nothing], room }));
        await press(element, 'activity', 'switch');
        expect(inside(crmOf(element), '[data-cost]').textContent).toBe('Nothing was measured yet.');
    });

    it('enables with the version that was shown, says so, and goes on to Manage', async () => {
        answer(`PUT ${ACTIVITY}`, (body) => body, '"1"');
        const element = await showCrm();
        await press(element, 'activity', 'switch');
        await press(element, 'activity', 'confirm');

        const [, , body, version] = calls.find(([method]) => method === 'PUT');
        expect([body.enabled, version]).toEqual([true, '"0"']);
        expect(inside(element, '[data-status]').textContent).toBe('Sync activity is on.');
        expect(crmOf(element).shadowRoot.activeElement).toBe(rowOf(element, 'activity').querySelector('[data-manage]'));
    });

    it('says before connected deals are locked that admins are meant too (A111 to A113)', async () => {
        answer('PUT /api/v1/settings/deal-lock', (body) => body, '"1"');
        const element = await showCrm();
        await press(element, 'lock', 'switch');
        expect(crmOf(element).shadowRoot.activeElement.textContent).toContain('admins included');
        await press(element, 'lock', 'confirm');

        expect(calls.find(([method]) => method === 'PUT')[2].allow_modifying).toBe(false);
        expect(rowOf(element, 'lock').querySelector('[data-badge]').textContent).toBe('Off');
        expect(rowOf(element, 'lock').querySelector('[data-manage]')).toBeNull();
    });

    it('shows all other rows when one cannot be asked', async () => {
        answer('GET /api/v1/settings/deal-lock', refusing(anError('UNREACHABLE', 'Away.')));
        const element = await showCrm();

        expect(rowOf(element, 'lock').querySelector('[data-trouble]').textContent).toBe('Not known: Away.');
        expect(rowOf(element, 'lock').querySelector('[data-switch]')).toBeNull();
        expect(rowOf(element, 'activity').querySelector('[data-switch]')).not.toBeNull();
    });

    it('looks again when somebody else was faster, and says so', async () => {
        answer(`PUT ${ACTIVITY}`, refusing(anError('CHANGED_MEANWHILE', 'Somebody else has changed these settings.')));
        const element = await showCrm();
        await press(element, 'activity', 'switch');
        answer(`GET ${ACTIVITY}`, anActivitySetup({ enabled: true }), '"5"');
        await press(element, 'activity', 'confirm');

        expect(rowOf(element, 'activity').querySelector('[data-problem]').textContent).toContain('Somebody else');
        expect(rowOf(element, 'activity').querySelector('[data-badge]').textContent).toBe('On');
    });
});
