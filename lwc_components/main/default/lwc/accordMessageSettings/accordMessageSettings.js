import AccordSettingsEditor from 'c/accordSettingsEditor';
import { messageSettings } from 'c/accordSettingsApi';
import { messagesLabels as labels } from 'c/accordSettingsLabels';

/** From how many parked writes on admins are told. */
export default class AccordMessageSettings extends AccordSettingsEditor {
    labels = labels;
    rules = {
        source: messageSettings,
        draftOf: ({ parked_more_than, by_email, by_bell, tell_concerned, people }) => ({
            parked_more_than,
            by_email,
            by_bell,
            tell_concerned,
            people
        }),
        settingsOf: (draft) => draft,
        factsOf: (draft) => new Map([['most', { name: labels.parkedMoreThan, text: String(draft.parked_more_than) }]]),
        mergeOf: (base, mine, theirs) => (mine.parked_more_than === base.parked_more_than ? theirs : mine)
    };

    get error() {
        return this.errors.get('parked_more_than') ?? null;
    }
    get look() {
        return `slds-form-element entry${this.error ? ' slds-has-error' : ''}`;
    }
    get described() {
        return this.error ? 'error' : null;
    }
    handleMost({ target }) {
        this.change({ parked_more_than: target.value === '' ? null : Number(target.value) });
    }
}
