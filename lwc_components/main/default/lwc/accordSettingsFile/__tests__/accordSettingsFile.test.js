import AccordSettingsFile from 'c/accordSettingsFile';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { FILE, aComparison, aSettingsFile, catchDownloads } from 'accordSafetyKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

beforeEach(forget);

const show = () => mount('c-accord-settings-file', AccordSettingsFile);
const choose = async (element, text, size = text.length) => {
    const input = inside(element, '[data-choose]');
    Object.defineProperty(input, 'files', { value: [{ size, text: async () => text }], configurable: true });
    input.dispatchEvent(new CustomEvent('change'));
    await settle();
};
const chooseGood = (element) => choose(element, JSON.stringify(aSettingsFile()));
const press = async (element, name) => {
    inside(element, `[data-${name}]`).click();
    await settle();
};
const diffOf = (element) => inside(element, 'c-accord-settings-diff');

it('downloads the settings of this org', async () => {
    const saved = catchDownloads();
    answer(`GET ${FILE}`, aSettingsFile());
    const element = show();
    await expect(element).toBeAccessible();
    await press(element, 'save');

    expect(saved.map(([name]) => name)).toEqual(['accord-settings-halden-test.json']);
    expect(inside(element, '[data-saved]').textContent).toContain('accord-settings-halden-test.json');
});

it('shows what a file would change, page by page, before anything does', async () => {
    answer(`POST ${FILE}/check`, aComparison());
    const element = show();
    await chooseGood(element);

    expect(calls.map(([method, path, body]) => [method, path, body])).toEqual([['POST', `${FILE}/check`, { file: aSettingsFile() }]]);
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-found]'));
    expect(inside(element, '[data-found]').textContent).toContain('From Halden Test, Nov 22, 2026');
    expect(inside(diffOf(element), '[data-page="settings.activity"]').textContent).toBe(
        'Sync activity (one change)Enabled: “no” becomes “yes”'
    );
    expect(allInside(diffOf(element), '[data-change]')).toHaveLength(3);
    await expect(element).toBeAccessible();
});

it('takes it over with the ticket of what was shown', async () => {
    answer(`POST ${FILE}/check`, aComparison());
    answer(`POST ${FILE}/apply`, { applied: ['settings.activity', 'settings.panel'] });
    const element = show();
    const said = listen(element, 'announce');
    await chooseGood(element);
    await press(element, 'apply');

    expect(calls.at(-1)[2]).toEqual({ file: aSettingsFile(), ticket: 't1' });
    expect(said).toHaveBeenCalledWith({ text: 'These settings were taken over: Sync activity, Salesforce Slideout.' });
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-applied]'));
    expect(diffOf(element)).toBeNull();
    await expect(element).toBeAccessible();
});

it('names what this org lacks, and takes nothing over then', async () => {
    const lacks = [{ kind: 'settings.panel', field: 'field', key: 'tabs.0.rows.1', message: 'Opportunity has no field Branch__c.' }];
    answer(`POST ${FILE}/check`, aComparison({ lacks, can_apply: false }));
    const element = show();
    await chooseGood(element);

    expect(inside(diffOf(element), '[data-lack]').textContent).toBe('Opportunity has no field Branch__c.');
    expect(inside(element, '[data-apply]')).toBeNull();
    await expect(element).toBeAccessible();
});

it('says that there is nothing to take over', async () => {
    answer(`POST ${FILE}/check`, aComparison({ differences: [], can_apply: false }));
    const element = show();
    await chooseGood(element);

    expect(inside(diffOf(element), '[data-same]')).not.toBeNull();
    expect(inside(element, '[data-apply]')).toBeNull();
});

it('is told that somebody was faster, and compares again', async () => {
    answer(`POST ${FILE}/check`, aComparison());
    answer(`POST ${FILE}/apply`, refusing(anError('CHANGED_MEANWHILE', 'Ada was faster.', { message: 'Look at the panel.' })));
    const element = show();
    await chooseGood(element);
    await press(element, 'apply');
    expect(inside(element, '[data-problem]').textContent).toBe('Ada was faster.Look at the panel.');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-problem]'));
    await expect(element).toBeAccessible();

    await press(element, 'again');
    expect(inside(element, '[data-problem]')).toBeNull();
    expect(calls.filter(([, path]) => path.endsWith('/check'))).toHaveLength(2);
});

it('refuses in its own words what is no settings file, and asks nobody', async () => {
    const element = show();
    await choose(element, '{');
    expect(inside(element, '[data-problem]').textContent).toContain('cannot be read');
    await choose(element, '{}', 2_000_000);
    expect(inside(element, '[data-problem]').textContent).toContain('larger than 1 MB');
    expect(calls).toEqual([]);

    answer(`POST ${FILE}/check`, refusing(anError('INVALID_VALUE', 'This Accord reads files of version 1 alone.')));
    await choose(element, '{"version": 2}');
    expect(inside(element, '[data-problem]').textContent).toContain('version 1 alone');
    expect(diffOf(element)).toBeNull();
});
