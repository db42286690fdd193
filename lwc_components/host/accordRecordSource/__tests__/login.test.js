import { createElement } from 'lwc';
import AccordRecordSource from '../accordRecordSource';
import { exchange, request } from '../api';

jest.mock('../api', () => ({ exchange: jest.fn(), request: jest.fn() }));

const ADDRESS = 'https://login.example/authorize';
const opening = () => ({ opener: window, location: { replace: jest.fn() }, close: jest.fn() });
const source = () => {
    const element = createElement('x-record-source', { is: AccordRecordSource });
    document.body.appendChild(element);
    return element;
};
let opened;

beforeEach(() => {
    opened = opening();
    jest.spyOn(window, 'open').mockImplementation(() => opened);
});

it('asks the API how the login stands, and keeps a no there', async () => {
    request.mockResolvedValue({ connected: false, offered: true });

    expect(await source().findLogin()).toEqual({ connected: false, offered: true });
    await source().dismissLogin();
    await source().dropLogin();

    expect(request.mock.calls).toEqual([
        ['GET', '/api/v1/me/salesforce-login'],
        ['POST', '/api/v1/me/salesforce-login/dismiss'],
        ['DELETE', '/api/v1/me/salesforce-login']
    ]);
});

it('opens the window with the click, before the answer is there, and without a way back to this page', async () => {
    request.mockReturnValue(new Promise(() => {}));

    source().startLogin();

    expect(window.open).toHaveBeenCalledWith('', '_blank');
    expect(opened.opener).toBeNull();
    expect(opened.location.replace).not.toHaveBeenCalled();
});

it('sends the window to Salesforce', async () => {
    request.mockResolvedValue({ authorize_url: ADDRESS });

    expect(await source().startLogin()).toEqual({ opened: true, authorize_url: ADDRESS });
    expect(opened.location.replace).toHaveBeenCalledWith(ADDRESS);
});

it('gives the address where the browser opens no window', async () => {
    opened = null;
    request.mockResolvedValue({ authorize_url: ADDRESS });

    expect(await source().startLogin()).toEqual({ opened: false, authorize_url: ADDRESS });
});

it('closes the empty window when the sign-in cannot begin', async () => {
    request.mockRejectedValue({ code: 'SALESFORCE_UNAVAILABLE', message: 'Later.' });

    await expect(source().startLogin()).rejects.toMatchObject({ code: 'SALESFORCE_UNAVAILABLE', items: [] });
    expect(opened.close).toHaveBeenCalledTimes(1);
});

it('asks the API about the plan as it is told to, and reduces its errors', async () => {
    exchange.mockResolvedValueOnce({ answer: { id: 'p1' }, version: '"7"' });
    const call = { method: 'PATCH', path: '/api/v1/plans/p1/steps/s1', body: { title: 'Sign' }, version: '"4"', key: 'once' };

    expect(await source().send(call)).toEqual({ id: 'p1' });
    expect(exchange).toHaveBeenCalledWith(call.method, call.path, call.body, '"4"', 'once');
    exchange.mockRejectedValueOnce({ code: 'CHANGED_MEANWHILE', message: 'Somebody was first.' });
    await expect(source().send(call)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE', items: [] });
});

it('asks the API why a field has its value (D6)', async () => {
    request.mockResolvedValue({ key: 'Opportunity.Amount' });
    const element = source();
    element.recordId = '006A';
    request.mockClear();

    expect(await element.explain('Opportunity.Amount')).toEqual({ key: 'Opportunity.Amount' });
    expect(request.mock.calls).toEqual([['GET', '/api/v1/panels/006A/why/Opportunity.Amount']]);
});

it.each([
    [{ recordId: '005Ax' }, '/lightning/r/005Ax/view'],
    [{ recordId: '006Ax', sobject: 'Opportunity', list: 'ProcessSteps' }, '/lightning/r/Opportunity/006Ax/related/ProcessSteps/view']
])('opens %j in Salesforce, in a tab of its own', (place, path) => {
    source().openPlace(place);

    expect(window.open).toHaveBeenLastCalledWith(expect.stringMatching(new RegExp(`${path}$`)), '_blank', 'noopener');
});
