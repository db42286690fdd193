import AccordSlideout from 'c/accordSlideout';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { mergeOf, draftOf, factsOf } from '../model';
import { AMOUNT, CLOSE, INDUSTRY, PANEL, STAGE, aPanelSetup, aRow, aTab, allIsWell, anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

beforeEach(() => {
    forget();
    allIsWell();
});

const show = async (setup) => {
    if (setup) answer(`GET ${PANEL}`, setup, '"0"');
    const element = mount('c-accord-slideout', AccordSlideout);
    await settle();
    return element;
};
const rows = (element, tab = 0) => allInside(element, `[data-tab="${tab}"] c-accord-slideout-row`).map((row) => row.row.label);
const rowOf = (element, key) => inside(element, `c-accord-slideout-row[data-key="${key}"]`);
const orderOf = (element, key) => inside(rowOf(element, key), 'c-accord-row-order');
const button = (element, key, name) => inside(orderOf(element, key), `[data-do="${name}"]`);
const press = async (element, key, name) => {
    button(element, key, name).click();
    await settle();
};
const save = async (element) => {
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
};
const sent = () => calls.filter(([method]) => method === 'PUT').map(([, , body, version]) => [body, version]);

it('shows each row with its label, level and field (A25 to A28)', async () => {
    const element = await show(aPanelSetup(aTab('Deal', [CLOSE, INDUSTRY]), aTab('Qualification', [])));
    const industry = rowOf(element, 'Account.Industry');

    expect(rows(element)).toEqual(['Close Date', 'Industry']);
    expect(inside(industry, '[data-level]').textContent).toBe('Account');
    expect(inside(industry, '[data-field]').textContent).toBe('Industry');
    expect(inside(element, '[data-changed]').textContent).toContain('every org begins with');
    await expect(element).toBeAccessible();
});

it('has the second tab ready under its name, and says that nobody sees it empty (A29, A30)', async () => {
    const element = await show(aPanelSetup(aTab('Deal', [CLOSE])));

    expect(inside(element, '[data-tab="1"] h3').textContent).toBe('Tab 2: Qualification');
    expect(inside(element, '[data-tab="1"] [data-empty]').textContent).toContain('nobody sees it');
});

it('says who has changed it last', async () => {
    const element = await show({ ...aPanelSetup(), is_default: false, changed_at: '2026-11-22T07:00:00Z', changed_by: 'Ada' });

    expect(inside(element, '[data-changed]').textContent).toBe('Changed by Ada, Nov 21, 2026, 11:00 PM.');
});

it('orders rows by buttons, keeps the focus on the row, and says its place (A28)', async () => {
    const element = await show();
    const said = [];
    element.addEventListener('announce', ({ detail }) => said.push(detail.text));

    await press(element, 'Opportunity.StageName', 'up');
    await press(element, 'Opportunity.StageName', 'up');

    expect(rows(element)).toEqual(['Stage', 'Close Date', 'Amount']);
    expect(said[1]).toBe('Stage stands at place 1 of 3.');
    expect(button(element, 'Opportunity.StageName', 'up').disabled).toBe(true);
    expect(orderOf(element, 'Opportunity.StageName').shadowRoot.activeElement.dataset.do).toBe('down');
    await expect(rowOf(element, 'Opportunity.StageName')).toBeAccessible();
});

it('moves a row into the other tab and removes another (A28, A33)', async () => {
    const element = await show();
    await press(element, 'Opportunity.Amount', 'swap');
    expect(orderOf(element, 'Opportunity.Amount').shadowRoot.activeElement.dataset.do).toBe('swap');
    await press(element, 'Opportunity.CloseDate', 'remove');

    expect([rows(element), rows(element, 1)]).toEqual([['Stage'], ['Amount']]);
    expect(element.hasUnsaved).toBe(true);
});

it('saves the whole with the version that was loaded', async () => {
    answer(`PUT ${PANEL}`, (body) => ({ ...aPanelSetup(), ...body, is_default: false, changed_at: '2026-11-22T07:00:00Z' }), '"1"');
    const element = await show();
    const input = inside(rowOf(element, 'Opportunity.Amount'), '[data-label]');
    input.value = 'Deal size';
    input.dispatchEvent(new CustomEvent('input'));
    inside(rowOf(element, 'Opportunity.Amount'), '[data-choice="open"]').click();
    await settle();
    await save(element);

    const [[body, version]] = sent();
    expect(version).toBe('"0"');
    expect(body.tabs[0].rows[1]).toEqual({ sobject: 'Opportunity', field: 'Amount', label: 'Deal size', is_open: true });
    expect(body.tabs[0].rows.map((row) => row.is_open)).toEqual([false, true, false]);
    expect(element.hasUnsaved).toBe(false);
    expect(inside(inside(element, 'c-accord-save-bar'), '[data-saved]')).not.toBeNull();
});

it('forgets changes that are discarded', async () => {
    const element = await show();
    await press(element, 'Opportunity.Amount', 'remove');
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('discard'));
    await settle();

    expect(rows(element)).toEqual(['Close Date', 'Amount', 'Stage']);
    expect(element.hasUnsaved).toBe(false);
});

it('shows what was refused at its row and puts the focus there (A81)', async () => {
    const item = { key: 'tabs.0.rows.1', field: 'field', code: 'INVALID_VALUE', message: 'Amount is an address.' };
    answer(`PUT ${PANEL}`, refusing(anError('INVALID_VALUE', 'Nothing was saved. Correct what is named.', item)));
    const element = await show();
    await press(element, 'Opportunity.CloseDate', 'down');
    await save(element);

    const row = rowOf(element, 'Opportunity.CloseDate');
    expect(row.error).toBe('Amount is an address.');
    expect(row.shadowRoot.activeElement.textContent).toBe('Amount is an address.');
    expect(element.hasUnsaved).toBe(true);
    await expect(row).toBeAccessible();
});

it('marks a row that the check of the night found bad, with the reason (D8)', async () => {
    const bad = aRow('Opportunity.Old__c', 'Old', {
        status: 'bad',
        reason: { code: 'FIELD_GONE', message: 'Salesforce does not know it.' }
    });
    const element = await show(aPanelSetup(aTab('Deal', [CLOSE, bad])));

    expect(inside(rowOf(element, 'Opportunity.Old__c'), '[data-reason]').textContent).toContain('Salesforce does not know it.');
    await expect(rowOf(element, 'Opportunity.Old__c')).toBeAccessible();
});

it('can be tried again when it could not be loaded', async () => {
    answer(`GET ${PANEL}`, refusing(anError('UNREACHABLE', 'Accord cannot be reached.')));
    const element = await show();
    await expect(element).toBeAccessible();

    answer(`GET ${PANEL}`, aPanelSetup(), '"0"');
    inside(element, 'c-accord-page-state').dispatchEvent(new CustomEvent('retry'));
    await settle();

    expect(rows(element)).toHaveLength(3);
});

describe('two admins at once', () => {
    const theirs = aPanelSetup(aTab('Deal', [CLOSE, { ...AMOUNT, label: 'Volume' }]), aTab('Qualification', [INDUSTRY]));
    const meet = async () => {
        const element = await show();
        await press(element, 'Opportunity.CloseDate', 'swap');
        answer(`PUT ${PANEL}`, refusing(anError('CHANGED_MEANWHILE', 'Ada changed the panel at 10:04.')));
        answer(`GET ${PANEL}`, { ...theirs, is_default: false, changed_at: '2026-11-22T10:04:00Z', changed_by: 'Ada' }, '"7"');
        await save(element);
        return element;
    };

    it('tells the second what the first has changed, and loses nothing', async () => {
        const element = await meet();
        const told = inside(element, 'c-accord-meanwhile');

        expect(told.message).toBe('Ada changed the panel at 10:04.');
        expect(told.changes.map(({ text }) => text)).toEqual(
            expect.arrayContaining([
                expect.stringContaining('Volume'),
                'Removed: Stage (Opportunity.StageName)',
                'Added: Industry (Account.Industry)'
            ])
        );
        expect(rows(element, 1)).toEqual(['Close Date']);
        expect(element.shadowRoot.activeElement).toBe(told);
        await expect(told).toBeAccessible();
    });

    it('brings both together, to be saved over the newest version', async () => {
        const element = await meet();
        inside(element, 'c-accord-meanwhile').dispatchEvent(new CustomEvent('merge'));
        await settle();
        expect([rows(element), rows(element, 1)]).toEqual([['Volume'], ['Close Date', 'Industry']]);

        answer(`PUT ${PANEL}`, (body) => ({ ...aPanelSetup(), ...body }), '"8"');
        await save(element);
        expect(sent().at(-1)[1]).toBe('"7"');
    });

    it('can take theirs instead', async () => {
        const element = await meet();
        inside(element, 'c-accord-meanwhile').dispatchEvent(new CustomEvent('theirs'));
        await settle();

        expect([rows(element), rows(element, 1)]).toEqual([['Close Date', 'Volume'], ['Industry']]);
        expect(element.hasUnsaved).toBe(false);
    });
});

it('is announced when the stage row is the only one left and goes', async () => {
    const element = await show(aPanelSetup(aTab('Deal', [STAGE]), aTab('Qualification', [])));
    await press(element, 'Opportunity.StageName', 'remove');

    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-add]'));
});

describe('a row that is open to people without a login of their own (S3)', () => {
    const draft = (isOpen, label = 'Amount') => draftOf(aPanelSetup(aTab('Deal', [{ ...AMOUNT, label, is_open: isOpen }])));
    const open = ({ tabs }) => tabs[0].rows.map((row) => [row.label, row.is_open]);

    it('is told to another admin as a change', () => {
        expect(factsOf(draft(true)).get('Opportunity.Amount').text).toBe('Amount, in tab 1 · Also without an own login');
        expect(factsOf(draft(false)).get('Opportunity.Amount').text).toBe('Amount, in tab 1');
    });

    it.each([
        ['theirs, where only he has set it', draft(false), draft(true), [['Amount', true]]],
        ['mine, where only I have', draft(true), draft(false, 'Size'), [['Size', true]]]
    ])('keeps %s', (_, mine, theirs, merged) => {
        expect(open(mergeOf(draft(false), mine, theirs))).toEqual(merged);
    });

    it('stays in the panel where somebody else has removed it meanwhile and I have opened it', () => {
        const gone = draftOf(aPanelSetup(aTab('Deal', [])));

        expect(open(mergeOf(draft(false), draft(true), gone))).toEqual([['Amount', true]]);
        expect(open(mergeOf(draft(false), draft(false), gone))).toEqual([]);
    });
});
