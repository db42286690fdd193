import AccordFieldSync from 'c/accordFieldSync';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { FIELD_SYNC, aFieldSync, aSyncRow, allIsWell, anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const BROKEN = {
    status: 'bad',
    reason: { code: 'CRITERION_GONE', message: 'The criterion was deleted. Remove the row.', salesforce_code: null }
};
const TRIED = {
    limits: 'Rules of Salesforce can still refuse.',
    plans: [{ plan_id: 'p1', opportunity_id: '006A', fields: [] }],
    next: null,
    records_to_write: 1,
    fields_to_write: 2,
    skipped: {},
    calls: { read: 1, write: 1 },
    whole: { plans: 1234, calls_at_most: 14, calls_left: 98000 }
};
const aField = (field, label, facts = {}) => ({ field, label, sobject: 'Opportunity', allowed: true, reason: null, over: null, ...facts });

beforeEach(() => {
    forget();
    allIsWell();
    answer('GET /api/v1/field-sync/runs', { runs: [] });
    answer(`POST ${FIELD_SYNC}/dry-run`, TRIED);
    answer(
        `PUT ${FIELD_SYNC}`,
        (body) => ({ ...aFieldSync(), ...body, rows: body.rows.map((row) => aSyncRow(row.datum, row.field, row)) }),
        '"1"'
    );
    answer(`GET ${FIELD_SYNC}/data`, {
        sections: [
            { key: 'accord_data', data: [{ key: 'accord_progress', label: 'Accord Progress', kind: 'percent' }] },
            { key: 'execution_criteria', data: [{ key: 'criterion:c1', label: 'Executive sponsor', kind: 'text' }] }
        ]
    });
    answer(`GET ${FIELD_SYNC}/fields?datum=criterion%3Ac1`, {
        path: '',
        fields: [
            aField('Sponsor__c', 'Sponsor'),
            aField('Amount', 'Amount', { reason: 'Text cannot go into a currency field.' }),
            aField('AccountId', 'Account', { reason: 'A lookup.', over: 'Account' })
        ]
    });
    answer(`GET ${FIELD_SYNC}/fields?path=Account&datum=criterion%3Ac1`, {
        path: 'Account',
        fields: [aField('Sponsor__c', 'Sponsor', { sobject: 'Account' })]
    });
});

const show = async (facts) => {
    if (facts) answer(`GET ${FIELD_SYNC}`, aFieldSync(facts), '"0"');
    const element = mount('c-accord-field-sync', AccordFieldSync);
    await settle();
    return element;
};
const rows = (element) => allInside(element, '[data-row]').map((row) => row.dataset.row);
const open = async (facts) => {
    const element = await show(facts);
    inside(element, '[data-add]').click();
    await settle();
    return [element, inside(element, 'c-accord-field-sync-add')];
};
const choose = async (form, name, value) => {
    inside(form, `[data-${name}]`).dispatchEvent(new CustomEvent('choose', { detail: { value } }));
    await settle();
};
const submit = async (form) => {
    inside(form, 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
};
const save = async (element) => {
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
    inside(element, '[data-save-now]')?.click();
    await settle();
};
const press = async (element, row, name) => {
    inside(element, `[data-row="${row}"] [data-do="${name}"]`).click();
    await settle();
};
const addSponsor = async (facts) => {
    const [element, form] = await open(facts);
    await choose(form, 'datum', 'criterion:c1');
    await choose(form, 'field', 'Sponsor__c');
    await submit(form);
    return element;
};
const sent = () => calls.filter(([method]) => method === 'PUT').at(-1);

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
    inside(element, '[data-row="accord_url||Accord_URL__c"] [data-do="remove"]').click();
    await settle();
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
    inside(element, '[data-row="accord_url||Accord_URL__c"] [data-do="remove"]').click();
    await settle();
    expect(inside(element, 'c-accord-dry-run').draftRows).toEqual([
        { id: 'row-accord_status', datum: 'accord_status', path: '', field: 'Accord_Status__c' }
    ]);

    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('discard'));
    answer(`GET ${FIELD_SYNC}`, aFieldSync({ enabled: false }), '"2"');
    inside(element, 'c-accord-sync-runs').dispatchEvent(new CustomEvent('begun'));
    await settle();
    expect(inside(element, '[data-enabled]').textContent).toContain('It is off');
});

it('shows what new rows would write before it saves them, and saves at the second yes (D14, W22)', async () => {
    const element = await addSponsor();
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
    expect(element.shadowRoot.activeElement.textContent).toBe(
        '2 fields of 1 records would be written, looking at 1 plans. ' +
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
    expect(element.shadowRoot.activeElement.dataset.do).toBe('edit');

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
    await save(element);
    expect(sent()[2].rows[0]).toEqual({ id: 'row-accord_url', datum: 'accord_url', path: '', field: 'Link__c' });
});

it('leaves a row as it is when its change is closed', async () => {
    const element = await show();
    await press(element, 'accord_status||Accord_Status__c', 'edit');
    inside(element, '[data-edit-form]').dispatchEvent(new CustomEvent('close'));
    await settle();
    expect(element.hasUnsaved).toBe(false);
    expect(element.shadowRoot.activeElement.dataset.do).toBe('edit');
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
