import AccordCost from 'c/accordCost';
import AccordCostNote from 'c/accordCostNote';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { aCost, anOverview } from 'accordPrivacyKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, forget } from 'settingsAnswers';

beforeEach(forget);

const OVERVIEW = 'GET /api/v1/cost/overview';
const show = async (found = anOverview()) => {
    answer(OVERVIEW, found);
    const element = mount('c-accord-cost', AccordCost);
    await settle();
    return element;
};
const cellsOf = (row) => [...row.children].map((cell) => cell.textContent.trim());
const barsOf = (element, room) => inside(element, `[data-room="${room}"] c-accord-bars`);

it('shows what is on and what each part costs a day, with looking and all together', async () => {
    const element = await show();

    expect(cellsOf(inside(element, '[data-feature="activity"]'))).toEqual(['Tasks of activity', 'On', '120', '9', '18', '0.2']);
    expect(cellsOf(inside(element, '[data-feature="fields"]'))[1]).toBe('Off');
    expect(inside(element, '[data-feature="events"] [data-badge]')).toBeNull();
    expect(inside(element, '[data-looking]').textContent).toContain('2,017');
    expect(cellsOf(inside(element, '[data-total]'))).toEqual(['Together', '', '120', '36', '2,089', '0.2']);
    expect(inside(element, '[data-measured]').textContent).toContain('2,480 API calls in the last 24 hours');
    expect(inside(element, '[data-because]').textContent).toBe('By the last 7 days.');
    await expect(element).toBeAccessible();
});

it('sets it beside what the org has left of each', async () => {
    const element = await show();

    expect(barsOf(element, 'calls').items.map(({ value }) => value)).toEqual([2125, 98000]);
    expect(barsOf(element, 'events').items.map(({ value }) => value)).toEqual([2, 49990]);
    expect(barsOf(element, 'storage').full).toBe(5);
    expect(inside(element, '[data-not-known]')).toBeNull();
});

it('tells the costs all the same when the org does not tell what is left', async () => {
    const room = { calls_a_day: null, events_an_hour: null, storage_mb: null, not_known: 'Salesforce is away.' };
    const element = await show(anOverview({ room }));

    expect(inside(element, '[data-not-known]').textContent).toContain('Salesforce is away.');
    expect(allInside(element, 'c-accord-bars')).toHaveLength(0);
    expect(inside(element, '[data-room="calls"]').textContent).toContain('The org does not tell.');
    await expect(element).toBeAccessible();
});

it('calls an upper bound one, and says when nothing was measured yet', async () => {
    const bound = { ...aCost('auto_create', { is_at_most: true }), is_on: true };
    const element = await show(anOverview({ features: [bound, { ...aCost('events'), is_on: null }], measured_calls: null }));

    expect(cellsOf(inside(element, '[data-feature="auto_create"]'))[3]).toBe('at most 9');
    expect(cellsOf(inside(element, '[data-feature="events"]'))[3]).toBe('9');
    expect(inside(element, '[data-measured]').textContent).toBe('Accord has made no API call yet.');
    await expect(element).toBeAccessible();
});

it('says why it could not be asked, and tries again', async () => {
    const element = await show(refusing(anError('UNREACHABLE', 'Away.')));
    expect(inside(element, 'c-accord-page-state').failure.message).toBe('Away.');
    await expect(element).toBeAccessible();

    answer(OVERVIEW, anOverview());
    inside(element, 'c-accord-page-state').dispatchEvent(new CustomEvent('retry'));
    await settle();
    expect(allInside(element, '[data-feature]')).toHaveLength(4);
});

describe('the note on a page', () => {
    const note = async (found) => {
        answer(OVERVIEW, found);
        const element = mount('c-accord-cost-note', AccordCostNote, { feature: 'two_way' });
        await settle();
        return element;
    };

    it('tells writes, looking and what is left', async () => {
        const element = await note(anOverview());

        expect(inside(element, '[data-cost]').textContent).toBe(
            'About 3 records in 27 API calls a day. By the last 7 days. ' +
                'Looking for changes in Salesforce costs about 2,017 API calls a day besides. ' +
                'The org has 98,000 of 100,000 API calls of 24 hours left. The org has 3 of 5 MB of data storage left.'
        );
        await expect(element).toBeAccessible();
    });

    it('says what is not known', async () => {
        const nothing = { ...aCost('two_way', { measured_days: 0, because: 'Nothing was measured yet.' }), is_on: true };
        const room = { calls_a_day: null, events_an_hour: null, storage_mb: null, not_known: 'No.' };
        const element = await note(anOverview({ features: [nothing], room, looking_calls_a_day: 0 }));
        expect(inside(element, '[data-cost]').textContent).toContain('Nothing was measured yet.');

        const other = await note(refusing(anError('UNREACHABLE', 'Away.')));
        expect(inside(other, '[data-cost]').textContent).toBe('Not known: Away.');
    });
});
