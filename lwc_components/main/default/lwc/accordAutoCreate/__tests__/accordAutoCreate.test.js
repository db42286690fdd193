import AccordAutoCreate from 'c/accordAutoCreate';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { AUTO_CREATE, allIsWell, anAutoRule, anError, autoChoices, refusing, someAutoRules } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const FOUND = {
    would_make: 2,
    would_wait: 1,
    had_one: 4,
    other_currency: 5,
    looked_at: 2000,
    next: '006B',
    by_others: 2,
    calls: 11,
    deals: [
        { opportunity_id: '006A', name: 'Brightwater', reason: null, sentence: null },
        { opportunity_id: '006B', name: 'Selwyn', reason: 'owner_not_member', sentence: 'The owner is no member here.' }
    ]
};

/** What Accord answers when it has stored what was sent. */
const stored = ({ rules }) => someAutoRules(...rules.map((rule) => anAutoRule(rule.name, { ...rule, id: rule.id ?? rule.name })));

beforeEach(() => {
    forget();
    allIsWell();
    answer(`GET ${AUTO_CREATE}`, someAutoRules(anAutoRule('Big'), anAutoRule('Small', { enabled: true })), '"4"');
    answer(`PUT ${AUTO_CREATE}`, stored, '"5"');
});

const show = async () => {
    const element = mount('c-accord-auto-create', AccordAutoCreate);
    await settle();
    return element;
};
const rulesOf = (element) => allInside(element, 'c-accord-auto-rule');
const tryOf = (rule) => inside(rule, 'c-accord-auto-try');
const press = async (element, selector) => {
    inside(element, selector).click();
    await settle();
};
const enter = async (element, selector, value, event = 'input') => {
    const entry = inside(element, selector);
    if (typeof value === 'boolean') entry.checked = value;
    else entry.value = value;
    entry.dispatchEvent(new CustomEvent(event));
    await settle();
};
const choose = async (element, selector, value) => {
    inside(element, selector).dispatchEvent(new CustomEvent('choose', { detail: { value } }));
    await settle();
};
const save = async (element) => {
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
};
const sent = () => calls.filter(([method]) => method === 'PUT').at(-1);
const checked = (rule, list) =>
    allInside(rule, `[data-list="${list}"]`)
        .filter((box) => box.checked)
        .map((box) => box.dataset.value);

it('shows the rules in their order, with what each has made and what waits', async () => {
    const element = await show();
    const [first, second] = rulesOf(element);

    expect([first, second].map((rule) => inside(rule, '[data-state]').textContent)).toEqual(['Off', 'On']);
    expect(inside(first, '[data-counts]').textContent).toBe('Plans made: 3. Deals that wait: 1.');
    expect(element.hasUnsaved).toBe(false);
    await expect(first).toBeAccessible();
    expect(tryOf(second)).toBeNull();
});

it('chooses all stages from one up to the won one, because reps skip stages (B1)', async () => {
    const [rule] = rulesOf(await show());
    await enter(rule, '[data-from]', 'Prospecting', 'change');
    expect(checked(rule, 'stages')).toEqual(['Prospecting', 'Negotiation', 'Closed Won']);

    await enter(rule, '[data-list="stages"][data-value="Negotiation"]', false, 'change');
    await enter(rule, '[data-list="stages"][data-value="Negotiation"]', true, 'change');
    expect(checked(rule, 'stages')).toEqual(['Prospecting', 'Negotiation', 'Closed Won']);
});

it('saves a new rule with its types, amounts, currency, person, template and words', async () => {
    answer(`GET ${AUTO_CREATE}`, someAutoRules(), '"0"');
    const element = await show();
    expect(inside(element, '[data-none]')).not.toBeNull();
    await expect(element).toBeAccessible();
    await press(element, '[data-add]');
    const [rule] = rulesOf(element);
    expect(rule.shadowRoot.activeElement.dataset.name).toBe('name');
    await enter(rule, '[data-name="name"]', 'Renewals');
    await enter(rule, '[data-from]', 'Negotiation', 'change');
    await enter(rule, '[data-list="types"][data-value="Old"]', true, 'change');
    await enter(rule, '[data-name="amount_from"]', '1000.50');
    await enter(rule, '[data-name="amount_to"]', ' ');
    await enter(rule, '[data-name="currency"]', 'EUR', 'change');
    await enter(rule, '[data-name="title"]', 'Plan for {deal}');
    await choose(rule, '[data-person]', '005A');
    expect(inside(rule, '[data-template]').options.map(({ label }) => label)).toEqual([
        'Nothing: a plan of one stage',
        'Playbook: Enterprise',
        'Plan: Our way'
    ]);
    await choose(rule, '[data-template]', 'plan:p1');
    await choose(rule, '[data-template]', 'playbook:b1');
    expect(inside(rule, '[data-name="stage_title"]')).toBeNull();
    await save(element);

    const [, , body, version] = sent();
    expect(version).toBe('"0"');
    expect(body.rules).toEqual([
        {
            id: null,
            name: 'Renewals',
            enabled: false,
            stages: ['Negotiation', 'Closed Won'],
            types: ['Old'],
            amount_from: '1000.50',
            amount_to: null,
            currency: 'EUR',
            point_person: '005A',
            playbook: 'b1',
            template_id: null,
            title: 'Plan for {deal}',
            stage_title: 'Kick-off'
        }
    ]);
    expect(element.hasUnsaved).toBe(false);
});

describe('before a rule is on', () => {
    it('a dry run names the deals and the cost, and only then asks what it begins with', async () => {
        answer(`POST ${AUTO_CREATE}/dry-run`, FOUND);
        const element = await show();
        const [rule] = rulesOf(element);
        const trial = tryOf(rule);
        expect(inside(trial, '[data-new]')).toBeNull();
        await press(trial, '[data-look]');

        expect(trial.shadowRoot.activeElement.textContent).toBe('2 deals would get a plan now, 1 would wait for their point person.');
        expect(allInside(trial, '[data-fact]').map((fact) => fact.textContent)).toEqual([
            "API calls that it takes to give them plans: 11. They are read with the integration owner's login.",
            '4 have a plan, or had one: they get none.',
            '2 get their plan by a rule that stands above this one.',
            '5 do not match because their amount is in another currency.',
            '2,000 deals of these stages and types were looked at so far. There are more.'
        ]);
        expect(inside(trial, '[data-deal="006B"]').textContent).toContain('The owner is no member here.');
        await expect(trial).toBeAccessible();

        await press(trial, '[data-also]');
        expect(inside(rule, '[data-state]').textContent).toBe('On, also these deals');
        await save(element);
        expect(sent()[2].rules.map(({ enabled, also_existing: also }) => [enabled, also])).toEqual([
            [true, true],
            [true, undefined]
        ]);
    });

    it('goes on to more deals, page by page, and asks with the rules that stand above (B1)', async () => {
        answer(`POST ${AUTO_CREATE}/dry-run`, ({ after }) => ({
            ...FOUND,
            ...(after ? { next: null, deals: [] } : {})
        }));
        answer(`GET ${AUTO_CREATE}`, someAutoRules(anAutoRule('Big', { enabled: true }), anAutoRule('Small', { playbook: 'b1' })), '"4"');
        const [, rule] = rulesOf(await show());
        await press(tryOf(rule), '[data-look]');
        await press(tryOf(rule), '[data-more]');

        const asked = calls.filter(([, path]) => path.endsWith('/dry-run')).map(([, , body]) => body);
        expect(asked.map(({ above, after, rule: sentRule }) => [above, after, sentRule.playbook])).toEqual([
            [['big'], null, 'b1'],
            [['big'], '006B', 'b1']
        ]);
        expect(inside(tryOf(rule), '[data-sum]').textContent).toBe('4 deals would get a plan now, 2 would wait for their point person.');
        expect(inside(tryOf(rule), '[data-more]')).toBeNull();
        expect(allInside(tryOf(rule), '[data-fact]')[0].textContent).toContain('give them plans: 22.');
    });

    it('from now on only leaves the deals that are there, and turning it off again forgets both', async () => {
        answer(`POST ${AUTO_CREATE}/dry-run`, { ...FOUND, had_one: 0, other_currency: 0, next: null, by_others: 0 });
        const element = await show();
        const [rule] = rulesOf(element);
        await press(tryOf(rule), '[data-look]');
        await press(tryOf(rule), '[data-new]');
        expect(inside(rule, '[data-state]').textContent).toBe('On, from now on only');
        await expect(rule).toBeAccessible();
        await press(rule, '[data-off]');

        expect(element.hasUnsaved).toBe(false);
    });

    it('a rule that was changed since is looked at again, and what is wrong with it is said', async () => {
        answer(`POST ${AUTO_CREATE}/dry-run`, FOUND);
        const [rule] = rulesOf(await show());
        await press(tryOf(rule), '[data-look]');
        await enter(rule, '[data-name="amount_from"]', 'many');
        expect(inside(tryOf(rule), '[data-new]')).toBeNull();

        answer(`POST ${AUTO_CREATE}/dry-run`, refusing(anError('INVALID_VALUE', 'No.', { key: 'rules.0', message: 'Take a number.' })));
        await press(tryOf(rule), '[data-look]');
        expect(inside(tryOf(rule), '[data-problem]').textContent).toBe('Take a number.');
    });
});

it('shows what was refused at its field of the rule and puts the focus there', async () => {
    const item = { key: 'rules.1', field: 'stages', message: 'Choose at least one stage.' };
    answer(`PUT ${AUTO_CREATE}`, refusing(anError('INVALID_VALUE', 'Nothing was saved.', item)));
    const element = await show();
    const second = rulesOf(element)[1];
    await enter(second, '[data-list="stages"]', false, 'change');
    await enter(second, '[data-list="stages"][data-value="Negotiation"]', false, 'change');
    await save(element);

    expect(second.shadowRoot.activeElement.textContent).toBe('Choose at least one stage.');
    expect(inside(rulesOf(element)[0], '[data-problem-at]')).toBeNull();
});

it('moves and removes rules, and tells where one is now', async () => {
    const element = await show();
    const told = jest.fn();
    element.addEventListener('announce', ({ detail }) => told(detail.text));
    const order = async (key, name, detail) => {
        inside(element, `[data-rule="${key}"] c-accord-row-order`).dispatchEvent(new CustomEvent(name, { detail }));
        await settle();
    };
    await order('small', 'move', { by: -1 });
    expect(element.shadowRoot.activeElement.dataset.id).toBe('small');
    expect(rulesOf(element).map(({ rule }) => rule.name)).toEqual(['Small', 'Big']);
    expect(told).toHaveBeenCalledWith('Small is rule 1 of 2.');
    await order('small', 'move', { by: 1 });
    await order('big', 'remove');
    expect(told).toHaveBeenLastCalledWith('Big is removed. Save to make it so.');
    await save(element);

    expect(sent()[2].rules.map(({ name }) => name)).toEqual(['Small']);
});

it('brings the changes of two admins together; what both have changed stays mine', async () => {
    const element = await show();
    const [mine] = rulesOf(element);
    await enter(mine, '[data-name="name"]', 'Mine');
    await press(element, '[data-add]');
    answer(`PUT ${AUTO_CREATE}`, refusing(anError('CHANGED_MEANWHILE', 'Ada changed it.')));
    const theirs = [anAutoRule('Small', { enabled: false }), anAutoRule('Big', { title: 'Theirs' }), anAutoRule('New one')];
    answer(`GET ${AUTO_CREATE}`, someAutoRules(...theirs), '"7"');
    await save(element);
    inside(element, 'c-accord-meanwhile').dispatchEvent(new CustomEvent('merge'));
    await settle();
    answer(`PUT ${AUTO_CREATE}`, stored, '"8"');
    await save(element);

    const [, , body, version] = sent();
    expect(version).toBe('"7"');
    expect(body.rules.map(({ name, enabled, title }) => [name, enabled, title])).toEqual([
        ['Small', false, '{deal}'],
        ['Mine', false, '{deal}'],
        ['New one', false, '{deal}'],
        ['Rule 3', false, '{deal}']
    ]);
});

it('shows a value that the org lost, so that it can be taken out, and no currency where there is one alone', async () => {
    answer(`GET ${AUTO_CREATE}`, someAutoRules(anAutoRule('Old', { stages: ['Gone'] })), '"1"');
    answer(`GET ${AUTO_CREATE}/choices`, autoChoices({ currencies: [], types: [] }));
    const [rule] = rulesOf(await show());

    expect(inside(rule, '[data-list-of="stages"]').textContent).toContain('Gone (not in this org)');
    expect(checked(rule, 'stages')).toEqual(['Gone']);
    expect([inside(rule, '[data-name="currency"]'), inside(rule, '[data-list-of="types"]')]).toEqual([null, null]);
});

it('says what cannot be read, and tries it again', async () => {
    answer(`GET ${AUTO_CREATE}/choices`, refusing(anError('UNREACHABLE', 'Away.')));
    const element = await show();
    expect(inside(element, 'c-accord-page-state').failure.message).toBe('Away.');
    answer(`GET ${AUTO_CREATE}/choices`, autoChoices());
    inside(element, 'c-accord-page-state').dispatchEvent(new CustomEvent('retry'));
    await settle();
    expect(rulesOf(element)).toHaveLength(2);
});

it('lists the deals that wait with their reason, page by page', async () => {
    const row = { opportunity_id: '006A', rule: 'Big', sentence: 'He is no member.', user_id: '005A', since: '2026-11-22T09:00:00Z' };
    answer(`GET ${AUTO_CREATE}/waiting`, { deals: [row], next_after: 'n1' });
    answer(`GET ${AUTO_CREATE}/waiting?after=n1`, { deals: [{ ...row, opportunity_id: '006B' }], next_after: null });
    const list = inside(await show(), 'c-accord-auto-waiting');
    expect(inside(list, '[data-row]').textContent).toContain('He is no member.');
    // in the time zone that Salesforce has of the user, eight hours behind
    expect(inside(list, '[data-row]').textContent).toMatch(/Nov 22, 2026, 1:00\sAM/);
    expect(allInside(list, 'a').map((link) => link.getAttribute('href'))).toEqual([
        '/lightning/r/Opportunity/006A/view',
        '/lightning/r/User/005A/view'
    ]);
    await expect(list).toBeAccessible();
    await press(list, '[data-more]');
    expect(allInside(list, '[data-row]')).toHaveLength(2);
    expect(inside(list, '[data-more]')).toBeNull();
});
