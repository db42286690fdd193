// What tests of the page Sync Accord data to Salesforce say: its answers, and what somebody does there.
import AccordFieldSync from 'c/accordFieldSync';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { FIELD_SYNC, aFieldSync, aSyncRow, allIsWell } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

export const TRIED = {
    limits: 'Rules of Salesforce can still refuse.',
    plans: [{ plan_id: 'p1', opportunity_id: '006A', fields: [] }],
    next: null,
    records_to_write: 1,
    fields_to_write: 2,
    skipped: {},
    calls: { read: 1, write: 1 },
    whole: { plans: 1234, calls_at_most: 14, calls_left: 98000 }
};
export const aField = (field, label, facts = {}) => ({
    field,
    label,
    sobject: 'Opportunity',
    allowed: true,
    reason: null,
    over: null,
    ...facts
});

/** For beforeEach: what the page is answered. */
export function allIsAnswered() {
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
}

export const show = async (facts) => {
    if (facts) answer(`GET ${FIELD_SYNC}`, aFieldSync(facts), '"0"');
    const element = mount('c-accord-field-sync', AccordFieldSync);
    await settle();
    return element;
};
export const rows = (element) => allInside(element, '[data-row]').map((row) => row.dataset.row);
export const open = async (facts) => {
    const element = await show(facts);
    inside(element, '[data-add]').click();
    await settle();
    return [element, inside(element, 'c-accord-field-sync-add')];
};
export const choose = async (form, name, value) => {
    inside(form, `[data-${name}]`).dispatchEvent(new CustomEvent('choose', { detail: { value } }));
    await settle();
};
export const submit = async (form) => {
    inside(form, 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
};
export const save = async (element) => {
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
    inside(element, '[data-save-now]')?.click();
    await settle();
};
export const press = async (element, row, name) => {
    inside(inside(element, `[data-row="${row}"] c-accord-row-order`), `[data-do="${name}"]`).click();
    await settle();
};
export const addSponsor = async (facts) => {
    const [element, form] = await open(facts);
    await choose(form, 'datum', 'criterion:c1');
    await choose(form, 'field', 'Sponsor__c');
    await submit(form);
    return element;
};
export const sent = () => calls.filter(([method]) => method === 'PUT').at(-1);
