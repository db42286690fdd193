// What is typed is sent to be kept: a moment after the last key, and at once when the page goes away.
const WAIT_MS = 800;
const LONGEST_STOP_MS = 3000;

/** Sends the newest edits with `send`; older ones that wait are passed over. A draft that cannot be kept is nobody's error. */
export class DraftKeeper {
    _waiting = null;
    _timer = null;
    _sending = Promise.resolve();

    constructor(send) {
        this._send = send;
    }

    keep(changes) {
        this._waiting = changes;
        clearTimeout(this._timer);
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- a pause in the typing; a flush ends it
        this._timer = setTimeout(() => this.flush(), WAIT_MS);
    }

    /** Sends what waits; done when nothing is under way any more. */
    flush() {
        clearTimeout(this._timer);
        const changes = this._waiting;
        this._waiting = null;
        if (changes) this._sending = this._sending.then(() => this._send(changes)).catch(() => undefined);
        return this._sending;
    }

    /** A save sends the same edits itself: nothing should come behind it. It does not wait for ever all the same. */
    stop() {
        this._waiting = null;
        const patience = new Promise((resolve) => {
            // eslint-disable-next-line @lwc/lwc/no-async-operation -- a save has an end
            setTimeout(resolve, LONGEST_STOP_MS);
        });
        return Promise.race([this.flush(), patience]);
    }
}
