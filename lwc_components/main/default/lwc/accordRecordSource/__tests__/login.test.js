import AccordRecordSource from 'c/accordRecordSource';
import getLogin from '@salesforce/apex/AccordPanelController.getLogin';
import startLogin from '@salesforce/apex/AccordPanelController.startLogin';
import getWhy from '@salesforce/apex/AccordPanelController.getWhy';
import dismissLogin from '@salesforce/apex/AccordPanelController.dismissLogin';
import dropLogin from '@salesforce/apex/AccordPanelController.dropLogin';
import { DEAL, mount } from 'accordTestKit';

const mockNavigate = jest.fn();
jest.mock('lightning/navigation', () => {
    const Navigate = Symbol('Navigate');
    const NavigationMixin = (Base) =>
        class extends Base {
            [Navigate](page) {
                mockNavigate(page);
            }
        };
    return { NavigationMixin: Object.assign(NavigationMixin, { Navigate }) };
});
const mockWire = () => {
    const { createApexTestWireAdapter } = jest.requireActual('@salesforce/wire-service-jest-util');
    return { default: createApexTestWireAdapter(jest.fn()) };
};
jest.mock('@salesforce/apex/AccordPanelController.getConfiguration', () => mockWire(), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.getEditAccess', () => mockWire(), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.getApprovalSince', () => mockWire(), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.createPlan', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.getLogin', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.getWhy', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.startLogin', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.dismissLogin', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.dropLogin', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });
jest.mock('c/accordLdsRecord', () => jest.requireActual('../../../../../test/platform/ldsRecord'));

const ADDRESS = 'https://login.example/authorize';
const refused = (code, message) => Object.assign(new Error(), { body: { message: JSON.stringify({ code, message }) } });
const source = () => mount('c-accord-record-source', AccordRecordSource, { recordId: DEAL, objectApiName: 'Opportunity' });

it('asks Apex how the login stands, for the deal that is shown', async () => {
    getLogin.mockResolvedValue({ connected: false, offered: true });

    expect(await source().findLogin()).toEqual({ connected: false, offered: true });
    expect(getLogin).toHaveBeenCalledWith({ recordId: DEAL });
});

it('asks nothing by itself', () => {
    source();

    expect(getLogin).not.toHaveBeenCalled();
});

it('opens the sign-in in a window as Lightning does', async () => {
    startLogin.mockResolvedValue({ authorize_url: ADDRESS });

    expect(await source().startLogin()).toEqual({ opened: true, authorize_url: ADDRESS });
    expect(mockNavigate).toHaveBeenCalledWith({ type: 'standard__webPage', attributes: { url: ADDRESS } });
});

it('keeps a no', async () => {
    dismissLogin.mockResolvedValue({ connected: false, offered: false });

    expect(await source().dismissLogin()).toEqual({ connected: false, offered: false });
    expect(dismissLogin).toHaveBeenCalledWith({ recordId: DEAL });
});

it.each([
    ['findLogin', getLogin],
    ['startLogin', startLogin],
    ['dismissLogin', dismissLogin]
])('%s passes on what Accord says', async (name, apex) => {
    apex.mockRejectedValue(refused('NOT_ALLOWED', 'Your access is blocked.'));

    await expect(source()[name]()).rejects.toMatchObject({ code: 'NOT_ALLOWED', message: 'Your access is blocked.', items: [] });
});

it('asks Apex why a field has its value, and says what it was refused (D6)', async () => {
    getWhy.mockResolvedValueOnce({ key: 'Opportunity.Amount' });
    expect(await source().explain('Opportunity.Amount')).toEqual({ key: 'Opportunity.Amount' });
    expect(getWhy).toHaveBeenCalledWith({ recordId: DEAL, key: 'Opportunity.Amount' });

    getWhy.mockRejectedValueOnce(refused('NO_SALESFORCE_LOGIN', 'Connect your own Salesforce login.'));
    await expect(source().explain('Account.Industry')).rejects.toMatchObject({ message: 'Connect your own Salesforce login.' });
});

it.each([
    ['a record', { recordId: '005Ax' }, 'standard__recordPage', { recordId: '005Ax', actionName: 'view' }],
    [
        'a related list',
        { recordId: DEAL, sobject: 'Opportunity', list: 'ProcessSteps' },
        'standard__recordRelationshipPage',
        { recordId: DEAL, actionName: 'view', objectApiName: 'Opportunity', relationshipApiName: 'ProcessSteps' }
    ]
])('opens %s as Lightning does', (_, place, type, attributes) => {
    source().openPlace(place);

    expect(mockNavigate).toHaveBeenLastCalledWith({ type, attributes });
});

it('gives the login back by Apex, and says what went wrong', async () => {
    dropLogin.mockResolvedValueOnce({ connected: false, ended_at_salesforce: true });
    expect(await source().dropLogin()).toEqual({ connected: false, ended_at_salesforce: true });
    expect(dropLogin).toHaveBeenCalledWith({ recordId: DEAL });

    dropLogin.mockRejectedValueOnce(refused('TRY_AGAIN', 'Try again.'));
    await expect(source().dropLogin()).rejects.toMatchObject({ code: 'TRY_AGAIN' });
});
