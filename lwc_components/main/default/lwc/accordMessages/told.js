import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { messagesLabels as labels } from 'c/accordSettingsLabels';

const WAYS = { email: labels.email, bell: labels.bell };
const WORDS = { done: labels.toldDone, waiting: labels.toldWaiting, failed: labels.toldFailed };

/** What has become of a message's ways: [{way, text}]. */
export const toldOf = ({ told = [] }) =>
    told.map(({ way, state, count, text }) => {
        const words = WORDS[state];
        const said = words ? format(words, WAYS[way], numberOf(count), text) : format(labels.toldNot, WAYS[way], text);
        return { way, text: said.trim() };
    });

export const isOnItsWay = ({ told = [] }) => told.some(({ state }) => state === 'waiting');
