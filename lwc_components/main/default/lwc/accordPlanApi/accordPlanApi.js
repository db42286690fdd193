/**
 * What the panel asks about a plan, as calls of our HTTP API. Pure.
 * `send` takes {method, path, body, version, key} and answers with JSON: `version` is that of the very thing that is changed, `key` makes
 * a repeat of something new change nothing.
 */
const plans = (id) => `/api/v1/plans/${id}`;
const versionOf = ({ version }) => `"${version}"`;

/** A key for one wish: the same for every try, so that nothing is made twice. */
export const newKey = () => [...crypto.getRandomValues(new Uint32Array(4))].map((number) => number.toString(36)).join('-');

export const planWays = (send) => ({
    /** The whole plan; that somebody has opened it is written down. */
    open: (planId) => send({ method: 'POST', path: `${plans(planId)}/view`, body: {} }),
    read: (planId) => send({ method: 'GET', path: plans(planId) }),
    /** {plans, next}: those without a deal, at a glance; `after` is the `next` of an earlier answer. */
    free: (after, limit) =>
        send({
            method: 'GET',
            path: `/api/v1/plans?is_connected=false&is_archived=false&limit=${limit}${after ? `&after=${after}` : ''}`
        }),
    /** {deals}: the person's own, by a part of their names. */
    searchDeals: (text) => send({ method: 'GET', path: `/api/v1/deals?q=${encodeURIComponent(text)}` }),
    /** {playbooks, can_save, next}: what a new plan may begin with; there are a hundred at most. */
    playbooks: () => send({ method: 'GET', path: '/api/v1/playbooks?limit=100' }),
    /** {plan, start, title, description}: what a plan has, as a new playbook. */
    savePlaybook: (playbook, key) => send({ method: 'POST', path: '/api/v1/playbooks', body: playbook, key }),
    /** {plan, start}: what a plan has, as the content of a playbook. */
    replacePlaybook: (playbook, content) =>
        send({ method: 'PUT', path: `/api/v1/playbooks/${playbook.id}/content`, body: content, version: versionOf(playbook) }),
    connect: (planId, plan, dealId) =>
        send({ method: 'PUT', path: `${plans(planId)}/deal`, body: { opportunity_id: dealId }, version: versionOf(plan) }),
    disconnect: (planId, plan) => send({ method: 'DELETE', path: `${plans(planId)}/deal`, version: versionOf(plan) }),
    follow: (planId) => send({ method: 'PUT', path: `${plans(planId)}/following` }),
    stopFollowing: (planId) => send({ method: 'DELETE', path: `${plans(planId)}/following` }),
    /** The copy: a draft without a deal. */
    duplicate: (planId, key) => send({ method: 'POST', path: `${plans(planId)}/duplicate`, body: {}, key }),
    archive: (planId, plan, isArchived) =>
        send({ method: 'PATCH', path: plans(planId), body: { is_archived: isArchived }, version: versionOf(plan) }),
    publish: (planId, plan) => send({ method: 'PATCH', path: plans(planId), body: { is_published: true }, version: versionOf(plan) }),
    /** Somebody of the customer or of a partner: {role, name, email}. */
    invite: (planId, person, key) => send({ method: 'POST', path: `${plans(planId)}/members`, body: person, key }),
    removeMember: (planId, member, plan) =>
        send({ method: 'DELETE', path: `${plans(planId)}/members/${member.id}`, version: versionOf(plan) }),
    /** {colleagues}: our own people who do not take part yet, {member_id, name, role}. */
    colleagues: (planId) => send({ method: 'GET', path: `${plans(planId)}/colleagues` }),
    addResource: (planId, resource, key) => send({ method: 'POST', path: `${plans(planId)}/resources`, body: resource, key }),
    removeResource: (planId, resource, plan) =>
        send({ method: 'DELETE', path: `${plans(planId)}/resources/${resource.id}`, version: versionOf(plan) }),
    addStakeholder: (planId, person, key) => send({ method: 'POST', path: `${plans(planId)}/stakeholders`, body: person, key }),
    removeStakeholder: (planId, person, plan) =>
        send({ method: 'DELETE', path: `${plans(planId)}/stakeholders/${person.id}`, version: versionOf(plan) }),
    changeStage: (planId, stage, change) =>
        send({ method: 'PATCH', path: `${plans(planId)}/stages/${stage.id}`, body: change, version: versionOf(stage) }),
    deleteStage: (planId, stage) => send({ method: 'DELETE', path: `${plans(planId)}/stages/${stage.id}`, version: versionOf(stage) }),
    addStage: (planId, stage, key) => send({ method: 'POST', path: `${plans(planId)}/stages`, body: stage, key }),
    addStep: (planId, step, key) => send({ method: 'POST', path: `${plans(planId)}/steps`, body: step, key }),
    changeStep: (planId, step, change) =>
        send({ method: 'PATCH', path: `${plans(planId)}/steps/${step.id}`, body: change, version: versionOf(step) }),
    deleteStep: (planId, step) => send({ method: 'DELETE', path: `${plans(planId)}/steps/${step.id}`, version: versionOf(step) }),
    /** What the plan has for a criterion, in the place of what was seen in this plan. */
    setCriterion: (planId, criterion, value, plan) =>
        send({ method: 'PUT', path: `${plans(planId)}/criteria/${criterion.id}`, body: value, version: versionOf(plan) }),
    /** {values}: how those that the plan shares with its deal stand. */
    linked: (planId) => send({ method: 'GET', path: `${plans(planId)}/two-way` }),
    /** `choose`: salesforce or accord, of a conflict that was seen in this version. */
    decide: (planId, linked, choose, version) =>
        send({ method: 'POST', path: `${plans(planId)}/two-way/${linked}/decision`, body: { choose, version } }),
    /** {comments, next}; `after` is the `next` of an earlier answer. */
    comments: (planId, stepId, after) =>
        send({ method: 'GET', path: `${plans(planId)}/steps/${stepId}/comments${after ? `?after=${after}` : ''}` }),
    comment: (planId, stepId, comment, key) =>
        send({ method: 'POST', path: `${plans(planId)}/steps/${stepId}/comments`, body: comment, key })
});
