import AccordPlanList from 'c/accordPlanList';
import { inside, listen, mount, settle } from 'accordTestKit';

const offer = { id: 'r1', title: 'Offer', url: 'https://files.example/offer', is_internal: true, added_by_customer: true };
const sham = { id: 'r2', title: 'Sham', url: 'data:text/html,x', is_internal: false, added_by_customer: false };
const ana = { id: 'h1', name: 'Ana Brandt', title: 'Head of laboratory', email: 'ana@brightwater.example' };

const plan = { id: 'p1', version: 7 };

async function open(properties = {}, answers = {}) {
    const ways = {
        addResource: jest.fn(async () => ({})),
        removeResource: jest.fn(async () => ({})),
        addStakeholder: jest.fn(async () => ({})),
        removeStakeholder: jest.fn(async () => ({})),
        ...answers
    };
    const given = { kind: 'resources', items: [offer, sham], plan, ways, carry: (answer) => answer, ...properties };
    const element = mount('c-accord-plan-list', AccordPlanList, given);
    const said = listen(element, 'said');
    inside(element, '[data-toggle]').click();
    await settle();
    return { element, ways, said };
}
const item = (element, id) => inside(element, `[data-item="${id}"]`);
const press = async (element, selector) => {
    inside(element, selector).click();
    await settle();
};
const submit = async (element, values) => {
    for (const [name, value] of Object.entries(values)) inside(element, `[data-field="${name}"]`).value = value;
    inside(element, 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
};

it('shows links, and leads only where a web address leads', async () => {
    const { element } = await open();

    expect(inside(element, '[data-toggle]').textContent).toBe('Resources (2)');
    expect(item(element, 'r1').address).toBe('https://files.example/offer');
    expect(item(element, 'r1').facts).toEqual(['From the customer']);
    expect(item(element, 'r1').isInternal).toBe(true);
    expect(item(element, 'r2').address).toBeNull();
    expect(item(element, 'r2').facts).toEqual([]);
    await expect(element).toBeAccessible();
});

it('adds a link, once for every try of the wish', async () => {
    const addResource = jest.fn().mockRejectedValueOnce({ code: 'X', message: 'No.', items: [] }).mockResolvedValue({});
    const { element, said } = await open({}, { addResource });
    await press(element, '[data-add]');
    expect(element.hasTyped).toBe(false);
    inside(element, '[data-internal]').checked = true;

    await submit(element, { title: ' Offer ', url: 'https://files.example/2' });
    expect(inside(element, '[data-error]').textContent).toBe('No.');
    expect(element.hasTyped).toBe(true);
    await submit(element, {});

    const [[, entered, key], [, , again]] = addResource.mock.calls;
    expect(entered).toEqual({ title: 'Offer', url: 'https://files.example/2', is_internal: true });
    expect(again).toBe(key);
    expect(said).toHaveBeenCalledWith('“Offer” is added.');
    expect(inside(element, 'form')).toBeNull();
});

it('puts what is wrong at its field', async () => {
    const items = [{ field: 'url', message: 'No web address.' }];
    const { element } = await open({}, { addResource: jest.fn().mockRejectedValue({ code: 'INVALID_VALUE', message: 'No.', items }) });
    await press(element, '[data-add]');
    const url = inside(element, '[data-field="url"]');
    url.setCustomValidity = jest.fn();

    await submit(element, { title: 'Offer', url: 'x' });

    expect(url.setCustomValidity).toHaveBeenCalledWith('No web address.');
    expect(inside(element, '[data-error]')).toBeNull();
});

it('removes one whose question names it, and gives the focus to the list', async () => {
    const { element, ways, said } = await open();

    expect(item(element, 'r1').question).toBe('Remove “Offer” from the plan?');
    await item(element, 'r1').remove();

    expect(ways.removeResource).toHaveBeenCalledWith('p1', offer, plan);
    expect(said).toHaveBeenCalledWith('“Offer” is removed.');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-toggle]'));
});

it('does the same for stakeholders', async () => {
    const { element, ways } = await open({ kind: 'stakeholders', items: [ana] });
    expect(item(element, 'h1').facts).toEqual(['Head of laboratory', 'ana@brightwater.example']);
    await press(element, '[data-add]');

    await submit(element, { name: 'Dana Lee' });

    expect(ways.addStakeholder).toHaveBeenCalledWith('p1', { name: 'Dana Lee', title: '', email: '' }, expect.any(String));
});

it('changes nothing of a plan that can only be read', async () => {
    const { element } = await open({ readOnly: true });

    expect(inside(element, '[data-add]')).toBeNull();
    expect(item(element, 'r1').remove).toBeNull();
});
