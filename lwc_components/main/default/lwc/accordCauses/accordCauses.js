import { LightningElement } from 'lwc';
import { format } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import { deliveries, retryDeliveries } from 'c/accordSettingsApi';
import { errorsLabels as labels } from 'c/accordSettingsLabels';

const countOf = (count, sobject) => format(count === 1 ? labels.writesOne : labels.writes, count, sobject);

function shownCause(cause) {
    const { code, recovery, sobject, count, message, field_names: fields, since } = cause;
    return {
        ...cause,
        key: `${code} ${sobject} ${recovery}`,
        title: countOf(count, sobject),
        said: format(labels.said, message, code),
        fieldText: fields.length ? format(labels.fields, fields.join(', ')) : null,
        sinceText: since ? format(labels.since, momentOf(since)) : null,
        retryLabel: format(labels.retryOf, countOf(count, sobject))
    };
}

/** What could not be written, as cards by cause: mend the cause, and all of it goes out again (D61). Event: announce. */
export default class AccordCauses extends LightningElement {
    labels = labels;
    failure = null;
    overview = null;
    problem = null;
    isRetrying = false;
    _isFocusDue = false;

    connectedCallback() {
        this.load();
    }
    renderedCallback() {
        if (!this._isFocusDue) return;
        this._isFocusDue = false;
        this.template.querySelector('[data-sum]')?.focus();
    }
    async load() {
        try {
            this.overview = await deliveries();
        } catch (error) {
            this.failure = error;
        }
    }
    handleReload() {
        Object.assign(this, { failure: null, problem: null });
        this.load();
    }

    get isBlank() {
        return !this.overview || Boolean(this.failure);
    }
    get sum() {
        const count = this.overview.causes.reduce((sum, cause) => sum + cause.count, 0);
        if (count) return format(count === 1 ? labels.parkedOne : labels.parked, count);
        return this.hasPauses ? labels.pausedOnly : labels.none;
    }
    get hasPauses() {
        return this.overview.pauses.length > 0;
    }
    get pauses() {
        return this.overview.pauses.map((pause) => ({
            ...pause,
            key: `${pause.behind} ${pause.member_id}`,
            when: pause.until ? format(labels.until, momentOf(pause.until)) : labels.untilPerson
        }));
    }
    get causes() {
        return this.overview.causes.map(shownCause);
    }

    async handleRetry({ currentTarget }) {
        const { code, recovery, sobject } = currentTarget.dataset;
        Object.assign(this, { isRetrying: true, problem: null });
        try {
            const count = await retryDeliveries({ code, recovery, sobject });
            this._isFocusDue = true;
            await this.load();
            const text = format(count === 1 ? labels.retriedOne : labels.retried, count);
            this.dispatchEvent(new CustomEvent('announce', { detail: { text } }));
        } catch (error) {
            this.problem = error.message;
        } finally {
            this.isRetrying = false;
        }
    }
}
