import AccordDisconnect from 'c/accordDisconnect';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { aDisconnectReceipt, aStanding } from 'accordPrivacyKit';
import { catchDownloads } from 'accordSafetyKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

beforeEach(forget);

const PATH = '/api/v1/uninstall';
const show = async (standing = aStanding()) => {
    answer(`GET ${PATH}`, standing);
    const element = mount('c-accord-disconnect', AccordDisconnect);
    await settle();
    return element;
};
const ask = (element) => inside(element, '[data-ask]');
const confirm = async (element, name) => {
    ask(element).dispatchEvent(new CustomEvent('confirm', { detail: { typed: name } }));
    await settle();
};
const facts = (element) => ask(element).facts;

it('says what would never be written and what would be deleted before it asks', async () => {
    const element = await show();

    expect(facts(element)[0]).toBe('Writes that wait and will never be made: 1,204; of them 4 wait for a person.');
    expect(facts(element).join(' ')).toContain('A back-fill is under way');
    expect(facts(element).join(' ')).toContain('Plans that stay at Accord, without their deals: 3.');
    expect(calls.map(([method]) => method)).toEqual(['GET']);
    await expect(element).toBeAccessible();
});

it('offers no plans to delete where there are none', async () => {
    const element = await show(aStanding({ plans: 0, unwritten: 0, parked: 0, backfills: 0 }));

    expect(inside(element, '[data-plans]')).toBeNull();
    expect(facts(element)[0]).toBe('No write waits.');
});

it('asks for the name, sends what was typed, and says what the server says to another one', async () => {
    const element = await show();
    await confirm(element, '');
    expect(ask(element).problem).toBe('Type the name of the org.');
    answer(`POST ${PATH}`, refusing({ ...anError('INVALID_VALUE', 'Wrong.'), items: [{ message: 'Type Halden.' }] }));
    await confirm(element, 'Holden');

    expect(calls.at(-1).slice(0, 3)).toEqual(['POST', PATH, { org_name: 'Holden', delete_plans: false }]);
    expect(ask(element).problem).toBe('Type Halden.');
    expect(element.shadowRoot.activeElement).toBe(ask(element));
    await expect(element).toBeAccessible();
});

it('shows the receipt, saves it, and says how to go on', async () => {
    const saved = catchDownloads();
    const element = await show();
    const announced = listen(element, 'announce');
    answer(`POST ${PATH}`, aDisconnectReceipt({ logins_not_confirmed: 2, plans_deleted: true }));
    inside(element, '[data-plans]').checked = true;
    await confirm(element, 'Halden');
    const lines = allInside(element, '[data-line]').map((line) => line.textContent);
    inside(element, '[data-save]').click();

    expect(calls.at(-1)[2]).toEqual({ org_name: 'Halden', delete_plans: true });
    expect(lines).toContain('Logins whose end Salesforce did not confirm: 2. End them in Setup, Connected Apps OAuth Usage.');
    expect(lines).toContain('Rows that were deleted or emptied: 1,308.');
    expect(lines.at(-1)).toBe('A last look found no copy.');
    expect(announced).toHaveBeenCalledTimes(1);
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-receipt]'));
    expect(saved.map(([name]) => name)).toEqual(['accord-receipt.txt']);
    expect(inside(element, 'c-accord-disconnected').shadowRoot.textContent).toContain('To remove the package, in this order');
    await expect(element).toBeAccessible();
});

it('says so when copies were found, or it is not finished', async () => {
    const element = await show();
    answer(`POST ${PATH}`, aDisconnectReceipt({ left: 1, finished_at: null }));
    await confirm(element, 'Halden');
    const text = allInside(element, '[data-line]')
        .map((line) => line.textContent)
        .join(' ');

    expect(text).toContain('A last look found 1 copies. Tell whoever runs Accord.');
    expect(text).toContain('goes on by itself');
});
