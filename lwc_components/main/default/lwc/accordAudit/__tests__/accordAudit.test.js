import AccordAudit from 'c/accordAudit';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { AUDIT, KINDS, aLine, catchDownloads } from 'accordSafetyKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const lines = (query, found, next = null) => answer(`GET ${AUDIT}${query}`, { lines: found, next_before: next });

beforeEach(() => {
    forget();
    answer(`GET ${AUDIT}/kinds`, { kinds: KINDS });
    lines('', [aLine('l1'), aLine('l2', { kind: 'brake.stopped', title: 'Stop switch', by: null, actor: 'accord', can_put_back: false })]);
});

const show = async () => {
    const element = mount('c-accord-audit', AccordAudit);
    await settle();
    await settle();
    return element;
};
const tableOf = (element) => inside(element, 'c-accord-audit-table');
const lineOf = (element, id) => inside(tableOf(element), `[data-line="${id}"]`);
const press = async (element, name) => {
    inside(element, `[data-${name}]`).click();
    await settle();
    await settle();
};
const askFor = async (element, id) => {
    lineOf(element, id).querySelector('[data-put-back]').click();
    await settle();
};

it('shows who changed what, when, and what was and is, in words', async () => {
    const element = await show();

    expect(inside(element, '[data-count]').textContent).toBe('2 changes, the newest first.');
    expect(lineOf(element, 'l1').textContent).toContain('Ada');
    expect(lineOf(element, 'l1').querySelector('[data-detail]').textContent).toBe(
        'Rows › Value (Opportunity.Amount) › Label: “Amount” became “Value”'
    );
    expect(lineOf(element, 'l2').textContent).toContain('Accord itself');
    expect(lineOf(element, 'l2').querySelector('[data-put-back]')).toBeNull();
    await expect(element).toBeAccessible();
});

it('says how a line came about, and what it only tells', async () => {
    lines('', [
        aLine('l1', { action: 'imported', subject: 'r1' }),
        aLine('l2', { old: null, new: 'Ada', can_put_back: false }),
        aLine('l3', { old: null, new: null })
    ]);
    const element = await show();

    expect(inside(tableOf(element), '[data-action]').textContent).toBe('from a file');
    expect(lineOf(element, 'l1').textContent).toContain('About r1');
    expect(lineOf(element, 'l2').textContent).toContain('Value: “–” became “Ada”');
    expect(lineOf(element, 'l3').textContent).toContain('No details.');
});

it('filters by what, whom and record, and says when nothing fits', async () => {
    const element = await show();
    lines('?kind=brake.stopped&member_id=m1&subject=006', []);
    inside(element, '[data-kind]').value = 'brake.stopped';
    inside(element, '[data-person]').value = 'm1';
    inside(element, '[data-record]').value = ' 006 ';
    await press(element, 'filter');

    expect(inside(element, '[data-count]').textContent).toBe('No change fits this choice.');
    expect(tableOf(element)).toBeNull();
    await expect(element).toBeAccessible();
});

it('shows older lines behind those that are there, and goes on from the first of them', async () => {
    lines('', [aLine('l1')], 'l1');
    lines('?before=l1', [aLine('l0')]);
    const element = await show();
    expect(inside(element, '[data-count]').textContent).toContain('There are more.');
    await press(element, 'older');

    expect(allInside(tableOf(element), '[data-line]').map(({ dataset }) => dataset.line)).toEqual(['l1', 'l0']);
    expect(inside(element, '[data-older]')).toBeNull();
    expect(tableOf(element).shadowRoot.activeElement.dataset.id).toBe('l0');
});

it('puts a setting back after a question', async () => {
    const element = await show();
    const said = listen(element, 'announce');
    await askFor(element, 'l1');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-ask-title]'));
    expect(calls.some(([method]) => method === 'POST')).toBe(false);
    await expect(element).toBeAccessible();

    answer(`POST ${AUDIT}/l1/put-back`, { line: aLine('l3', { action: 'put_back', undoes: 'l1' }) });
    lines('', [aLine('l3', { action: 'put_back' }), aLine('l1')]);
    await press(element, 'confirm');
    expect(said).toHaveBeenCalledWith({ text: expect.stringContaining('Salesforce Slideout is as it was before.') });
    expect(lineOf(element, 'l3').textContent).toContain('put back');
    expect(inside(element, '[data-ask]')).toBeNull();
});

it('tells who has changed it since, and puts nothing back', async () => {
    const element = await show();
    answer(`POST ${AUDIT}/l1/put-back`, refusing(anError('CHANGED_MEANWHILE', 'Nothing was put back: Bo has changed it since.')));
    await askFor(element, 'l1');
    await press(element, 'confirm');

    expect(element.shadowRoot.activeElement.textContent).toContain('Bo has changed it since');
    await expect(element).toBeAccessible();
    await press(element, 'cancel');
    expect(tableOf(element).shadowRoot.activeElement.dataset.id).toBe('l1');
});

it('downloads what is shown as a file', async () => {
    const saved = catchDownloads();
    const element = await show();
    answer(`GET ${AUDIT}.csv`, new Uint8Array([97]));
    await press(element, 'csv');
    expect(saved).toEqual([['accord-audit.csv', expect.any(Blob)]]);
    expect(saved[0][1].type).toBe('application/octet-stream');

    answer(`GET ${AUDIT}.csv`, refusing(anError('TOO_LARGE', 'Choose less.')));
    await press(element, 'csv');
    expect(inside(element, '[data-problem]').textContent).toBe('Choose less.');
    expect(inside(element, '[data-csv]').disabled).toBe(false);
});

it('says that it loads, why it could not, and that there is nothing yet', async () => {
    answer(`GET ${AUDIT}`, refusing(anError('UNREACHABLE', 'Away.')));
    const element = mount('c-accord-audit', AccordAudit);
    expect(inside(element, 'c-accord-page-state').failure).toBeNull();
    await settle();
    expect(inside(element, 'c-accord-page-state').failure.message).toBe('Away.');

    lines('', []);
    inside(element, 'c-accord-page-state').dispatchEvent(new CustomEvent('retry'));
    await settle();
    expect(inside(element, '[data-count]').textContent).toBe('Nothing has been changed yet.');
    await expect(element).toBeAccessible();
});
