/** What the pages of safety and privacy are answered; tests name the facts that matter to them. */
export const SAFETY = '/api/v1/safety';
export const SINCE = '2026-11-22T18:04:00Z';
export const aBrake = (facts = {}) => ({ since: SINCE, until: null, by: 'Ada', ...facts });
export const someBrakes = (facts = {}) => ({
    org: { name: 'Halden', is_sandbox: false },
    stopped: null,
    observed: null,
    quiet: null,
    under_way: 0,
    waiting: { count: 0, calls: 0, writes: [] },
    ...facts
});

export const AUDIT = '/api/v1/audit';
const row = (field, label) => ({ sobject: 'Opportunity', field, label });
export const aLine = (id, facts = {}) => ({
    id,
    at: SINCE,
    kind: 'settings.panel',
    title: 'Salesforce Slideout',
    action: 'changed',
    by: 'Ada',
    member_id: 'm1',
    actor: 'member',
    subject: '',
    old: { rows: [row('Amount', 'Amount')] },
    new: { rows: [row('Amount', 'Value')] },
    can_put_back: true,
    undoes: null,
    ...facts
});
export const KINDS = [
    { kind: 'settings.panel', title: 'Salesforce Slideout', can_put_back: true },
    { kind: 'brake.stopped', title: 'Stop switch', can_put_back: false }
];

export const FILE = '/api/v1/settings-file';
export const aSettingsFile = () => ({
    format: 'accord-settings',
    version: 1,
    made_at: SINCE,
    org: { name: 'Halden Test', is_sandbox: true },
    settings: { 'settings.activity': { enabled: true } }
});
export const aComparison = (facts = {}) => ({
    differences: [
        { kind: 'settings.activity', title: 'Sync activity', changes: [{ path: 'enabled', old: false, new: true }] },
        {
            kind: 'settings.panel',
            title: 'Salesforce Slideout',
            changes: [1, 2].map((one) => ({ path: `tabs.0.rows.${one}.label`, old: null, new: 'x' }))
        }
    ],
    lacks: [],
    can_apply: true,
    ticket: 't1',
    ...facts
});

/** What the browser was given to save: [name, content]. */
export function catchDownloads() {
    const saved = [];
    let latest;
    URL.createObjectURL = (blob) => {
        latest = blob;
        return 'blob:one';
    };
    URL.revokeObjectURL = () => {};
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click() {
        saved.push([this.download, latest]);
    });
    return saved;
}

export const aMessage = (id, facts = {}) => ({
    id,
    cause: 'org_paused',
    state: 'trouble',
    title: 'The org is paused',
    text: 'Nothing could be sent for 15 minutes.',
    at: SINCE,
    since: SINCE,
    until: null,
    count: 1,
    seen: false,
    ...facts
});
export const aPerson = (id, name, facts = {}) => ({
    user_id: id,
    name,
    username: `${name.toLowerCase()}@halden.example`,
    kind: 'user',
    rep: true,
    admin: false,
    flow: false,
    missing: [],
    ...facts
});
export const anAccessList = (facts = {}) => ({
    people: [
        aPerson('u1', 'Ada', { admin: true }),
        aPerson('u2', 'Bo', { rep: false, missing: [{ what: 'permission_set', name: 'Accord Rep', why: 'He sees no panel.' }] })
    ],
    can_assign: true,
    why_not: null,
    more: false,
    ...facts
});
