// A run as it is shown: what it did, how far it is, and what may be done with it.
import { format } from 'c/accordLabels';
import { momentOf, numberOf } from 'c/accordMoments';
import { syncRunLabels as labels } from 'c/accordSettingsLabels';

const KINDS = { back_fill: labels.kindBackFill, undo: labels.kindUndo };
const STATES = {
    running: { text: labels.stateRunning, look: 'slds-theme_info' },
    stopped: { text: labels.stateStopped, look: 'slds-theme_warning' },
    done: { text: labels.stateDone, look: 'slds-theme_success' }
};
const WAYS = { stop: labels.stop, resume: labels.resume, undo: labels.undo, kept: labels.kept };

function waysOf({ kind, state, changed, kept }) {
    if (state === 'running') return ['stop'];
    const canUndo = kind === 'back_fill' && changed > 0;
    return [state === 'stopped' && 'resume', canUndo && 'undo', kind === 'undo' && kept > 0 && 'kept'].filter(Boolean);
}

export function shown(run, keptOf) {
    const { id, kind, state, total, looked, changed, kept, held, started_at: at, started_by: by, row_ids: rowIds } = run;
    const title = format(KINDS[kind], momentOf(at));
    const share = total ? Math.round((looked / total) * 100) : 100;
    const progress = format(labels.progress, numberOf(looked), numberOf(total), numberOf(changed));
    const some = rowIds ? format(labels.someRows, numberOf(rowIds.length)) : null;
    const parts = [some, progress, kept ? format(labels.leftAlone, numberOf(kept)) : null, by ? format(labels.startedBy, by) : null];
    return {
        ...run,
        title,
        share,
        style: `width: ${share}%`,
        look: `slds-badge ${STATES[state].look}`,
        stateText: STATES[state].text,
        text: parts.filter(Boolean).join(' '),
        heldText: held ? format(labels.held, numberOf(held)) : null,
        isKeptShown: keptOf === id,
        ways: waysOf(run).map((name) => ({ name, text: WAYS[name], label: `${WAYS[name]}: ${title}` }))
    };
}
