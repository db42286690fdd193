import { exchange, fetchFile } from '../accordSettingsSource';
import { exchange as send, fetchBytes } from '../../accordRecordSource/api';

jest.mock('../../accordRecordSource/api', () => ({ exchange: jest.fn(), fetchBytes: jest.fn() }));

it('says that Accord is away in the words of a page on which nothing is typed', async () => {
    const away = { code: 'UNREACHABLE', message: 'Away. What you typed is kept.' };
    send.mockRejectedValue(away);
    fetchBytes.mockRejectedValue(away);
    const told = { code: 'UNREACHABLE', message: 'Accord cannot be reached right now. Try again in a moment.' };

    await expect(exchange('GET', '/api/v1/cost')).rejects.toMatchObject(told);
    await expect(fetchFile('/api/v1/audit.csv')).rejects.toMatchObject(told);
});

it('passes on what Accord answers and what it refuses', async () => {
    send.mockResolvedValueOnce({ answer: 1, version: '"2"' }).mockRejectedValueOnce({
        code: 'CHANGED_MEANWHILE',
        message: 'Ada was first.'
    });

    expect(await exchange('PUT', '/x', { on: true }, '"1"')).toEqual({ answer: 1, version: '"2"' });
    expect(send).toHaveBeenLastCalledWith('PUT', '/x', { on: true }, '"1"');
    await expect(exchange('PUT', '/x', {}, '"1"')).rejects.toMatchObject({ message: 'Ada was first.' });
});
