import AccordValueSheets from 'c/accordValueSheets';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { catchDownloads } from 'accordSafetyKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

beforeEach(forget);

const VALUES = '/api/v1/uninstall/values';
const SHEETS = [
    { sobject: 'Opportunity', fields: ['A__c', 'B__c'], hidden: ['C__c'], records: 2001, calls: 2 },
    { sobject: 'Contact', fields: [], hidden: ['Accord_Id__c'], records: 0, calls: 0 }
];
const counted = async () => {
    answer(`GET ${VALUES}`, { sheets: SHEETS });
    const element = mount('c-accord-value-sheets', AccordValueSheets);
    inside(element, '[data-count]').click();
    await settle();
    return element;
};

it('counts records and calls before anything is read', async () => {
    const element = await counted();

    const text = inside(element, '[data-sheet="Opportunity"]').textContent;
    expect(text).toContain('2,001');
    expect(text).toContain('Not visible for you, or gone: C__c');
    expect(allInside(element, '[data-sobject]').map((button) => button.disabled)).toEqual([false, true]);
    expect(calls).toHaveLength(1);
    await expect(element).toBeAccessible();
});

it('reads page by page into one file', async () => {
    const saved = catchDownloads();
    answer(`GET ${VALUES}/page?sobject=Opportunity`, { csv: 'Id,A__c\r\n1,a\r\n', count: 2000, next_after: '006A' });
    answer(`GET ${VALUES}/page?sobject=Opportunity&after=006A`, { csv: '2,b\r\n', count: 1, next_after: null });
    const element = await counted();
    inside(element, '[data-sobject="Opportunity"]').click();
    await settle();

    expect(saved.map(([name]) => name)).toEqual(['accord-Opportunity.csv']);
    expect(inside(element, '[data-saved]').textContent).toBe('accord-Opportunity.csv was saved. Records: 2,001.');
    await expect(element).toBeAccessible();
});

it('saves nothing of what broke off, and says why', async () => {
    const saved = catchDownloads();
    answer(`GET ${VALUES}/page?sobject=Opportunity`, refusing(anError('NO_SALESFORCE_LOGIN', 'Connect your login.')));
    const element = await counted();
    inside(element, '[data-sobject="Opportunity"]').click();
    await settle();

    expect(saved).toEqual([]);
    expect(inside(element, '[data-problem]').textContent).toBe('Connect your login.');
    expect(inside(element, '[data-sobject="Opportunity"]').disabled).toBe(false);
});
