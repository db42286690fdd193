import AccordSyncWhy from 'c/accordSyncWhy';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const DEAL = { id: '006A', name: 'Brightwater', has_plan: true };
const WROTE = {
    at: '2026-11-22T10:04:00Z',
    trigger: 'step_completed',
    by: 'Riley Okafor',
    sentence: 'Accord wrote it after a step was completed by Riley Okafor.',
    login: 'integration@halden.example',
    old: '30',
    new: '40'
};
const aField = (facts = {}) => ({
    row_id: 'r1',
    datum_label: 'Accord Progress',
    target: 'Progress__c',
    field_label: 'Progress',
    value: '40',
    is_hidden: false,
    wrote: WROTE,
    reason: null,
    sentence: null,
    ...facts
});
const aPlan = (...fields) => ({ enabled: true, fields: fields.length ? fields : [aField()], waits: null });

beforeEach(() => {
    forget();
    answer('GET /api/v1/deals?q=bright', { deals: [DEAL, { id: '006B', name: 'Brighton', has_plan: false }] });
    answer('GET /api/v1/plans?opportunity_id=006A&limit=1', { plans: [{ id: 'p1' }], next: null });
    answer('GET /api/v1/field-sync/plans/p1', aPlan());
});

async function find(text = 'bright') {
    const element = mount('c-accord-sync-why', AccordSyncWhy);
    inside(element, '[data-search]').value = text;
    inside(element, '[data-form]').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
    return element;
}
async function choose() {
    const element = await find();
    inside(element, '[data-deal]').click();
    await settle();
    return element;
}
const text = (element, selector) => inside(element, selector)?.textContent;
const why = (element) => inside(element, 'c-accord-why').explain('r1');

it('asks nothing before a deal is looked for, and offers those that have a plan', async () => {
    const element = await find(' ');
    expect(calls).toEqual([]);
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-search]'));
    await expect(element).toBeAccessible();

    const found = await find();
    expect(allInside(found, '[data-deal]').map((button) => button.textContent)).toEqual(['Brightwater']);
    expect(text(found, '[data-found]')).toBe('One deal with a plan has this in its name. Choose it.');
    await expect(found).toBeAccessible();
});

it('says when there is none, and what Accord refuses', async () => {
    answer('GET /api/v1/deals?q=nobody', { deals: [] });
    expect(text(await find('nobody'), '[data-found]')).toContain('No deal with a plan');

    answer('GET /api/v1/deals?q=bright', refusing(anError('NO_SALESFORCE_LOGIN', 'Connect your own login.')));
    const element = await find();
    expect(text(element, '[data-problem]')).toBe('Connect your own login.');
    await expect(element).toBeAccessible();
});

it('shows for each synced field of the deal its value and how it stands', async () => {
    const off = { reason: 'row_paused', sentence: 'The row is paused.', value: null, wrote: null };
    answer('GET /api/v1/field-sync/plans/p1', aPlan(aField(), aField({ row_id: 'r2', ...off }), aField({ row_id: 'r3', is_hidden: true })));

    const element = await choose();

    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-title]'));
    expect(text(element, '[data-title]')).toBe('Synced fields of Brightwater');
    const shown = allInside(element, '[data-field] .what').map((field) => [...field.children].map((line) => line.textContent));
    expect(shown).toEqual([
        ['Accord Progress to Progress', '40', 'It shows what the plan says.'],
        ['Accord Progress to Progress', 'empty', 'The row is paused.'],
        ['Accord Progress to Progress', 'Hidden from you', 'It shows what the plan says.']
    ]);
    await expect(element).toBeAccessible();
});

it('explains a field as the panel does, asked anew when it is opened (D6)', async () => {
    const element = await choose();
    calls.length = 0;
    expect(await why(element)).toMatchObject({ wrote: [{ ...WROTE, login: 'integration', login_name: WROTE.login }], skipped: null });
    expect(calls.map(([, path]) => path)).toEqual(['/api/v1/field-sync/plans/p1']);

    answer('GET /api/v1/field-sync/plans/p1', {
        ...aPlan(aField({ wrote: null, reason: 'refused', sentence: 'Salesforce refused this value.' })),
        waits: { reason: 'gathering', sentence: 'It waits.', detail: null, until: null }
    });
    const told = await why(element);
    expect(told).toMatchObject({ wrote: [], skipped: { sentence: 'Salesforce refused this value.' }, waits: { sentence: 'It waits.' } });
});

it('says that syncing is off, that there is no row, and that the plan has gone', async () => {
    answer('GET /api/v1/field-sync/plans/p1', { enabled: false, fields: [], waits: null });
    const element = await choose();
    expect(text(element, '[data-off]')).toContain('Syncing is off');
    expect(text(element, '[data-none]')).toContain('No row is set up');
    await expect(element).toBeAccessible();

    answer('GET /api/v1/plans?opportunity_id=006A&limit=1', { plans: [], next: null });
    const gone = await choose();
    expect(text(gone, '[data-found]')).toContain('No deal with a plan');
    expect(inside(gone, '[data-chosen]')).toBeNull();
});
