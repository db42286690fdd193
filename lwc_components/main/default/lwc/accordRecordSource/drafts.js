// What is typed and not saved: in this browser at once, and with Accord as soon as Accord has it. It never lies in both places.
import USER_ID from '@salesforce/user/Id';
import getDraft from '@salesforce/apex/AccordDraftController.getDraft';
import keepDraft from '@salesforce/apex/AccordDraftController.keepDraft';
import { DraftKeeper } from 'c/accordDrafts';
import { reduceError } from 'c/accordErrors';

const FRESH_FOR_MS = 7 * 24 * 60 * 60 * 1000;

/** The storage of this tab: it outlives a reload, and ends with the tab. A browser that keeps it shut loses drafts, nothing else. */
function browserDraft(recordId) {
    const place = `accord.draft.${USER_ID}.${recordId}`;
    return {
        read() {
            try {
                return JSON.parse(window.sessionStorage.getItem(place));
            } catch {
                return null;
            }
        },
        write(draft) {
            try {
                if (draft) window.sessionStorage.setItem(place, JSON.stringify(draft));
                else window.sessionStorage.removeItem(place);
            } catch {
                // full, or shut by the browser's settings
            }
        }
    };
}

/** The drafts of one person about one record, {kept_at, offered, changes}. `tell` is called for each that is found. */
export class Drafts {
    _isThere = false;
    _isRefused = false;
    _keeper = new DraftKeeper((changes) => this.handOver(changes));

    constructor(recordId, tell) {
        this._recordId = recordId;
        this._here = browserDraft(recordId);
        this._found = this.find(tell);
    }

    /** What lies here is told at once; what lies with Accord when it answers, as an offer where something was filled in already. */
    async find(tell) {
        const here = this._here.read();
        if (here) tell(here);
        const { draft } = (await getDraft({ recordId: this._recordId }).catch(() => null)) ?? {};
        this._isThere = Boolean(draft);
        if (draft && !here) tell(draft);
        else if (draft && new Date(draft.kept_at) > new Date(here.kept_at)) tell({ ...draft, offered: true });
    }

    keep(changes) {
        this._here.write(changes.length ? { kept_at: new Date().toISOString(), changes } : null);
        this._keeper.keep(changes);
    }

    /** The edits are in Salesforce. */
    drop() {
        this.keep([]);
        return this._keeper.flush();
    }

    flush() {
        return this._keeper.flush();
    }

    async handOver(changes) {
        await this._found; // what lies there is told before it is written over
        if (this._isRefused || (!changes.length && !this._isThere)) return;
        try {
            await keepDraft({ recordId: this._recordId, changes: JSON.stringify(changes) });
        } catch (error) {
            // only who could not be reached is asked again: without a Salesforce login of one's own, Accord keeps no field values
            this._isRefused = reduceError(error).code !== 'UNREACHABLE';
            return;
        }
        this._isThere = changes.length > 0;
        if (JSON.stringify(this._here.read()?.changes) === JSON.stringify(changes)) this._here.write(null);
    }
}

/** The drafts parted by their changes: what of each is ready, and what is not; none is empty. */
export function parted(drafts, isReady) {
    const having = (wanted) =>
        drafts
            .map((draft) => ({ ...draft, changes: draft.changes.filter((change) => Boolean(isReady(change)) === wanted) }))
            .filter(({ changes }) => changes.length);
    return { ready: having(true), waiting: having(false) };
}

/** Whether a draft is so old that the person is asked before it is filled in. @param changedAt sobject -> when its record was last changed */
export function isOld({ offered, kept_at: keptAt, changes }, changedAt, now = Date.now()) {
    const kept = new Date(keptAt).getTime();
    const isOvertaken = changes.some(({ key }) => new Date(changedAt[key.split('.')[0]] ?? 0).getTime() > kept);
    return Boolean(offered) || isOvertaken || now - kept > FRESH_FOR_MS;
}
