import AccordPartsInUse from 'c/accordPartsInUse';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

beforeEach(forget);

const USES = 'GET /api/v1/uninstall/uses';
const found = (facts) => ({ users: [], parts: [], is_cut_off: false, calls: 6, address: 'https://halden.my.salesforce.com', ...facts });
const look = async () => {
    const element = mount('c-accord-parts-in-use', AccordPartsInUse);
    inside(element, '[data-look]').click();
    await settle();
    return element;
};

it('asks only when it is told to, and says before what Salesforce does not tell', async () => {
    const element = mount('c-accord-parts-in-use', AccordPartsInUse);

    expect(calls).toEqual([]);
    expect(element.shadowRoot.textContent).toContain('does not tell here: reports');
    await expect(element).toBeAccessible();
});

it('lists what uses which parts by kind, with a link to its page in Setup', async () => {
    const users = [
        { kind: 'Layout', name: 'Sales', id: '00h1', parts: ['Opportunity.Stage_Name__c'] },
        { kind: 'Flow', name: 'Won', id: '3011', parts: ['AccordApi', 'Opportunity.Stage_Name__c'] },
        { kind: 'Dashboard', name: 'Other', id: '', parts: ['X__c'] }
    ];
    answer(USES, found({ users, is_cut_off: true }));
    const element = await look();

    expect(allInside(element, '[data-user]').map((row) => row.textContent)).toEqual([
        'DashboardOtherX__c',
        'FlowWonAccordApi, Opportunity.Stage_Name__c',
        'Page layoutSalesOpportunity.Stage_Name__c'
    ]);
    expect(allInside(element, 'a').map((link) => link.getAttribute('href'))).toEqual([
        'https://halden.my.salesforce.com/3011',
        'https://halden.my.salesforce.com/00h1'
    ]);
    expect(inside(element, '[data-cut-off]').textContent).toContain('There may be more');
    await expect(element).toBeAccessible();
});

it('says that nothing uses it, and which right is lacking', async () => {
    answer(USES, found());
    const element = await look();
    expect(inside(element, '[data-nothing]').textContent).toContain('nothing that uses parts of Accord');

    answer(USES, refusing(anError('NOT_ALLOWED', 'It wants View Setup and Configuration.')));
    inside(element, '[data-look]').click();
    await settle();
    expect(inside(element, '[data-problem]').textContent).toBe('It wants View Setup and Configuration.');
    await expect(element).toBeAccessible();
});
