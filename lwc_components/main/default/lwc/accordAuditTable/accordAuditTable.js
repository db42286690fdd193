import { LightningElement, api } from 'lwc';
import { changesOf, shortened, textOf } from 'c/accordChangeWords';
import { format } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import { auditLabels as labels } from 'c/accordSettingsLabels';

const MOST_LINES = 6;
const ACTORS = { accord: labels.byAccord, operator: labels.byOperator, salesforce_admin: labels.bySalesforceAdmin, member: labels.byGone };
const ACTIONS = { put_back: labels.actionPutBack, imported: labels.actionImported };

/** What a line tells, as lines of words. */
function detailsOf({ old, new: now }) {
    const lines = changesOf(old, now);
    // what is only told, and was not something else before
    if (!lines.length && now !== null) lines.push(textOf(now));
    return shortened(lines.length ? lines : [labels.nothingSaid], MOST_LINES);
}

function shown(line) {
    const when = momentOf(line.at);
    return {
        ...line,
        when,
        who: line.by ?? ACTORS[line.actor] ?? line.actor,
        action: ACTIONS[line.action] ?? null,
        about: line.subject ? format(labels.about, line.subject) : null,
        details: detailsOf(line).map((text, index) => ({ key: `${line.id} ${index}`, text })),
        putBackLabel: format(labels.putBackOf, line.title, when)
    };
}

/** Lines of the audit: when, who, what, and what was and is, in words. Event: putback, with the line's id. */
export default class AccordAuditTable extends LightningElement {
    @api lines;
    labels = labels;

    get rows() {
        return this.lines.map(shown);
    }
    /** The focus goes to the button of a line, or to the table when there is none. */
    @api focusLine(id) {
        (this.template.querySelector(`[data-id="${id}"]`) ?? this.template.querySelector('[data-table]')).focus();
    }
    handlePutBack({ currentTarget }) {
        this.dispatchEvent(new CustomEvent('putback', { detail: { id: currentTarget.dataset.id } }));
    }
}
