import { LightningElement, api } from 'lwc';

/** Stands in for c/accordRecordSource: a test tells what it answers. */
export const source = {
    element: null,
    load: jest.fn(),
    save: jest.fn(),
    createPlan: jest.fn(),
    // a plan's steps are still on their way, unless a test has some
    send: jest.fn(() => new Promise(() => {})),
    explain: jest.fn(),
    alsoNeed: jest.fn(),
    announce: jest.fn(),
    keepDraft: jest.fn(),
    findLogin: jest.fn(),
    startLogin: jest.fn(),
    dismissLogin: jest.fn(),
    dropLogin: jest.fn(),
    openPlace: jest.fn()
};

export default class RecordSource extends LightningElement {
    @api recordId;
    @api objectApiName;

    connectedCallback() {
        source.element = this;
    }
    @api load() {
        return source.load();
    }
    @api save(changes) {
        return source.save(changes);
    }
    @api createPlan(fields) {
        return source.createPlan(fields);
    }
    @api send(call) {
        return source.send(call);
    }
    @api explain(key) {
        return source.explain(key);
    }
    @api alsoNeed(keys) {
        return source.alsoNeed(keys);
    }
    @api announce(message) {
        source.announce(message);
    }
    @api keepDraft(changes) {
        source.keepDraft(changes);
    }
    @api findLogin() {
        return source.findLogin();
    }
    @api startLogin() {
        return source.startLogin();
    }
    @api dismissLogin() {
        return source.dismissLogin();
    }
    @api dropLogin() {
        return source.dropLogin();
    }
    @api openPlace(place) {
        source.openPlace(place);
    }
}
/** Tells the panel what the real one would tell. */
export const tell = (name, detail) => source.element.dispatchEvent(new CustomEvent(name, { detail }));
