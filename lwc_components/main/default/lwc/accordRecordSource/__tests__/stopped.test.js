import getStop from '@salesforce/apex/AccordPanelController.getStop';
import { DEAL } from 'accordTestKit';
import { refuseWhileStopped } from '../stopped';

jest.mock('@salesforce/apex/AccordPanelController.getStop', () => ({ default: jest.fn() }), { virtual: true });

it('refuses a save with the sentence while an admin has stopped Accord', async () => {
    getStop.mockResolvedValue('An Accord admin has stopped everything.');

    await expect(refuseWhileStopped(DEAL)).rejects.toMatchObject({
        code: 'ORG_STOPPED',
        message: 'An Accord admin has stopped everything.'
    });
    expect(getStop).toHaveBeenCalledWith({ recordId: DEAL });
});

it('lets a save go on while nothing is stopped, and while Accord does not answer', async () => {
    getStop.mockResolvedValue(null);
    await expect(refuseWhileStopped(DEAL)).resolves.toBeUndefined();
    getStop.mockRejectedValue({ body: { message: 'Away.' } });
    await expect(refuseWhileStopped(DEAL)).resolves.toBeUndefined();

    jest.useFakeTimers();
    getStop.mockReturnValue(new Promise(() => undefined));
    const asked = refuseWhileStopped(DEAL);
    await jest.advanceTimersByTimeAsync(3000);
    await expect(asked).resolves.toBeUndefined();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
});
