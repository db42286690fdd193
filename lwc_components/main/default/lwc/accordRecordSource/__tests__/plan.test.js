import AccordRecordSource from 'c/accordRecordSource';
import send from '@salesforce/apex/AccordPlanController.send';
import { DEAL, mount } from 'accordTestKit';

jest.mock('@salesforce/apex/AccordPlanController.send', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('c/accordLdsRecord', () => jest.requireActual('../../../../../test/platform/ldsRecord'));

const refused = (code, message) => Object.assign(new Error(), { body: { message: JSON.stringify({ code, message }) } });
const source = () => mount('c-accord-record-source', AccordRecordSource, { recordId: DEAL, objectApiName: 'Opportunity' });
const PATH = '/api/v1/plans/p1/steps/s1';

it('asks Apex about the plan, for the deal that is shown', async () => {
    send.mockResolvedValue({ id: 'p1' });

    await source().send({ method: 'GET', path: '/api/v1/plans/p1' });
    expect(await source().send({ method: 'PATCH', path: PATH, body: { is_completed: true }, version: '"4"' })).toEqual({ id: 'p1' });
    await source().send({ method: 'POST', path: `${PATH}/comments`, body: { text: 'Sent.' }, key: 'once' });

    const none = { recordId: DEAL, body: null, version: null, key: null };
    expect(send.mock.calls.map(([asked]) => asked)).toEqual([
        { ...none, method: 'GET', path: '/api/v1/plans/p1' },
        { ...none, method: 'PATCH', path: PATH, body: '{"is_completed":true}', version: '"4"' },
        { ...none, method: 'POST', path: `${PATH}/comments`, body: '{"text":"Sent."}', key: 'once' }
    ]);
});

it('tells an error in the shape of the API; a change without an answer is in doubt (D9)', async () => {
    send.mockRejectedValueOnce(refused('CHANGED_MEANWHILE', 'Somebody was first.'));
    await expect(source().send({ method: 'PATCH', path: PATH, body: {} })).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE', items: [] });

    send.mockRejectedValue(refused('UNREACHABLE', 'No answer.'));
    await expect(source().send({ method: 'PATCH', path: PATH, body: {} })).rejects.toMatchObject({ code: 'SAVE_IN_DOUBT' });
    await expect(source().send({ method: 'GET', path: PATH })).rejects.toMatchObject({ code: 'UNREACHABLE' });
});
