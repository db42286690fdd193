// What the panel does with what was typed and not saved. `panel` is the component: it keeps all state.
import { changesOf, isDirty, restored } from 'c/accordEdits';
import labels, { format } from 'c/accordLabels';
import { momentDay } from 'c/accordMoments';
import { rowsOf } from './view';

/** What was typed at an earlier visit is filled in; when it is old, the person is asked. In Lightning it may come in parts. */
export function takeDraft(panel, draft) {
    if (!draft.offered) fillIn(panel, draft);
    else panel.offeredDraft = { ...draft, changes: [...(panel.offeredDraft?.changes ?? []), ...draft.changes] };
}

function fillIn(panel, { changes }) {
    panel.edits = restored(panel.edits, rowsOf(panel.panel), changes);
    if (isDirty(panel.edits)) Object.assign(panel, { restoredNote: labels.draftRestored, announcement: labels.draftRestored });
}

export const offerOf = ({ offeredDraft }) => offeredDraft && format(labels.draftOffered, momentDay(offeredDraft.kept_at));

/** The person has said whether the old draft is filled in. */
export function answerDraft(panel, isWanted) {
    if (isWanted) fillIn(panel, panel.offeredDraft);
    else panel.source.keepDraft(changesOf(panel.edits));
    panel.offeredDraft = null;
    panel.focusLater(panel.titleElement);
}

/** What is typed now is kept for the next visit. An answer that is still open is not written over. */
export function keepDraft(panel) {
    if (!panel.offeredDraft) panel.source.keepDraft(changesOf(panel.edits));
}
