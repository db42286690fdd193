import { DraftKeeper } from 'c/accordDrafts';

const first = [{ key: 'a', value: '1', seen: null }];
const second = [{ key: 'a', value: '12', seen: null }];

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('sends the newest edits a moment after the last key', async () => {
    const send = jest.fn().mockResolvedValue({});
    const keeper = new DraftKeeper(send);

    keeper.keep(first);
    keeper.keep(second);
    await jest.advanceTimersByTimeAsync(1000);

    expect(send.mock.calls).toEqual([[second]]);
});

it('sends at once when it is told to, and only once', async () => {
    const send = jest.fn().mockResolvedValue({});
    const keeper = new DraftKeeper(send);

    keeper.keep(first);
    await keeper.flush();
    await jest.advanceTimersByTimeAsync(1000);

    expect(send).toHaveBeenCalledTimes(1);
});

it('sends one after the other, and goes on after one that failed', async () => {
    const order = [];
    const send = jest.fn((changes) => {
        order.push(changes[0].value);
        return changes === first ? Promise.reject(new Error()) : Promise.resolve();
    });
    const keeper = new DraftKeeper(send);

    keeper.keep(first);
    keeper.flush();
    keeper.keep(second);
    await keeper.flush();

    expect(order).toEqual(['1', '12']);
});

it('lets nothing come behind a save: what waits is dropped, what is under way is waited for', async () => {
    let finish;
    const send = jest.fn(() => new Promise((resolve) => (finish = resolve)));
    const keeper = new DraftKeeper(send);
    keeper.keep(first);
    keeper.flush();
    keeper.keep(second);
    await Promise.resolve();

    let isStopped = false;
    const stopped = keeper.stop().then(() => (isStopped = true));
    await jest.advanceTimersByTimeAsync(2000);
    expect(isStopped).toBe(false);
    finish();
    await stopped;

    expect(send.mock.calls).toEqual([[first]]);
});

it('does not hold a save up for ever', async () => {
    const keeper = new DraftKeeper(() => new Promise(() => undefined));
    keeper.keep(first);
    keeper.flush();

    const stopped = keeper.stop();
    await jest.advanceTimersByTimeAsync(3000);

    await expect(stopped).resolves.toBeUndefined();
});
