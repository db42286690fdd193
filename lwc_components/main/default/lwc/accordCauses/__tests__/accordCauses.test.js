import AccordBudget from 'c/accordBudget';
import AccordCauses from 'c/accordCauses';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { allIsWell, anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const CAUSE = {
    code: 'ENTITY_IS_LOCKED',
    recovery: 'data',
    sobject: 'Opportunity',
    advice: 'An approval locks the deal.',
    message: 'entity is locked',
    field_names: ['Amount'],
    count: 3,
    since: '2026-11-22T08:00:00Z'
};
const PAUSE = {
    behind: 'connection',
    member_id: null,
    code: 'X',
    message: 'The org is paused.',
    since: '2026-11-22T08:00:00Z',
    until: null
};
const overview = (facts = {}) => answer('GET /api/v1/deliveries', { counts: {}, oldest: null, pauses: [], causes: [], ...facts });

beforeEach(() => {
    forget();
    allIsWell();
});

describe('errors', () => {
    const show = async () => {
        const element = mount('c-accord-causes', AccordCauses);
        await settle();
        return element;
    };

    it('says that nothing stands still', async () => {
        const element = await show();

        expect(inside(element, '[data-sum]').textContent).toContain('Nothing stands still.');
        await expect(element).toBeAccessible();
    });

    it('shows each cause once, with advice, fields and the words of Salesforce', async () => {
        overview({ causes: [CAUSE, { ...CAUSE, sobject: 'Task', count: 1, field_names: [], since: null }], pauses: [PAUSE] });
        const element = await show();
        const card = inside(element, '[data-cause]');

        expect(inside(element, '[data-sum]').textContent).toBe('4 writes stand still until a person looks.');
        expect(card.textContent).toContain('3 writes to Opportunity');
        expect(card.textContent).toContain('An approval locks the deal.');
        expect(card.textContent).toContain('Salesforce: entity is locked (ENTITY_IS_LOCKED)');
        expect(card.textContent).toContain('Fields: Amount');
        expect(inside(element, '[data-pause]').textContent).toContain('when a person has mended it');
        await expect(element).toBeAccessible();
    });

    it('tries all of one cause again with one click, and says how many (D61)', async () => {
        overview({ causes: [CAUSE] });
        const element = await show();
        const said = listen(element, 'announce');
        answer('POST /api/v1/deliveries/retry', { retried: 3 });
        overview();
        inside(element, '[data-retry]').click();
        await settle();

        expect(calls.find(([method]) => method === 'POST')[2]).toEqual({
            code: 'ENTITY_IS_LOCKED',
            recovery: CAUSE.recovery,
            sobject: CAUSE.sobject
        });
        expect(said).toHaveBeenCalledWith({ text: '3 writes are tried again.' });
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-sum]'));
        expect(allInside(element, '[data-cause]')).toHaveLength(0);
    });

    it('says when that did not work, and when nothing could be loaded', async () => {
        overview({ causes: [CAUSE] });
        const element = await show();
        answer('POST /api/v1/deliveries/retry', refusing(anError('ORG_STOPPED', 'All writes are stopped.')));
        inside(element, '[data-retry]').click();
        await settle();
        expect(inside(element, '[data-problem]').textContent).toBe('All writes are stopped.');
        await expect(element).toBeAccessible();

        answer('GET /api/v1/deliveries', refusing(anError('UNREACHABLE', 'Away.')));
        inside(element, '[data-reload]').click();
        await settle();
        expect(inside(element, 'c-accord-page-state').failure.message).toBe('Away.');
    });
});

describe('the budget', () => {
    const CALLS = {
        ...{ used: 900, allowed: 1000, left: 100, kept_for_people: 60, per_hour: 50 },
        ...{ used_up_at: '2026-11-22T16:40:00Z', stopped: ['backfill'], own: 300, own_most: 400, seen_at: '2026-11-22T10:00:00Z' }
    };
    const STOPS = [
        { priority: 'event', limit: 'people', at: '2026-11-22T14:00:00Z' },
        { priority: 'batch', limit: 'own_share', at: null },
        { priority: 'backfill', limit: 'own_share', at: null }
    ];
    const show = async (facts) => {
        if (facts) answer('GET /api/v1/deliveries/forecast', { calls: { ...CALLS, stops: STOPS, ...facts } });
        answer('GET /api/v1/settings/call-budget', { own_share: 50, kept_for_people: 10, backfill_stops_at: 75 }, '"3"');
        const element = mount('c-accord-budget', AccordBudget);
        await settle();
        await settle(); // its settings load after it
        return element;
    };
    const bars = (element, name) =>
        allInside(inside(element, `[data-${name}]`), '[data-bar]').map((bar) => [
            bar.dataset.bar,
            bar.querySelector('.value').textContent,
            bar.querySelector('.fill').style.width
        ]);

    it('says how many calls are left, how fast they go, when they end, and what rests (D68)', async () => {
        overview({ counts: { ready: 2, parked: 4 }, oldest: '2026-11-22T09:00:00Z' });
        const element = await show({});

        expect(inside(element, '[data-forecast]').textContent).toMatch(
            /^100 calls are left. They go at 50 an hour. .* used up on Nov 22, 2026/
        );
        expect(inside(element, '[data-own]').textContent).toMatch(/^Accord has made 300 .* it may make 400 in 24 hours.$/);
        expect(inside(element, '[data-stop="now"]').textContent).toMatch(
            /^These make no calls now: .*, back-fills?. Accord has used its share/
        );
        expect(inside(element, '[data-stop="later"]').textContent).toMatch(/from Nov 22, 2026.* on: .* The rest is kept for people.$/);
        expect(bars(element, 'calls')).toEqual([
            ['used', '900', '90%'],
            ['free', '40', '4%'],
            ['kept', '60', '6%']
        ]);
        expect(bars(element, 'backlog')[3]).toEqual(['parked', '4', '100%']);
        expect(inside(element, '[data-oldest]').textContent).toContain('The oldest waits since');
        await expect(element).toBeAccessible();
    });

    const form = (element) => inside(element, 'c-accord-call-budget');
    const set = async (element, name, value) => {
        const input = inside(form(element), `[data-name="${name}"]`);
        input.value = value;
        input.dispatchEvent(new CustomEvent('change'));
        await settle();
    };
    const save = async (element) => {
        inside(form(element), 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
        await settle();
        await settle();
    };

    it('sets how many calls Accord may use, and looks again at what that means (D67)', async () => {
        answer('PUT /api/v1/settings/call-budget', (body) => body, '"4"');
        const element = await show({ stops: [] });
        expect(inside(element, '[data-stop]')).toBeNull();

        await set(element, 'own_share', '25');
        expect(element.hasUnsaved).toBe(true);
        answer('GET /api/v1/deliveries/forecast', { calls: { ...CALLS, stops: STOPS } });
        await save(element);

        expect(element.hasUnsaved).toBe(false);
        expect(inside(element, '[data-stop="now"]')).not.toBeNull();
    });

    it('says at the number what is wrong with it', async () => {
        const items = [{ key: 'kept_for_people', message: 'Keep 0 to 90 percent.' }];
        answer('PUT /api/v1/settings/call-budget', refusing({ ...anError('INVALID_VALUE', 'Nothing was saved.'), items }));
        const element = await show({ stops: [] });
        await set(element, 'kept_for_people', '95');
        await save(element);

        expect(inside(form(element), '[data-error="kept_for_people"]').textContent).toBe('Keep 0 to 90 percent.');
        await expect(element).toBeAccessible();
    });

    it('says that they last, where they do', async () => {
        const element = await show({ per_hour: null, used_up_at: null, stopped: [] });

        expect(inside(element, '[data-forecast]').textContent).toBe('100 calls are left. They do not run out within a day.');
        expect(inside(element, '[data-stopped]')).toBeNull();
    });

    it('says that nothing is known before the first call, and looks again', async () => {
        const element = await show();
        expect(inside(element, '[data-unknown]')).not.toBeNull();
        expect(inside(element, '[data-oldest]').textContent).toBe('Nothing waits.');
        await expect(element).toBeAccessible();

        answer('GET /api/v1/deliveries/forecast', refusing(anError('UNREACHABLE', 'Away.')));
        inside(element, '[data-reload]').click();
        await settle();
        expect(inside(element, 'c-accord-page-state').failure.message).toBe('Away.');
    });
});
