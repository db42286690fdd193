import AccordPlanView from 'c/accordPlanView';
import { aStage, aStep, aWholePlan, allInside, anAmount, inside, listen, mount, settle } from 'accordTestKit';

const NAMED = '{{Budget}}';
const VALUE = '$125,000.50';
const variables = [anAmount({ label: 'Budget', currency: 'USD' })];
const step = aStep('s1', { title: `Agree ${NAMED}`, description: `Of ${NAMED}`, due_date: '2026-12-03' });
const criterion = (key, kind, facts) => ({ id: key, key, kind, title: key, is_fulfilled: true, is_required: true, ...facts });
const plan = aWholePlan(
    [aStage('a', [step, aStep('s2')], { title: `Within ${NAMED}`, is_current: true }), aStage('b', [], { title: `Beyond ${NAMED}` })],
    {
        title: `Plan for ${NAMED}`,
        stage_title: `Within ${NAMED}`,
        criteria: [
            criterion('Step', 'step', { step_id: 's1' }),
            criterion('Words', 'text', { text: `At most ${NAMED}` }),
            criterion('Link', 'resource', { about_id: 'r1', text: 'https://files.example/1' })
        ],
        resources: [{ id: 'r1', title: `Offer of ${NAMED}`, url: 'https://files.example/1', is_internal: false }],
        stakeholders: [{ id: 'h1', name: 'Ira Sand', title: `Decides up to ${NAMED}`, email: '' }]
    }
);
const comment = { id: 'c1', text: `Not above ${NAMED}`, author_name: 'Riley Okafor', written_at: '2026-11-20T09:30:00Z' };
const waysOf = (answers) => ({
    open: async () => plan,
    comments: async () => ({ comments: [comment], next: null }),
    playbooks: async () => ({ playbooks: [], can_save: false }),
    linked: async () => ({ values: [] }),
    ...answers
});
async function show(answers = {}) {
    const element = mount('c-accord-plan-view', AccordPlanView, { plan, variables, ways: waysOf(answers) });
    await settle();
    return element;
}

/** Every component in the page, below this one too. */
const within = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
const all = (element, selector) => within(element.shadowRoot).filter((one) => one.matches(selector));
async function press(element, ...selectors) {
    for (const selector of selectors) all(element, selector)[0].click();
    await settle();
}
/** What is seen and said: texts, names of buttons, choices and questions; not what is typed. */
function told(element) {
    const words = within(element.shadowRoot).flatMap((one) => [
        ...[...one.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data),
        one.getAttribute('aria-label'),
        one.matches('c-accord-confirm') ? one.question : null,
        ...(one.matches('lightning-combobox') ? one.options.map(({ label }) => label) : [])
    ]);
    return words.filter(Boolean);
}

it('shows the value in every text of the plan, in every name of a button, every choice and every question', async () => {
    const element = await show();
    await press(element, '[data-criteria]', '[data-toggle]', '[data-menu]', '[data-talk]');
    for (const toggle of all(element, 'c-accord-plan-list').slice(1)) inside(toggle, '[data-toggle]').click();
    await settle();
    const names = told(element);
    for (const item of all(element, '[data-remove]')) item.click();
    await press(element, '[data-ask="archive"]');
    for (const edit of all(element, 'c-accord-plan-criterion')) inside(edit, '[data-edit]').click();
    for (const tools of all(element, 'c-accord-stage-tools')) inside(tools, '[data-delete]').click();
    const steps = all(element, 'c-accord-plan-step');
    inside(steps[0], '[data-edit]').click();
    await settle();

    const words = [...names, ...told(element)];
    expect(words.filter((one) => one.includes('{{'))).toEqual([]);
    const whole = words.join(' ');
    for (const text of ['Plan for', 'Within', 'Beyond', 'Agree', 'Of', 'Not above', 'At most', 'Offer of', 'Decides up to'])
        expect(whole).toContain(text);
    expect(words).toEqual(expect.arrayContaining([`Beyond ${VALUE}`, `Agree ${VALUE}`, `Offer of ${VALUE}`]));
});

it('marks a value as one of Salesforce in comments, links and criteria too', async () => {
    const element = await show();
    await press(element, '[data-criteria]', '[data-toggle]', '[data-talk]');

    const marked = ['c-accord-step-comments', 'c-accord-plan-item', 'c-accord-plan-criterion'].map((name) => {
        return all(element, name).flatMap((one) => allInside(one, '[title="From Salesforce: Budget"]')).length;
    });
    expect(marked).toEqual([1, 1, 2]);
});

it('says what somebody has changed meanwhile and what became of it with the value', async () => {
    const now = { ...step, title: `Sign ${NAMED}`, version: 2 };
    const changed = { ...plan, stages: [{ ...plan.stages[0], steps: [now] }] };
    const refused = () => Promise.reject(Object.assign(new Error('No.'), { code: 'CHANGED_MEANWHILE', items: [] }));
    const answers = { changeStep: refused, deleteStep: refused, read: async () => changed, archive: async () => plan };
    const element = await show({ ...answers, removeResource: async () => plan });
    const error = await all(element, 'c-accord-plan-step')[0]
        .ways.change(step, { is_completed: true })
        .catch((thrown) => thrown);
    const deleted = await all(element, 'c-accord-plan-step')[0]
        .ways.remove(step)
        .catch((thrown) => thrown);
    expect([error.meanwhile, deleted.meanwhile]).toEqual(Array(2).fill([`What has to happen: was Agree ${VALUE}, is now Sign ${VALUE}`]));

    await press(element, '[data-menu]');
    const said = listen(all(element, 'c-accord-plan-menu')[0], 'said');
    await press(element, '[data-ask="archive"]');
    all(element, 'c-accord-confirm')[0].dispatchEvent(new CustomEvent('confirm'));
    await settle();
    const removed = listen(all(element, 'c-accord-plan-list')[0], 'said');
    await press(element, '[data-toggle]');
    await all(element, 'c-accord-plan-item')[0].remove();

    expect(said).toHaveBeenCalledWith(`“Plan for ${VALUE}” is archived.`);
    expect(removed).toHaveBeenCalledWith(`“Offer of ${VALUE}” is removed.`);
});
