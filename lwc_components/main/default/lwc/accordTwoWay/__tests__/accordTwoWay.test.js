import AccordTwoWay from 'c/accordTwoWay';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { TWO_WAY, aTwoWay, allIsWell, anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const FROZEN = {
    plan_id: 'p1',
    opportunity_id: '006A',
    linked: 'amount',
    standing: 'frozen',
    sentence: 'It flipped.',
    since: '2026-11-22T09:00:00Z'
};

beforeEach(() => {
    forget();
    allIsWell();
    answer(
        `PUT ${TWO_WAY}`,
        (body) => {
            const merged = aTwoWay();
            for (const link of ['close_date', 'amount']) Object.assign(merged[link], body[link]);
            return { ...merged, org_currency: body.org_currency, is_default: false };
        },
        '"1"'
    );
});

const show = async () => {
    const element = mount('c-accord-two-way', AccordTwoWay);
    await settle();
    return element;
};
const linkOf = (element, link) => inside(element, `[data-link="${link}"] c-accord-two-way-link`);
const enter = async (element, link, name, value) => {
    const entry = inside(linkOf(element, link), name);
    if (typeof value === 'boolean') entry.checked = value;
    else entry.value = value;
    entry.dispatchEvent(new CustomEvent(name === '[data-days]' ? 'input' : 'change'));
    await settle();
};
const save = async (element) => {
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
};
const sent = () => calls.filter(([method]) => method === 'PUT').at(-1);

it('has two separate switches, on from the beginning, in the words of the requirements (A105, A106, A108, A110)', async () => {
    const element = await show();
    const links = allInside(element, 'c-accord-two-way-link');

    expect(links.map((link) => inside(link, 'strong').textContent)).toEqual([
        'Use close dates from Salesforce',
        'Use Opportunity values from Salesforce'
    ]);
    expect(links.map((link) => inside(link, '[data-switch]').checked)).toEqual([true, true]);
    expect(inside(links[0], '[data-counts]').textContent).toBe('12 deals are equal, 1 wait for an answer, 2 apart');
    await expect(element).toBeAccessible();
});

it('saves one switch off and who wins for the other, with days and a default where the owner is asked (D28)', async () => {
    const element = await show();
    await enter(element, 'close_date', '[data-switch]', false);
    await enter(element, 'amount', '[data-name="policy"]', 'ask');
    await enter(element, 'amount', '[data-days]', '5');
    await enter(element, 'amount', '[data-name="ask_default"]', 'newest');
    inside(element, '[data-currency]').dispatchEvent(new CustomEvent('choose', { detail: { value: 'EUR' } }));
    await settle();
    await expect(linkOf(element, 'amount')).toBeAccessible();
    await save(element);

    const [, , body, version] = sent();
    expect(version).toBe('"0"');
    expect(body.close_date.enabled).toBe(false);
    expect(body.amount).toEqual({ enabled: true, policy: 'ask', ask_days: 5, ask_default: 'newest' });
    expect(body.org_currency).toBe('EUR');
    expect(element.hasUnsaved).toBe(false);
});

it('asks for no currency where the org has said it', async () => {
    answer(`GET ${TWO_WAY}`, aTwoWay({ known_currency: 'NOK' }), '"0"');
    const element = await show();

    expect(inside(element, '[data-currency]')).toBeNull();
    expect(inside(element, '[data-known-currency]').textContent).toContain('Norwegian Krone (NOK)');
});

it('shows what was refused at its value and puts the focus there', async () => {
    const item = { key: 'amount', field: 'ask_days', message: 'Take 1 to 90 days.' };
    answer(`PUT ${TWO_WAY}`, refusing(anError('INVALID_VALUE', 'Nothing was saved.', item)));
    const element = await show();
    await enter(element, 'amount', '[data-name="policy"]', 'ask');
    await enter(element, 'amount', '[data-days]', '');
    await save(element);

    const link = linkOf(element, 'amount');
    expect(sent()[2].amount.ask_days).toBe(0);
    expect(link.shadowRoot.activeElement.textContent).toBe('Take 1 to 90 days.');
});

it('brings the changes of two admins together', async () => {
    const theirs = aTwoWay({ org_currency: 'GBP' });
    theirs.amount.policy = 'ours';
    const element = await show();
    await enter(element, 'close_date', '[data-name="policy"]', 'newest');
    answer(`PUT ${TWO_WAY}`, refusing(anError('CHANGED_MEANWHILE', 'Ada changed it.')));
    answer(`GET ${TWO_WAY}`, theirs, '"4"');
    await save(element);
    const told = inside(element, 'c-accord-meanwhile');
    expect(told.changes.map(({ key }) => key)).toEqual(['amount.policy', 'currency']);
    told.dispatchEvent(new CustomEvent('merge'));
    await settle();
    answer(`PUT ${TWO_WAY}`, (body) => ({ ...aTwoWay(), ...body }), '"5"');
    await save(element);

    const [, , body, version] = sent();
    expect([version, body.close_date.policy, body.amount.policy, body.org_currency]).toEqual(['"4"', 'newest', 'ours', 'GBP']);
});

describe('deals that are not equal', () => {
    const problemsOf = (element) => inside(element, 'c-accord-two-way-problems');

    it('are told with what they wait for, page by page, and lead to the deal', async () => {
        answer(`GET ${TWO_WAY}/problems`, { problems: [FROZEN], next_after: 'n1' });
        answer(`GET ${TWO_WAY}/problems?after=n1`, {
            problems: [{ ...FROZEN, plan_id: 'p2', linked: 'close_date', standing: 'apart', since: null, sentence: null }],
            next_after: null
        });
        const element = await show();
        const problems = problemsOf(element);
        expect(inside(problems, '[data-row]').textContent).toMatch(/Frozen:\s*Amount.*It flipped./s);
        expect(inside(problems, 'a').getAttribute('href')).toBe('/lightning/r/Opportunity/006A/view');
        await expect(problems).toBeAccessible();

        inside(problems, '[data-more]').click();
        await settle();
        expect(allInside(problems, '[data-row]')).toHaveLength(2);
        expect(inside(problems, '[data-more]')).toBeNull();
    });

    it('go on when they were frozen and somebody says so', async () => {
        answer(`GET ${TWO_WAY}/problems`, { problems: [FROZEN], next_after: null });
        answer(`POST ${TWO_WAY}/thaw`, { linked: 'amount' });
        const element = await show();
        const problems = problemsOf(element);
        inside(problems, '[data-thaw]').click();
        await settle();

        expect(calls.at(-1)[2]).toEqual({ plan_id: 'p1', linked: 'amount' });
        expect(inside(problems, '[data-none]')).not.toBeNull();
        expect(problems.shadowRoot.activeElement).toBe(inside(problems, '[data-heading]'));
    });

    it('say when they cannot go on, or cannot be told', async () => {
        answer(`GET ${TWO_WAY}/problems`, { problems: [FROZEN], next_after: null });
        answer(`POST ${TWO_WAY}/thaw`, refusing(anError('NOT_FOUND', 'It is not frozen.')));
        const problems = problemsOf(await show());
        inside(problems, '[data-thaw]').click();
        await settle();
        expect(inside(problems, '[data-problem]').textContent).toBe('It is not frozen.');

        answer(`GET ${TWO_WAY}/problems`, refusing(anError('UNREACHABLE', 'Away.')));
        expect(inside(problemsOf(await show()), 'c-accord-page-state').failure.message).toBe('Away.');
    });
});
