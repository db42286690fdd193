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

const shownValue = ({ field, old, new: now, is_hidden: isHidden }) => {
    const words = (value) => (value === null ? labels.empty : format(labels.quoted, value));
    return { field, text: isHidden ? `${field}: ${labels.hidden}` : format(labels.value, field, words(old), words(now)) };
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
        // a save in the panel is its own cause
        causeText: line.cause === 'saved' ? '' : format(labels.cause, line.cause.replaceAll('_', ' ')),
        fateText: fate.text,
        look: `slds-badge ${fate.look}`,
        referenceText: line.reference ? format(labels.reference, line.reference) : ''
    };
}
