import { refreshOnReturn } from '../freshness';

it('refreshes on return, but not in the first minute and at most once a minute', () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(5000);
    const refresh = jest.fn();
    refreshOnReturn(refresh);
    const returnAt = (time) => {
        now.mockReturnValue(time);
        window.dispatchEvent(new Event('focus'));
    };

    returnAt(64000);
    expect(refresh).toHaveBeenCalledTimes(0);
    returnAt(66000);
    returnAt(67000);
    expect(refresh).toHaveBeenCalledTimes(1);
    returnAt(126000);
    expect(refresh).toHaveBeenCalledTimes(2);
});
