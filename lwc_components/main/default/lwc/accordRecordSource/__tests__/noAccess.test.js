import AccordRecordSource from 'c/accordRecordSource';
import getConfiguration from '@salesforce/apex/AccordPanelController.getConfiguration';
import getApprovalSince from '@salesforce/apex/AccordPanelController.getApprovalSince';
import { DEAL, allInside, settle } from 'accordTestKit';
import { createElement } from 'lwc';

const anAdapter = () => {
    const { createApexTestWireAdapter } = jest.requireActual('@salesforce/wire-service-jest-util');
    return { default: createApexTestWireAdapter(jest.fn()) };
};
jest.mock('@salesforce/customPermission/Accord_User', () => ({ default: undefined }), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.getConfiguration', () => anAdapter(), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.getEditAccess', () => anAdapter(), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.getApprovalSince', () => anAdapter(), { virtual: true });
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });

it('tells somebody without the permission whom to ask, and asks nothing of Apex', async () => {
    jest.useFakeTimers();
    const element = createElement('c-accord-record-source', { is: AccordRecordSource });
    const failed = jest.fn();
    element.addEventListener('failure', failed);
    Object.assign(element, { recordId: DEAL, objectApiName: 'Opportunity' });
    document.body.appendChild(element);
    jest.advanceTimersByTime(60_000);
    jest.useRealTimers();
    await settle();

    expect(failed.mock.calls.map(([event]) => event.detail.error)).toEqual([
        expect.objectContaining({ code: 'NOT_ALLOWED', message: expect.stringContaining('the permission set Accord Rep') })
    ]);
    expect([getConfiguration.getLastConfig(), getApprovalSince.getLastConfig()]).toEqual([{}, {}]);
    expect(allInside(element, 'c-accord-lds-record')).toEqual([]);
});
