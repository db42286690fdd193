import fileOf from '@salesforce/apex/AccordSettingsController.fileOf';
import send from '@salesforce/apex/AccordSettingsController.send';
import { exchange, fetchFile, orgAddress } from '../accordSettingsSource';

jest.mock('@salesforce/apex/AccordSettingsController.send', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccordSettingsController.fileOf', () => ({ default: jest.fn() }), { virtual: true });
const fromApex = (problem) => ({ body: { message: typeof problem === 'string' ? problem : JSON.stringify(problem) } });

it('asks Apex with JSON and the version that was changed', async () => {
    send.mockResolvedValue({ answer: { enabled: true }, version: '"2"' });

    expect(await exchange('PUT', '/api/v1/settings/activity', { enabled: true }, '"1"')).toEqual({
        answer: { enabled: true },
        version: '"2"'
    });
    expect(send).toHaveBeenCalledWith({ method: 'PUT', path: '/api/v1/settings/activity', body: '{"enabled":true}', version: '"1"' });
});

it('passes on what Accord says', async () => {
    send.mockRejectedValue(fromApex({ code: 'CHANGED_MEANWHILE', message: 'Ada was first.' }));

    await expect(exchange('GET', '/api/v1/connection')).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE', message: 'Ada was first.' });
});

it('says in its own words that Accord is away', async () => {
    send.mockRejectedValue(fromApex({ code: 'UNREACHABLE', message: 'The plan cannot be reached.' }));

    await expect(exchange('GET', '/api/v1/connection')).rejects.toMatchObject({
        message: expect.stringContaining('Accord cannot be reached')
    });
});

it('asks nothing for somebody without the permission', async () => {
    send.mockClear();
    let refused;
    await jest.isolateModulesAsync(async () => {
        jest.doMock('@salesforce/customPermission/Accord_Admin', () => ({ default: undefined }), { virtual: true });
        const source = require('../accordSettingsSource');
        refused = await source.exchange('GET', '/api/v1/connection').catch((error) => error);
    });

    expect(refused).toMatchObject({ code: 'NOT_ALLOWED', message: expect.stringContaining('Ask your Salesforce administrator') });
    expect(send).not.toHaveBeenCalled();
});

it('takes the bytes of a file from Apex, and its refusal', async () => {
    fileOf.mockResolvedValue(btoa('\u00ffa'));
    expect([...(await fetchFile('/api/v1/audit.csv'))]).toEqual([255, 97]);
    expect(fileOf).toHaveBeenCalledWith({ path: '/api/v1/audit.csv' });

    fileOf.mockRejectedValue(fromApex({ code: 'TOO_LARGE', message: 'Choose less.' }));
    await expect(fetchFile('/api/v1/audit.csv')).rejects.toMatchObject({ code: 'TOO_LARGE', message: 'Choose less.' });
});

it('knows addresses of the org', () => {
    expect(orgAddress('lightning/setup/SetupOneHome/home')).toBe('/lightning/setup/SetupOneHome/home');
});
