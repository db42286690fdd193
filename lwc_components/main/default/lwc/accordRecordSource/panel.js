// The panel as it is told: the configuration with the rows that were read. Pure.
import { isShown } from 'c/accordRows';

/** The configured variables, told from the rows of the tabs: a field may be both, each with its own rights. */
export const variablesOf = ({ variables = [] }) => variables.map((row) => ({ ...row, isVariable: true }));

/** @param source the panel's source: its configuration, what else it shows, and what is known of the deal */
export function panelOf({ configuration, rows, recordId, _also: also, _deal: deal, _name: name }) {
    const known = new Map(rows.filter((row) => !row.isVariable).map((row) => [row.key, row]));
    const read = (configured) => configured.map((row) => known.get(row.key)).filter(Boolean);
    return {
        ...configuration,
        tabs: configuration.tabs.filter((tab) => isShown(tab, deal)).map((tab) => ({ ...tab, rows: read(tab.rows) })),
        variables: variablesOf(configuration).flatMap(({ key }) => rows.filter((row) => row.isVariable && row.key === key)),
        also_needed: read(also).filter((row) => row.editable),
        record: { id: recordId, sobject: 'Opportunity', name }
    };
}
