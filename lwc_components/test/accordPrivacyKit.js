/** What the pages of privacy, support and cost are answered; tests name the facts that matter to them. */
const aPlace = (place, title, kept) => ({ place, title, what: `What lies in ${title}.`, kept, seen_by: `Who sees ${title}.` });
export const aLeaving = (facts = {}) => ({
    fields: [
        { object: 'Account', field: 'Id', why: 'know the account', copies: [] },
        { object: 'Opportunity', field: 'Amount', why: 'keep values equal', copies: ['plans'] },
        { object: 'Opportunity', field: 'Amount', why: 'chosen in Slideout, "Deal"', copies: ['drafts', 'plans'] }
    ],
    places: [aPlace('drafts', 'Drafts', '30 days'), aPlace('plans', 'Plans', 'while the plan has its deal')],
    region: 'Frankfurt, Germany',
    ...facts
});

export const aPreview = (facts = {}) => ({
    is_person: false,
    name: null,
    count: 1203,
    places: [
        { place: 'outbox', title: 'Writes to the org', count: 1200 },
        { place: 'plans', title: 'Plans', count: 3 }
    ],
    ...facts
});

export const aCost = (feature, facts = {}) => ({
    feature,
    measured_days: 7,
    records_a_day: 120,
    calls_a_day: 9,
    reads_a_day: 18,
    storage_mb_a_day: 0.2,
    left_a_day: 98000,
    share: 0.01,
    because: 'By the last 7 days.',
    is_estimated: false,
    is_at_most: false,
    ...facts
});
export const anOverview = (facts = {}) => ({
    features: [
        { ...aCost('activity'), is_on: true },
        { ...aCost('fields'), is_on: false },
        { ...aCost('two_way', { records_a_day: 3 }), is_on: true },
        { ...aCost('events', { records_a_day: 48 }), is_on: null }
    ],
    total: aCost('all', { calls_a_day: 36, reads_a_day: 72 }),
    looking_calls_a_day: 2017,
    measured_calls: 2480,
    room: {
        calls_a_day: { most: 100000, left: 98000 },
        events_an_hour: { most: 50000, left: 49990 },
        storage_mb: { most: 5, left: 3 },
        not_known: null
    },
    ...facts
});

export const aStanding = (facts = {}) => ({
    org_name: 'Halden',
    unwritten: 1204,
    waiting: 1200,
    parked: 4,
    backfills: 1,
    logins: 2,
    plans: 3,
    copies: [{ place: 'outbox', title: 'Writes to the org', count: 1300 }],
    ...facts
});

export const aDisconnectReceipt = (facts = {}) => ({
    org_name: 'Halden',
    started_at: '2026-11-22T12:00:00+00:00',
    finished_at: '2026-11-22T12:00:04+00:00',
    logins: [],
    logins_ended: 3,
    logins_not_confirmed: 0,
    unwritten: 1204,
    plans_deleted: false,
    deleted: [
        { place: 'outbox', title: 'Writes to the org', count: 1300 },
        { place: 'settings', title: 'Settings', count: 8 }
    ],
    left: 0,
    ...facts
});
