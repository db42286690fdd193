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
