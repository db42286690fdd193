import AccordSettingsEditor from 'c/accordSettingsEditor';
import LOCALE from '@salesforce/i18n/locale';
import { format } from 'c/accordLabels';
import { twoWaySettings } from 'c/accordSettingsApi';
import { twoWayLabels as labels } from 'c/accordSettingsLabels';
import * as model from './model';

const { draftOf, settingsOf, factsOf, mergeOf } = model;
const NONE = 'none';
const names = new Intl.DisplayNames(LOCALE, { type: 'currency' });
const CODES = Intl.supportedValuesOf?.('currency') ?? [];

/** Settings > CRM > Use Salesforce values in Accord > Manage: two switches, and who wins when both sides have changed (A104 to A110, D28). */
export default class AccordTwoWay extends AccordSettingsEditor {
    labels = labels;
    rules = { source: twoWaySettings, draftOf, settingsOf, factsOf, mergeOf };

    get busy() {
        return String(this.isSaving);
    }
    get stateText() {
        return this.answer.is_default ? labels.isDefault : labels.isChosen;
    }
    get links() {
        return model.LINKS.map((link) => ({
            link,
            title: model.titleOf(link),
            settings: this.draft[link],
            error: this.errors.get(link)
        }));
    }
    get currencies() {
        const options = CODES.map((code) => ({ value: code, label: `${code} ${names.of(code)}` }));
        return [{ value: NONE, label: labels.currencyNone }, ...options];
    }
    get knownText() {
        const code = this.answer.known_currency;
        return code ? format(labels.currencyKnown, `${names.of(code)} (${code})`) : null;
    }
    get currency() {
        return this.draft.org_currency ?? NONE;
    }
    get currencyError() {
        return this.errors.get('org_currency') ?? null;
    }
    problemElement() {
        const bad = model.LINKS.find((link) => this.errors.has(link));
        return this.template.querySelector(bad ? `[data-link="${bad}"] c-accord-two-way-link` : '[data-currency]');
    }

    handleEdit({ detail: { link, changes } }) {
        this.change(model.withLink(this.draft, link, changes));
    }
    handleCurrency({ detail: { value } }) {
        this.change({ ...this.draft, org_currency: value === NONE ? null : value });
    }
    handleAnnounce({ detail: { text } }) {
        this.announce(text);
    }
}
