// What an explanation says, in lines. Pure. Sentences come from Accord; a code of its lists is never shown.
import { format, whyLabels as labels } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';

const MOST_WRITES = 3;

const together = (...texts) => texts.filter(Boolean).join(' · ');

/** By which login; its name is known where it was kept. */
function loginOf({ login, login_name: name }) {
    if (login === 'own') return labels.loginOwn;
    return name ? format(labels.loginNamed, name) : labels.loginIntegration;
}

/** From one value to another; null where neither is told, be it for want of the right. */
function changeOf({ old, new: now, old_is_read: isRead }, textOf, isHidden) {
    if (isHidden || (old === null && now === null)) return null;
    const shown = (value) => (value === null ? labels.nothing : textOf(value));
    if (old === null) return format(labels.becameTo, shown(now));
    return format(isRead === false ? labels.becameKnown : labels.became, shown(old), shown(now));
}

/** Whether values are told, in words; null when they are. */
function secrecyOf({ is_hidden: isHidden, needs_login: needsLogin }) {
    if (needsLogin) return labels.needsLogin;
    return isHidden ? labels.hidden : null;
}

/** @param why as the API answers it; `waits`, where it is known, is a write on its way. */
export function linesOf(why, textOf) {
    const writes = why.wrote.slice(0, MOST_WRITES).map((one, index) => ({
        key: `${one.at} ${index}`,
        sentence: one.sentence,
        facts: together(momentOf(one.at), loginOf(one)),
        change: changeOf(one, textOf, why.is_hidden)
    }));
    const { skipped, waits } = why;
    return {
        latest: writes[0],
        earlier: writes.length > 1 ? writes.slice(1) : null,
        skipped: skipped && { text: skipped.sentence, facts: together(skipped.at && momentOf(skipped.at), skipped.by) },
        waits: waits && { text: together(waits.sentence, waits.detail), facts: waits.until && format(labels.until, momentOf(waits.until)) },
        secrecy: secrecyOf(why),
        changed: why.changed_at && format(labels.changedAt, momentOf(why.changed_at))
    };
}
