import AccordCriteria from 'c/accordCriteria';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { AUTO_CREATE, CRITERIA, aCriterion, allIsWell, anError, refusing, someCriteria } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';
import { factsOf, keyFor, mergeOf } from '../model';

const SPONSOR = aCriterion('sponsor', { title: 'Executive sponsor', plans: 4 });
const REVIEW = aCriterion('review', { title: 'Security review', kind: 'checkbox', stages: ['Qualification'] });
const stored = ({ criteria }) => someCriteria(...criteria.map((one) => aCriterion(one.key, one)));

beforeEach(() => {
    forget();
    allIsWell();
    answer(`GET ${CRITERIA}`, someCriteria(SPONSOR, REVIEW), '"3"');
    answer(`PUT ${CRITERIA}`, stored, '"4"');
});

const show = async () => {
    const element = mount('c-accord-criteria', AccordCriteria);
    await settle();
    return element;
};
const itemOf = (element, key) => inside(element, `[data-criterion="${key}"] c-accord-criterion`);
const press = async (element, selector) => {
    inside(element, selector).click();
    await settle();
};
const type = async (entry, value, event = 'input') => {
    entry.value = value;
    entry.dispatchEvent(new CustomEvent(event));
    await settle();
};
const save = async (element) => {
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
};
const sent = () => calls.filter(([method]) => method === 'PUT').at(-1);
const titles = (element) => allInside(element, 'c-accord-criterion').map((one) => inside(one, '[data-name="title"]').value);

const orderOf = (element, key) => inside(element, `[data-criterion="${key}"] c-accord-row-order`);
const order = async (element, key, name, detail) => {
    orderOf(element, key).dispatchEvent(new CustomEvent(name, { detail }));
    await settle();
};

it('shows each criterion with its kind, its key, its stages and how many plans have something for it', async () => {
    const element = await show();
    const [sponsor, review] = allInside(element, 'c-accord-criterion');

    expect(inside(sponsor, '[data-key]').textContent).toBe('Role: a person · key sponsor');
    expect(inside(sponsor, '[data-plans]').textContent).toBe('4 plans have something for it');
    expect(inside(review, '[data-stages]').textContent).toContain('Required at: Qualification');
    await expect(element).toBeAccessible();
});

it('makes one whose key follows its name, and moves it up', async () => {
    const element = await show();
    await press(element, '[data-add]');
    const made = allInside(element, 'c-accord-criterion').at(-1);
    await type(inside(made, '[data-name="title"]'), 'Übergabe  done?');
    expect(inside(made, '[data-name="key"]').value).toBe('ubergabe_done');
    await type(inside(made, '[data-name="kind"]'), 'step', 'change');
    await press(made, '[data-stages]');
    const box = inside(made, '[data-choices] input');
    box.checked = true;
    box.dispatchEvent(new CustomEvent('change'));
    await settle();
    await order(element, 'ubergabe_done', 'move', { by: -1 });
    expect(element.shadowRoot.activeElement).toBe(orderOf(element, 'ubergabe_done'));
    await save(element);

    const [, , body, version] = sent();
    expect(version).toBe('"3"');
    expect(body.criteria.map(({ key }) => key)).toEqual(['sponsor', 'ubergabe_done', 'review']);
    expect(body.criteria[1]).toEqual({ key: 'ubergabe_done', kind: 'step', title: 'Übergabe  done?', stages: [box.dataset.value] });
    expect(element.hasUnsaved).toBe(false);
});

it('says what deleting means before anything goes, and keeps it when asked to', async () => {
    const element = await show();
    await order(element, 'sponsor', 'remove');
    const ask = inside(element, 'c-accord-confirm');
    expect(ask.question).toContain('Executive sponsor goes from every plan when you save. 4 plans have something for it.');
    await expect(element).toBeAccessible();

    ask.dispatchEvent(new CustomEvent('cancel'));
    await settle();
    expect(titles(element)).toEqual(['Executive sponsor', 'Security review']);
    expect(element.shadowRoot.activeElement).toBe(orderOf(element, 'sponsor'));
    await order(element, 'sponsor', 'remove');
    inside(element, 'c-accord-confirm').dispatchEvent(new CustomEvent('confirm'));
    await settle();
    await save(element);
    expect(sent()[2].criteria.map(({ key }) => key)).toEqual(['review']);
});

it('shows what was refused at the entry that it is about, and the empty state', async () => {
    const refused = { key: 'criteria.1', field: 'title', code: 'INVALID_VALUE', message: 'Give it a name.' };
    const stages = { ...refused, field: 'stages', message: 'No such stage.' };
    answer(`PUT ${CRITERIA}`, refusing(anError('INVALID_VALUE', 'Nothing was saved.', refused, stages)));
    const element = await show();
    await type(inside(itemOf(element, 'review'), '[data-name="title"]'), '');
    await save(element);
    expect(inside(itemOf(element, 'review'), '[data-problem-at="title"]').textContent).toBe('Give it a name.');
    expect(inside(itemOf(element, 'review'), '[data-problem-at="stages"]').textContent).toBe('No such stage.');
    answer(`PUT ${CRITERIA}`, stored, '"4"');
    await save(element);
    expect(inside(itemOf(element, 'review'), '[data-problem-at]')).toBeNull();

    answer(`GET ${CRITERIA}`, someCriteria(), '"0"');
    answer(`GET ${AUTO_CREATE}/choices`, refusing(anError('SALESFORCE_UNAVAILABLE', 'Try again later.')));
    const empty = await show();
    expect(inside(empty, '[data-none]').textContent).toContain('There are no execution criteria yet.');
    expect(inside(empty, '[data-stages-problem]').textContent).toContain('Try again later.');
});

it('tells of another name without telling of another order', async () => {
    const told = async (...criteria) => {
        answer(`GET ${CRITERIA}`, someCriteria(SPONSOR, REVIEW), '"3"');
        const element = await show();
        await type(inside(itemOf(element, 'review'), '[data-name="title"]'), 'Mine');
        answer(`PUT ${CRITERIA}`, refusing(anError('CHANGED_MEANWHILE', 'Ada was first.')));
        answer(`GET ${CRITERIA}`, someCriteria(...criteria), '"4"');
        await save(element);
        return inside(element, 'c-accord-meanwhile').changes.map(({ key }) => key);
    };

    expect(await told({ ...SPONSOR, title: 'Patron' }, REVIEW)).toEqual(['criterion.sponsor']);
    expect(await told(REVIEW, SPONSOR)).toEqual(['order']);
});

it('keeps what I changed, takes what another admin changed, and tells both', () => {
    const draft = (...criteria) => ({ criteria });
    const mine = draft({ ...SPONSOR, title: 'Sponsor' }, REVIEW, aCriterion('mine', { isNew: true }));
    const theirs = draft(REVIEW, { ...SPONSOR, title: 'Patron' }, aCriterion('theirs'));

    const merged = mergeOf(draft(SPONSOR, REVIEW), mine, theirs).criteria;
    expect(merged.map(({ key, title }) => [key, title])).toEqual([
        ['review', 'Security review'],
        ['sponsor', 'Sponsor'],
        ['theirs', 'theirs'],
        ['mine', 'mine']
    ]);
    expect(mergeOf(draft(SPONSOR, REVIEW), draft(REVIEW), draft(SPONSOR, REVIEW)).criteria).toEqual([REVIEW]);
    expect(factsOf(theirs).get('criterion.sponsor').text).toBe('Patron, Required at every stage');
    expect(keyFor('42 !', [{ key: 'criterion' }])).toBe('criterion_2');
});
