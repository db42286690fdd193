import { aField, allIsAnswered, choose, open, press, rows, save, sent, show, submit } from 'accordFieldSyncKit';
import { inside, settle } from 'accordTestKit';
import { FIELD_SYNC, aFieldSync, aSyncRow, anError, refusing } from 'accordSettingsKit';
import { answer } from 'settingsAnswers';

const BROKEN = {
    status: 'bad',
    reason: { code: 'CRITERION_GONE', message: 'The criterion was deleted. Remove the row.', salesforce_code: null }
};
beforeEach(allIsAnswered);

it('shows what goes where, and that it is off until it is enabled (A40, A61)', async () => {
    const element = await show();

    expect(inside(element, '[data-row]').textContent).toContain('Accord_URL__c (Accord_URL__c) of Opportunity');
    expect(inside(element, '[data-enabled]').textContent).toMatch(/^It is off.*proposal/);
    await expect(element).toBeAccessible();
});

it('leaves a row visibly broken when its criterion is gone, and looks at it again (A83)', async () => {
    const element = await show({ enabled: true, rows: [aSyncRow('criterion:c9', 'Gone__c', BROKEN)] });
    const row = inside(element, '[data-row]');
    expect(row.querySelector('[data-reason]').textContent).toContain('The criterion was deleted.');
    expect(row.querySelector('[data-status]').textContent).toBe('Broken');
    await expect(element).toBeAccessible();

    answer(
        `POST ${FIELD_SYNC}/rows/row-criterion:c9/resume`,
        aFieldSync({ enabled: true, rows: [aSyncRow('criterion:c9', 'Gone__c')] }),
        '"3"'
    );
    row.querySelector('[data-resume]').click();
    await settle();
    expect(inside(element, '[data-status]').textContent).toBe('In order');
    expect(element.hasUnsaved).toBe(false);
});

it('says that nothing is written without a row', async () => {
    const element = await show({ rows: [] });

    expect(inside(element, '[data-empty]').textContent).toContain('nothing is written');
});

it('offers the criteria in a section behind the data, and the fields with why not (A78, A79)', async () => {
    const [, form] = await open();
    expect(inside(form, '[data-datum]').options.map(({ group }) => group)).toEqual(['Accord data', 'Execution Criteria']);
    expect(inside(form, '[data-field]').disabled).toBe(true);
    await choose(form, 'datum', 'criterion:c1');

    const { options } = inside(form, '[data-field]');
    expect(form.shadowRoot.activeElement).toBe(inside(form, '[data-field]'));
    expect(options.find(({ value }) => value === 'Amount').reason).toBe('Text cannot go into a currency field.');
    await expect(form).toBeAccessible();
});

it('adds a criterion to a field of the account and saves the whole (A60, A77)', async () => {
    const [element, form] = await open();
    await choose(form, 'datum', 'criterion:c1');
    await choose(form, 'field', 'over:Account');
    await choose(form, 'field', 'Sponsor__c');
    await submit(form);

    expect(rows(element)).toContain('criterion:c1|Account|Sponsor__c');
    expect(inside(element, '[data-row="criterion:c1|Account|Sponsor__c"]').textContent).toContain(
        'Sponsor (Account.Sponsor__c) of Account'
    );
    await save(element);
    const [, , body, version] = sent();
    expect(version).toBe('"0"');
    expect(body.rows.at(-1)).toEqual({ datum: 'criterion:c1', path: 'Account', field: 'Sponsor__c' });
    expect(body.rows[0]).toEqual({ id: 'row-accord_url', datum: 'accord_url', path: '', field: 'Accord_URL__c' });
    expect(element.hasUnsaved).toBe(false);
});

it('asks for both halves of a row, and closes by Escape', async () => {
    const [element, form] = await open();
    await submit(form);
    expect(inside(form, '[data-datum]').error).toBe('Choose an Accord field from the list.');
    await choose(form, 'datum', 'criterion:c1');
    await submit(form);
    expect(inside(form, '[data-field]').error).toBe('Choose a Salesforce field from the list.');
    await expect(form).toBeAccessible();

    inside(form, 'form').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await settle();
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-add]'));
});

it('says when the lists cannot be loaded, and tries again', async () => {
    answer(`GET ${FIELD_SYNC}/fields?datum=criterion%3Ac1`, refusing(anError('SALESFORCE_UNAVAILABLE', 'Salesforce is away.')));
    const [, form] = await open();
    await choose(form, 'datum', 'criterion:c1');
    expect(inside(form, '[data-trouble]').textContent).toBe('Salesforce is away.');

    answer(`GET ${FIELD_SYNC}/fields?datum=criterion%3Ac1`, { path: '', fields: [aField('Sponsor__c', 'Sponsor')] });
    inside(form, '[data-retry]').click();
    await settle();
    expect(inside(form, '[data-field]').options).toHaveLength(1);
});

it('shows a refusal at its row (A81)', async () => {
    const item = { key: 'rows.1', field: 'field', code: 'INVALID_VALUE', message: 'There is no field Accord_Status__c.' };
    answer(`PUT ${FIELD_SYNC}`, refusing(anError('INVALID_VALUE', 'Nothing was saved.', item)));
    const element = await show();
    inside(element, '[data-minutes]').value = '9999';
    inside(element, '[data-minutes]').dispatchEvent(new CustomEvent('change'));
    await settle();
    await save(element);

    expect(sent()[2].check_minutes).toBe(1440);
    const row = inside(element, '[data-row="accord_status||Accord_Status__c"]');
    expect(row.querySelector('[data-problem-at]').textContent).toBe('There is no field Accord_Status__c.');
    expect(element.shadowRoot.activeElement).toBe(row.querySelector('[data-problem-at]'));
});

it('brings the rows of two admins together', async () => {
    const element = await show();
    await press(element, 'accord_url||Accord_URL__c', 'remove');
    answer(`PUT ${FIELD_SYNC}`, refusing(anError('CHANGED_MEANWHILE', 'Ada changed it.')));
    answer(`GET ${FIELD_SYNC}`, aFieldSync({ rows: [...aFieldSync().rows, aSyncRow('accord_progress', 'Progress__c')] }), '"6"');
    await save(element);
    const told = inside(element, 'c-accord-meanwhile');
    expect(told.changes.map(({ text }) => text)).toEqual(['Added: accord progress → Progress__c']);
    told.dispatchEvent(new CustomEvent('merge'));
    await settle();

    expect(rows(element)).toEqual(['accord_status||Accord_Status__c', 'accord_progress||Progress__c']);
});

it('tries the rows as they stand on the page, and looks again when undoing has turned syncing off', async () => {
    const element = await show({ enabled: true });
    expect(inside(element, 'c-accord-dry-run').draftRows).toHaveLength(2);
    await press(element, 'accord_url||Accord_URL__c', 'remove');
    expect(inside(element, 'c-accord-dry-run').draftRows).toEqual([
        { id: 'row-accord_status', datum: 'accord_status', path: '', field: 'Accord_Status__c' }
    ]);

    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('discard'));
    answer(`GET ${FIELD_SYNC}`, aFieldSync({ enabled: false }), '"2"');
    inside(element, 'c-accord-sync-runs').dispatchEvent(new CustomEvent('begun'));
    await settle();
    expect(inside(element, '[data-enabled]').textContent).toContain('It is off');
});
