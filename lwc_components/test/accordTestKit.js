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
        currency: 'USD',
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

/** A panel with one tab. */
export const aPanel = (rows, facts = {}) => ({
    record: { id: DEAL, sobject: 'Opportunity', name: 'Brightwater' },
    saved_as: { name: 'Riley Okafor' },
    tabs: [{ key: 'deal', label: 'Deal', rows }],
    plan: aPlan(),
    can_create_plan: false,
    ...facts
});
