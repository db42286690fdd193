import { addSponsor, aField, allIsAnswered, choose, press, rows, save, sent, show, submit } from 'accordFieldSyncKit';
import { inside, listen, settle } from 'accordTestKit';
import { FIELD_SYNC, anError, refusing } from 'accordSettingsKit';
import { answer, calls } from 'settingsAnswers';

beforeEach(allIsAnswered);
const pressed = (element) => element.shadowRoot.activeElement.shadowRoot.activeElement.dataset.do;

it('shows what new rows would write before it saves them, and saves at the second yes (D14, W22)', async () => {
    const element = await addSponsor();
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
    expect(element.shadowRoot.activeElement.textContent).toBe(
        'Fields that would be written: 2. Records: 1. Plans that were looked at: 1. ' +
            'All 1,234 connected plans together cost at most 14 API calls. 98,000 are left.'
    );
    expect(inside(element, '[data-before-save]').textContent).toContain('Rules of Salesforce can still refuse.');
    expect(sent()).toBeUndefined();
    await expect(element).toBeAccessible();

    inside(element, '[data-see]').click();
    await settle();
    expect(inside(inside(element, 'c-accord-dry-run'), '[data-sum]')).not.toBeNull();
    inside(element, '[data-back]').click();
    await settle();
    expect([inside(element, '[data-before-save]'), sent()]).toEqual([null, undefined]);

    await save(element);
    expect(sent()[2].rows).toHaveLength(3);
    expect(inside(element, 'c-accord-fill-offer')).toBeNull(); // it is off: nothing can be filled
});

it('does not ask before it saves an order, and says the place of a row that was moved', async () => {
    const element = await show();
    const said = listen(element, 'announce');
    await press(element, 'accord_url||Accord_URL__c', 'down');
    expect(rows(element)).toEqual(['accord_status||Accord_Status__c', 'accord_url||Accord_URL__c']);
    expect(said.mock.calls.at(-1)[0].text).toBe('accord url is at place 2 of 2.');
    expect(pressed(element)).toBe('up');

    await save(element);
    expect(sent()[2].rows.map(({ id }) => id)).toEqual(['row-accord_status', 'row-accord_url']);
    expect(calls.some(([, path]) => path.endsWith('/dry-run'))).toBe(false);
});

it('changes a row in the same form, filled in, and the row stays the one that it is', async () => {
    answer(`GET ${FIELD_SYNC}/fields?datum=accord_url`, { path: '', fields: [aField('Accord_URL__c', 'URL'), aField('Link__c', 'Link')] });
    answer(`GET ${FIELD_SYNC}/data`, { sections: [{ key: 'accord_data', data: [{ key: 'accord_url', label: 'Accord URL' }] }] });
    const element = await show();
    await press(element, 'accord_url||Accord_URL__c', 'edit');
    const form = inside(element, '[data-edit-form]');
    expect([inside(form, '[data-datum]').value, inside(form, '[data-field]').value]).toEqual(['accord_url', 'Accord_URL__c']);
    expect(inside(form, '#title, .title').textContent).toBe('Change the row');
    await expect(form).toBeAccessible();
    await choose(form, 'field', 'Link__c');
    await submit(form);

    expect(element.shadowRoot.activeElement.closest('[data-row]').dataset.row).toBe('accord_url||Link__c');
    expect(pressed(element)).toBe('edit');
    await save(element);
    expect(sent()[2].rows[0]).toEqual({ id: 'row-accord_url', datum: 'accord_url', path: '', field: 'Link__c' });
});

it('leaves a row as it is when its change is closed', async () => {
    const element = await show();
    await press(element, 'accord_status||Accord_Status__c', 'edit');
    inside(element, '[data-edit-form]').dispatchEvent(new CustomEvent('close'));
    await settle();
    expect(element.hasUnsaved).toBe(false);
    expect(pressed(element)).toBe('edit');
});

it('offers to fill the new rows alone once they are saved, with the cost on the button (D17)', async () => {
    const element = await addSponsor({ enabled: true });
    answer('POST /api/v1/field-sync/runs', {});
    await save(element);
    const offer = inside(element, 'c-accord-fill-offer');
    expect(element.shadowRoot.activeElement).toBe(offer);
    expect(inside(offer, '[data-start]').textContent).toBe('Fill it for 1,234 plans, at most 14 API calls');
    expect(calls.at(-1)[2].rows).toEqual([{ id: 'row-criterion:c1', datum: 'criterion:c1', path: '', field: 'Sponsor__c' }]);
    await expect(offer).toBeAccessible();

    answer('POST /api/v1/field-sync/runs', refusing(anError('RUN_UNDER_WAY', 'Another run goes on.')));
    inside(offer, '[data-start]').click();
    await settle();
    expect(inside(offer, '[data-problem]').textContent).toBe('Another run goes on.');
    answer('POST /api/v1/field-sync/runs', {});
    inside(offer, '[data-start]').click();
    await settle();
    expect(calls.filter(([method, path]) => method === 'POST' && path.endsWith('/runs')).at(-1)[2]).toEqual({
        row_ids: ['row-criterion:c1']
    });
    expect(inside(element, 'c-accord-fill-offer')).toBeNull();
});

it('says why the cost of filling is not known, and can be closed', async () => {
    const element = await addSponsor({ enabled: true });
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
    answer(`POST ${FIELD_SYNC}/dry-run`, refusing(anError('SALESFORCE_UNAVAILABLE', 'Salesforce is away.')));
    inside(element, '[data-save-now]').click();
    await settle();
    const offer = inside(element, 'c-accord-fill-offer');
    expect([inside(offer, '[data-problem]').textContent, inside(offer, '[data-start]')]).toEqual(['Salesforce is away.', null]);
    inside(offer, '[data-close]').click();
    await settle();
    expect(inside(element, 'c-accord-fill-offer')).toBeNull();
});
