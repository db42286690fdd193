import AccordLeaving from 'c/accordLeaving';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { aLeaving } from 'accordPrivacyKit';
import { catchDownloads } from 'accordSafetyKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, forget } from 'settingsAnswers';

beforeEach(forget);

const LEAVES = 'GET /api/v1/what-leaves';
const show = async (found = aLeaving()) => {
    answer(LEAVES, found);
    const element = mount('c-accord-leaving', AccordLeaving);
    await settle();
    return element;
};
const type = async (element, text) => {
    const input = inside(element, '[data-text]');
    input.value = text;
    input.dispatchEvent(new CustomEvent('input'));
    await settle();
};
const fieldsOf = (element) => allInside(element, '[data-field]').map((row) => row.dataset.field);

it('shows each field once, with every reason and every copy', async () => {
    const element = await show();

    expect(fieldsOf(element)).toEqual(['Account.Id', 'Opportunity.Amount']);
    expect(inside(element, '[data-field="Account.Id"]').textContent).toContain('Nowhere: it is passed on');
    const amount = inside(element, '[data-field="Opportunity.Amount"]');
    expect(amount.textContent).toContain('keep values equal; chosen in Slideout');
    const copies = [...amount.querySelectorAll('.copies p')].map((copy) => copy.textContent);
    expect(copies).toEqual([
        'PlansHow long: while the plan has its dealWho can see it: Who sees Plans.',
        'DraftsHow long: 30 daysWho can see it: Who sees Drafts.'
    ]);
    expect(inside(element, '[data-region]').textContent).toBe('Where all of it lies: Frankfurt, Germany.');
    expect(allInside(element, '[data-place]')).toHaveLength(2);
    await expect(element).toBeAccessible();
});

it('says when nobody has said where it lies', async () => {
    const element = await show(aLeaving({ region: null }));

    expect(inside(element, '[data-region]').textContent).toContain('has not said where the database lies');
});

it('finds by object, reason and place, and by whether a copy is kept', async () => {
    const element = await show();
    await type(element, 'slideout');
    expect(fieldsOf(element)).toEqual(['Opportunity.Amount']);
    expect(inside(element, '[data-count]').textContent).toBe('1 of 2 fields');
    await type(element, 'no such field');
    expect(inside(element, '[data-count]').textContent).toBe('No field fits.');
    expect(inside(element, '[data-csv]')).toBeNull();
    await expect(element).toBeAccessible();

    await type(element, '');
    const only = inside(element, '[data-copies]');
    only.checked = true;
    only.dispatchEvent(new CustomEvent('change'));
    await settle();
    expect(fieldsOf(element)).toEqual(['Opportunity.Amount']);
});

it('takes the same lines along as a file, a line for each copy', async () => {
    const saved = catchDownloads();
    const element = await show();
    const said = listen(element, 'announce');
    inside(element, '[data-csv]').click();
    const [[name, blob]] = saved;
    const text = await new Promise((resolve) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result);
        reader.readAsText(blob);
    });

    expect(name).toBe('accord-what-leaves.csv');
    expect(text.split('\r\n')).toEqual([
        'Object and field,Why,Where a copy lies,How long,Who can see it',
        'Account.Id,know the account,Nowhere: it is passed on,,',
        'Opportunity.Amount,"keep values equal; chosen in Slideout, ""Deal""",Plans,while the plan has its deal,Who sees Plans.',
        'Opportunity.Amount,"keep values equal; chosen in Slideout, ""Deal""",Drafts,30 days,Who sees Drafts.',
        ''
    ]);
    expect(said).toHaveBeenCalledWith({ text: 'The file was saved.' });
});

it('says that it loads, why it could not, and tries again', async () => {
    const element = await show(refusing(anError('UNREACHABLE', 'Away.')));
    expect(inside(element, 'c-accord-page-state').failure.message).toBe('Away.');
    await expect(element).toBeAccessible();

    answer(LEAVES, aLeaving());
    inside(element, 'c-accord-page-state').dispatchEvent(new CustomEvent('retry'));
    await settle();
    expect(fieldsOf(element)).toHaveLength(2);
});
