// The rows of an account of which nothing can be read: each says why, and none takes the others away.
import labels, { format } from 'c/accordLabels';
import { lockedRow } from 'c/accordRows';

function reasonOf({ _rows: rows, _accountError: error, accountId }) {
    if (!rows.Opportunity || rows.Account) return null;
    if (!accountId) return { code: 'NO_ACCOUNT' };
    return error ? { code: 'NOT_READ', message: format(labels.reasonNotRead, error.message) } : null;
}

/** @param source the panel's source: its configured rows, what it has read, and what went wrong with the account */
export function rowsWithoutAccount(source) {
    const reason = reasonOf(source);
    const rows = reason ? source.configured.filter(({ sobject }) => sobject === 'Account') : [];
    return rows.map((row) => lockedRow(row, source.accountId, reason));
}
