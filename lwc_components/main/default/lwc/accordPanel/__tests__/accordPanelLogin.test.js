import AccordPanel from 'c/accordPanel';
import { DEAL, aPanel, anAmount, inside, mount, settle } from 'accordTestKit';
import { source, tell } from '../../../../../test/platform/recordSource';

jest.mock('c/accordRecordSource', () => jest.requireActual('../../../../../test/platform/recordSource'));
jest.mock('c/accordLabels', () => jest.requireActual('../../../../../test/labels'));

const offer = (element) => inside(element, 'c-accord-login-offer');
const press = async (element, selector) => {
    inside(offer(element), selector).click();
    await settle();
};

async function show() {
    source.findLogin.mockResolvedValue({ connected: false, offered: true });
    const element = mount('c-accord-panel', AccordPanel, { recordId: DEAL, objectApiName: 'Opportunity' });
    tell('load', { panel: aPanel([anAmount()]) });
    await settle();
    return element;
}

it('asks after the fields are there, once for each record', async () => {
    source.findLogin.mockResolvedValue({ connected: false, offered: true });
    const element = mount('c-accord-panel', AccordPanel, { recordId: DEAL, objectApiName: 'Opportunity' });
    await settle();
    expect(source.findLogin).not.toHaveBeenCalled();

    tell('load', { panel: aPanel([anAmount()]) });
    await settle();
    tell('load', { panel: aPanel([anAmount()]) });
    await settle();

    expect(source.findLogin).toHaveBeenCalledTimes(1);
    expect(inside(offer(element), '[data-login]').dataset.login).toBe('offered');
    await expect(element).toBeAccessible();
});

it('begins the sign-in by the record source', async () => {
    source.startLogin.mockResolvedValue({ opened: true, authorize_url: 'https://login.example' });
    const element = await show();

    await press(element, '[data-connect]');

    expect(source.startLogin).toHaveBeenCalledTimes(1);
    expect(inside(offer(element), '[data-login]').dataset.login).toBe('waiting');
});

it('has the focus on its title when the offer was declined', async () => {
    source.dismissLogin.mockResolvedValue({ connected: false, offered: false });
    const element = await show();

    await press(element, '[data-dismiss]');

    expect(source.dismissLogin).toHaveBeenCalledTimes(1);
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-title]'));
});

it('gives the login back by the record source', async () => {
    source.findLogin.mockResolvedValue({ connected: true, offered: false });
    source.dropLogin.mockResolvedValue({ connected: false, ended_at_salesforce: true });
    const element = mount('c-accord-panel', AccordPanel, { recordId: DEAL, objectApiName: 'Opportunity' });
    tell('load', { panel: aPanel([anAmount()]) });
    await settle();

    await press(element, '[data-disconnect]');

    expect(inside(offer(element), '[data-login]').dataset.login).toBe('ended');
});
