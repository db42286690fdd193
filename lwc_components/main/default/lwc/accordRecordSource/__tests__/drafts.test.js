import { Drafts, isOld } from '../drafts';
import getDraft from '@salesforce/apex/AccordDraftController.getDraft';
import keepDraft from '@salesforce/apex/AccordDraftController.keepDraft';
import { DEAL } from 'accordTestKit';

jest.mock('@salesforce/apex/AccordDraftController.getDraft', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccordDraftController.keepDraft', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/user/Id', () => ({ default: '005Ax000000001AAA' }), { virtual: true });

const PLACE = `accord.draft.005Ax000000001AAA.${DEAL}`;
const TYPED = [{ key: 'Opportunity.NextStep', value: 'Visit', seen: null }];
const OTHER = [{ key: 'Opportunity.NextStep', value: 'Call', seen: null }];
const problem = (code) => ({ body: { message: JSON.stringify({ code, message: 'No.' }) } });
const here = () => JSON.parse(window.sessionStorage.getItem(PLACE));
const lieHere = (keptAt, changes = TYPED) => window.sessionStorage.setItem(PLACE, JSON.stringify({ kept_at: keptAt, changes }));

async function open() {
    const tell = jest.fn();
    const drafts = new Drafts(DEAL, tell);
    await jest.advanceTimersByTimeAsync(0);
    return { drafts, told: () => tell.mock.calls.map(([draft]) => draft) };
}
const pause = () => jest.advanceTimersByTimeAsync(1000);

beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-11-22T10:00:00Z') });
    window.sessionStorage.clear();
    getDraft.mockReset().mockResolvedValue({ draft: null });
    keepDraft.mockReset().mockResolvedValue({ kept_at: '2026-11-22T10:00:01Z' });
});
afterEach(() => jest.useRealTimers());

it('keeps what is typed in this browser at once, and nowhere else as soon as Accord has it (D9)', async () => {
    const { drafts } = await open();

    drafts.keep(TYPED);
    expect(here()).toEqual({ kept_at: '2026-11-22T10:00:00.000Z', changes: TYPED });
    await pause();

    expect(keepDraft).toHaveBeenCalledWith({ recordId: DEAL, changes: JSON.stringify(TYPED) });
    expect(here()).toBeNull();
});

it('keeps it in this browser while Accord is away, and tells it after a reload', async () => {
    getDraft.mockRejectedValue(problem('UNREACHABLE'));
    keepDraft.mockRejectedValue(problem('UNREACHABLE'));
    const { drafts } = await open();
    drafts.keep(TYPED);
    await pause();

    expect((await open()).told()).toEqual([{ kept_at: '2026-11-22T10:00:00.000Z', changes: TYPED }]);
});

it('tells what lies in this browser without waiting for Accord', () => {
    getDraft.mockReturnValue(new Promise(() => undefined));
    lieHere('2026-11-22T09:00:00Z');
    const tell = jest.fn();

    expect(new Drafts(DEAL, tell)).toBeDefined();

    expect(tell).toHaveBeenCalledTimes(1);
});

it('asks no more where Accord keeps none for this person, and again where it was away', async () => {
    const { drafts } = await open();
    keepDraft.mockRejectedValueOnce(problem('UNREACHABLE')).mockRejectedValue(problem('NO_SALESFORCE_LOGIN'));

    for (const changes of [TYPED, OTHER, TYPED]) {
        drafts.keep(changes);
        // eslint-disable-next-line no-await-in-loop -- one after the other, as somebody types
        await pause();
    }

    expect(keepDraft).toHaveBeenCalledTimes(2);
    expect(here().changes).toEqual(TYPED);
});

it('keeps in this browser what was typed while the one before was on its way', async () => {
    const { drafts } = await open();
    let arrive;
    keepDraft.mockReturnValueOnce(new Promise((resolve) => (arrive = resolve)));
    drafts.keep(TYPED);
    await pause();

    drafts.keep(OTHER);
    arrive({});
    await jest.advanceTimersByTimeAsync(0);

    expect(here().changes).toEqual(OTHER);
});

it.each([
    ['older than what lies here is passed over', '2026-11-22T08:00:00Z', 1],
    ['newer than what lies here is offered, never filled in over it', '2026-11-22T09:30:00Z', 2]
])('what lies with Accord and is %s', async (_, keptAt, count) => {
    lieHere('2026-11-22T09:00:00Z');
    getDraft.mockResolvedValue({ draft: { kept_at: keptAt, offered: false, changes: OTHER } });

    const told = (await open()).told();

    expect(told).toHaveLength(count);
    expect(told[0].changes).toEqual(TYPED);
    expect(told[1]?.offered).toBe(count === 2 ? true : undefined);
});

it('writes over what lies with Accord only after it was told', async () => {
    let answer;
    getDraft.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const { drafts } = await open();
    drafts.keep(TYPED);
    await pause();
    expect(keepDraft).not.toHaveBeenCalled();

    answer({ draft: null });
    await jest.advanceTimersByTimeAsync(0);

    expect(keepDraft).toHaveBeenCalledTimes(1);
});

it('drops it everywhere after a save, and asks Accord for nothing where nothing lies', async () => {
    const { drafts } = await open();
    await drafts.drop();
    expect(keepDraft).not.toHaveBeenCalled();

    drafts.keep(TYPED);
    await pause();
    await drafts.drop();

    expect(keepDraft).toHaveBeenLastCalledWith({ recordId: DEAL, changes: '[]' });
    expect(here()).toBeNull();
});

it('is nobody else’s, and of no other record', async () => {
    lieHere('2026-11-22T09:00:00Z');
    const tell = jest.fn();

    expect(new Drafts('006Ax000009zzzzIAK', tell)).toBeDefined();

    expect(tell).not.toHaveBeenCalled();
});

it('does without a storage that the browser keeps shut', async () => {
    const shut = () => {
        throw new Error('shut');
    };
    jest.spyOn(Storage.prototype, 'getItem').mockImplementation(shut);
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(shut);
    const { drafts } = await open();

    drafts.keep(TYPED);
    await pause();

    expect(keepDraft).toHaveBeenCalledTimes(1);
    jest.restoreAllMocks();
});

it.each([
    ['a fresh one', {}, {}, false],
    ['one that Accord offers', { offered: true }, {}, true],
    ['one of a week and more', { kept_at: '2026-11-14T10:00:00Z' }, {}, true],
    ['one whose record was changed since', {}, { Opportunity: '2026-11-22T09:30:00Z' }, true],
    ['one whose other record was changed since', {}, { Account: '2026-11-22T09:30:00Z' }, false],
    ['one whose record was changed before', {}, { Opportunity: '2026-11-22T08:30:00Z' }, false]
])('asks about an old one before it is filled in: %s', (_, facts, changedAt, old) => {
    const draft = { kept_at: '2026-11-22T09:00:00Z', changes: TYPED, ...facts };

    expect(isOld(draft, changedAt, Date.parse('2026-11-22T10:00:00Z'))).toBe(old);
});
