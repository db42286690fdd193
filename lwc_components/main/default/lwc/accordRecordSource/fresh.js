/** What is known of a record before anything was asked. */
export const fresh = () => ({
    configuration: null,
    accountId: null,
    canEditAccount: undefined,
    _rows: {},
    _name: '',
    _deal: {},
    _accountError: null,
    _also: [],
    _changedAt: {},
    _typed: [],
    _untold: []
});
