// What a finished set-up consists of, and how each step stands. Every step asks for itself: what cannot be asked takes no other away.
import { format } from 'c/accordLabels';
import { activitySettings, connection, deliveries, fieldSyncSettings, notices, panelSettings, twoWaySettings } from 'c/accordSettingsApi';
import { checklistLabels as labels } from 'c/accordSettingsLabels';

const done = (text) => ({ state: 'done', text });
const open = (text) => ({ state: 'todo', text });
const warning = (text) => ({ state: 'attention', text });

async function connected() {
    const { label, status } = await connection();
    return status === 'live' ? done(format(labels.connectionLive, label)) : warning(labels.connectionHeld);
}

async function certificate() {
    const { certificates } = await connection();
    return certificates.some(({ active }) => active) ? done(labels.certificateThere) : open(labels.certificateMissing);
}

async function ending() {
    const found = await notices();
    return found.length ? warning(found[0].message) : done(labels.noticesNone);
}

async function slideout() {
    const { answer } = await panelSettings.load();
    const rows = answer.tabs.flatMap((tab) => tab.rows);
    const bad = rows.filter(({ status }) => status === 'bad').length;
    if (bad) return warning(format(bad === 1 ? labels.slideoutBadOne : labels.slideoutBad, bad));
    return done(answer.is_default ? labels.slideoutDefault : format(labels.slideoutRows, rows.length));
}

async function fieldSync() {
    const { answer } = await fieldSyncSettings.load();
    const ill = answer.rows.filter(({ status }) => status === 'bad' || status === 'paused').length;
    if (!answer.enabled) return open(labels.fieldSyncOff);
    if (ill) return warning(format(ill === 1 ? labels.fieldSyncIllOne : labels.fieldSyncIll, ill));
    return done(format(labels.fieldSyncOn, answer.rows.length));
}

async function activity() {
    const { answer } = await activitySettings.load();
    return answer.enabled ? done(labels.activityOn) : open(labels.activityOff);
}

async function twoWay() {
    const { answer } = await twoWaySettings.load();
    const ill = [answer.close_date, answer.amount]
        .filter(({ enabled }) => enabled)
        .reduce((sum, { counts }) => sum + counts.conflict + counts.frozen + counts.apart, 0);
    return ill ? warning(format(ill === 1 ? labels.twoWayApartOne : labels.twoWayApart, ill)) : done(labels.twoWayEqual);
}

async function deliveriesWell() {
    const { causes, pauses } = await deliveries();
    const parked = causes.reduce((sum, { count }) => sum + count, 0);
    if (pauses.length) return warning(pauses[0].message);
    return parked ? warning(format(parked === 1 ? labels.parkedOne : labels.parked, parked)) : done(labels.parkedNone);
}

/** [{key, title, page, ask}]: ask() answers {state: done | todo | attention, text}. */
export const STEPS = [
    { key: 'connection', title: labels.stepConnection, page: 'connection', ask: connected },
    { key: 'certificate', title: labels.stepCertificate, page: 'connection', ask: certificate },
    { key: 'slideout', title: labels.stepSlideout, page: 'slideout', ask: slideout },
    { key: 'fieldSync', title: labels.stepFieldSync, page: 'fieldSync', ask: fieldSync },
    { key: 'activity', title: labels.stepActivity, page: 'activity', ask: activity },
    { key: 'twoWay', title: labels.stepTwoWay, page: 'twoWay', ask: twoWay },
    { key: 'notices', title: labels.stepNotices, page: 'connection', ask: ending },
    { key: 'deliveries', title: labels.stepDeliveries, page: 'errors', ask: deliveriesWell }
];

const LOOKS = {
    loading: { word: labels.stateLoading, icon: 'utility:clock', variant: null },
    done: { word: labels.stateDone, icon: 'utility:success', variant: 'success' },
    todo: { word: labels.stateTodo, icon: 'utility:record', variant: null },
    attention: { word: labels.stateAttention, icon: 'utility:warning', variant: 'warning' },
    unknown: { word: labels.stateUnknown, icon: 'utility:question', variant: null }
};

/** A step as it is shown. */
export const shown = (step, { state, text }) => ({
    ...step,
    ...LOOKS[state],
    state,
    text,
    goLabel: format(labels.go, step.title)
});
