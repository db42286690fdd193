import AccordPlaybooks from 'c/accordPlaybooks';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { allIsWell, anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const PATH = '/api/v1/playbooks';
const LIST = `${PATH}?limit=100`;
const aPlaybook = (id, facts = {}) => ({
    id,
    title: `Playbook ${id}`,
    description: 'For big ones',
    is_offered: true,
    stages: 4,
    steps: 12,
    resources: 1,
    saved_at: '2026-11-22T09:00:00Z',
    saved_by: 'Ada Lindqvist',
    rules: [],
    version: 3,
    ...facts
});

beforeEach(() => {
    forget();
    allIsWell();
    answer(`GET ${LIST}`, () => ({
        playbooks: [aPlaybook('a'), aPlaybook('b', { is_offered: false, rules: ['Late deals'] })],
        next: null
    }));
});

async function show() {
    const element = mount('c-accord-playbooks', AccordPlaybooks);
    await settle();
    return { element, announced: listen(element, 'announce'), rows: allInside(element, 'c-accord-playbook') };
}
const press = async (row, selector) => {
    inside(row, selector).click();
    await settle();
};
const order = async (row, what) => {
    inside(inside(row, 'c-accord-row-order'), `[data-do="${what}"]`).click();
    await settle();
};
const sent = (method) => calls.filter(([one]) => one === method).at(-1);

it('says how one is made where there is none (B1)', async () => {
    answer(`GET ${LIST}`, { playbooks: [], next: null });
    const { element } = await show();

    expect(inside(element, '[data-none]').textContent).toContain('choose Save as playbook in the menu of the plan');
    await expect(element).toBeAccessible();
});

it('shows what each has, who saved it, and which rules begin with it', async () => {
    const { element, rows } = await show();

    expect(inside(rows[0], '[data-counts]').textContent).toBe('Stages: 4, steps: 12, resources: 1');
    expect(rows[0].shadowRoot.textContent).toContain('Saved by Ada Lindqvist on Nov 22, 2026');
    expect(rows.map((row) => inside(row, '[data-state]').textContent)).toEqual(['Offered', 'Hidden']);
    expect([inside(rows[0], '[data-rules]'), inside(rows[1], '[data-rules]').textContent]).toEqual([
        null,
        'Rules that begin with it: Late deals'
    ]);
    await expect(element).toBeAccessible();
});

it('hides one and moves one, each in the version that was seen, and reads all again', async () => {
    answer(`PATCH ${PATH}/a`, aPlaybook('a'));
    const { announced, rows } = await show();

    await press(rows[0], '[data-offer]');
    expect(sent('PATCH').slice(1)).toEqual([`${PATH}/a`, { is_offered: false }, '"3"']);
    expect(announced).toHaveBeenLastCalledWith({ text: expect.stringContaining('is hidden') });
    expect(rows[0].shadowRoot.activeElement).toBe(inside(rows[0], '[data-offer]'));
    await order(rows[0], 'down');
    expect(sent('PATCH')[2]).toEqual({ position: 1 });
    expect(announced).toHaveBeenLastCalledWith({ text: '“Playbook a” stands at place 2 now.' });
    expect(calls.filter(([method, path]) => method === 'GET' && path === LIST)).toHaveLength(3);
});

it('is renamed; what was typed is not lost unasked, and a title that is taken is said at its field', async () => {
    answer(`PATCH ${PATH}/a`, refusing(anError('INVALID_VALUE', 'No.', { field: 'title', message: 'It is taken.' })));
    const { element, rows } = await show();
    await press(rows[0], '[data-edit]');
    expect(element.hasUnsaved).toBe(false);
    inside(rows[0], '[data-field="title"]').value = 'Taken';
    expect(element.hasUnsaved).toBe(true);

    inside(rows[0], 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
    expect(inside(rows[0], '[data-field="title"]').shownMessage).toBe('It is taken.');
    answer(`PATCH ${PATH}/a`, aPlaybook('a'));
    inside(rows[0], '[data-field="title"]').dispatchEvent(new CustomEvent('change'));
    expect(inside(rows[0], '[data-field="title"]').shownMessage).toBe('');
    inside(rows[0], 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();

    expect(sent('PATCH')[2]).toEqual({ title: 'Taken', description: 'For big ones' });
    expect([inside(rows[0], 'form'), element.hasUnsaved]).toEqual([null, false]);
});

it('asks before one is deleted, and does not delete what a rule begins with', async () => {
    answer(`DELETE ${PATH}/a`, null);
    const { announced, rows } = await show();

    await order(rows[1], 'remove');
    expect(inside(rows[1], '[data-problem]').textContent).toContain('Late deals');
    expect(inside(rows[1], 'c-accord-confirm')).toBeNull();
    await order(rows[0], 'remove');
    expect(inside(rows[0], 'c-accord-confirm').question).toContain('Playbook a');
    inside(rows[0], 'c-accord-confirm').dispatchEvent(new CustomEvent('cancel'));
    await settle();
    expect(inside(rows[0], 'c-accord-row-order').shadowRoot.activeElement.dataset.do).toBe('remove');
    await order(rows[0], 'remove');
    inside(rows[0], 'c-accord-confirm').dispatchEvent(new CustomEvent('confirm'));
    await settle();

    expect([sent('DELETE')[1], sent('DELETE')[3]]).toEqual([`${PATH}/a`, '"3"']);
    expect(announced).toHaveBeenLastCalledWith({ text: '“Playbook a” is deleted.' });
});

it('shows what stands now where somebody else was first', async () => {
    answer(`PATCH ${PATH}/a`, refusing(anError('CHANGED_MEANWHILE', 'Load it.')));
    const { rows } = await show();

    await press(rows[0], '[data-offer]');

    expect(inside(rows[0], '[data-problem]').textContent).toContain('It is shown as it is now');
    expect(calls.filter(([method]) => method === 'GET')).toHaveLength(2);
});
