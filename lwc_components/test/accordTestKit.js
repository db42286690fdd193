/** What every component test needs: mount, wait, and values to show. */
import { createElement } from 'lwc';

/** Puts a component on the page with its public properties set. */
export function mount(tag, component, properties = {}) {
    const element = createElement(tag, { is: component });
    Object.assign(element, properties);
    document.body.appendChild(element);
    return element;
}

/** Lets promises and renderings that are under way come to an end. */
export const settle = () => new Promise((resolve) => setTimeout(resolve));

export const inside = (element, selector) => element.shadowRoot.querySelector(selector);
export const allInside = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];

/** Listens for an event and answers with the function that collects its details. */
export function listen(element, name) {
    const handler = jest.fn();
    element.addEventListener(name, (event) => handler(event.detail));
    return handler;
}

export const DEAL = '006Ax000001AbCdIAK';

/** A row of the panel; tests name the facts that matter to them. */
export const aRow = (field, facts = {}) => ({
    key: `Opportunity.${field}`,
    sobject: 'Opportunity',
    field,
    record_id: DEAL,
    label: field,
    type: 'text',
    value: null,
    editable: true,
    read_only_reason: null,
    required: false,
    max_length: 255,
    precision: null,
    scale: null,
    currency: null,
    options: null,
    ...facts
});

export const anAmount = (facts = {}) =>
    aRow('Amount', {
        label: 'Opportunity Amount',
        type: 'currency',
        value: '125000.50',
        precision: 18,
        scale: 2,
        max_length: null,
        ...facts
    });

export const aPlan = (facts = {}) => ({
    id: 'p1',
    title: 'Brightwater plan',
    stage_title: 'Kick-off',
    steps_total: 10,
    steps_done: 4,
    progress: 40,
    status: 'On Track',
    opportunity_id: DEAL,
    url: null,
    ...facts
});

export const aStep = (id, facts = {}) => ({
    id,
    title: `Step ${id}`,
    description: '',
    key: null,
    due_date: null,
    is_overdue: false,
    is_completed: false,
    completed_on: null,
    owner: null,
    is_internal: false,
    version: 1,
    ...facts
});

export const aStage = (id, steps, facts = {}) => ({
    id,
    title: `Stage ${id}`,
    position: 0,
    is_internal: false,
    is_current: false,
    is_completed: false,
    version: 1,
    steps,
    ...facts
});

const factor = (name, weight, reached, possible, points) => ({ factor: name, weight, reached, possible, points });

/** A plan with its stages and steps, as the API answers it. */
export const aWholePlan = (stages, facts = {}) => ({
    ...aPlan({ score: 46 }),
    version: 7,
    is_published: true,
    is_archived: false,
    score_factors: [
        factor('criteria', 40, 2, 4, 22),
        factor('progress', 25, 4, 10, 11),
        factor('customers_invited', 10, 2, 3, 7),
        factor('customers_accepted', 15, 1, 3, 6),
        factor('deal_stage', 10, null, 0, 0)
    ],
    members: [
        { id: 'm1', name: 'Riley Okafor', email: 'riley@halden.example', role: 'user' },
        { id: 'm2', name: 'Ana Brandt', email: 'ana@brightwater.example', role: 'customer' }
    ],
    stakeholders: [],
    resources: [],
    criteria: [],
    following: false,
    followers: 0,
    stages,
    ...facts
});

/** A panel with one tab. */
export const aPanel = (rows, facts = {}) => ({
    record: { id: DEAL, sobject: 'Opportunity', name: 'Brightwater' },
    saved_as: { name: 'Riley Okafor' },
    tabs: [{ key: 'deal', label: 'Deal', rows }],
    plan: aPlan(),
    can_create_plan: false,
    ...facts
});
