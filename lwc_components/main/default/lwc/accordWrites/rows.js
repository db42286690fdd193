// How a write is told: in words.
import { format } from 'c/accordLabels';
import { momentExact } from 'c/accordMoments';
import { writesLabels as labels } from 'c/accordSettingsLabels';

const FATES = {
    written: { text: labels.fateWritten, look: 'slds-theme_success' },
    waiting: { text: labels.fateWaiting, look: 'slds-badge_lightest' },
    parked: { text: labels.fateParked, look: 'slds-theme_error' },
    not_written: { text: labels.fateNotWritten, look: 'slds-theme_warning' }
};

const LONGEST = 300;
const SENTENCES = { new_record: labels.valueNew, not_known: labels.valueNotKnown };

const words = (value) => {
    if (value === null) return labels.empty;
    return format(labels.quoted, value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);
};
/** A field has its label where the reader sees it; its name stays at hand, as files and Salesforce's setup have it. */
const shownValue = ({ field, label, old, new: now, before, is_hidden: isHidden }) => {
    const name = label ?? field;
    if (isHidden) return { field, text: `${name}: ${labels.hidden}` };
    const sentence = SENTENCES[before];
    return { field, text: sentence ? format(sentence, name, words(now)) : format(labels.value, name, words(old), words(now)) };
};
const noValues = ({ values, fate }) => {
    if (values.length) return '';
    return fate === 'waiting' || fate === 'parked' ? labels.valuesLater : labels.valuesNone;
};

export function shownWrite(line) {
    const fate = FATES[line.fate] ?? { text: line.fate, look: 'slds-badge_lightest' };
    return {
        ...line,
        when: momentExact(line.at),
        who: line.by ?? labels.byNobody,
        loginText: format(labels.login, line.login ?? labels.integrationOwner),
        target: [line.object, line.record_id].filter(Boolean).join(' '),
        values: line.values.map(shownValue),
        noValues: noValues(line),
        // a save in the panel is its own cause
        causeText: line.cause === 'saved' ? '' : format(labels.cause, line.cause.replaceAll('_', ' ')),
        fateText: fate.text,
        look: `slds-badge ${fate.look}`,
        referenceText: line.reference ? format(labels.reference, line.reference) : ''
    };
}
