import AccordBrakeBanner from 'c/accordBrakeBanner';
import AccordSafety from 'c/accordSafety';
import { inside, listen, mount, settle } from 'accordTestKit';
import { SAFETY, aBrake, someBrakes } from 'accordSafetyKit';
import { allIsWell, anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const WAITING = { count: 12, calls: 3, writes: [{ sobject: 'Task', kind: 'step_updated', creates: true, count: 12 }] };
const UNTIL = '2026-11-29T18:04:00Z';

beforeEach(() => {
    forget();
    allIsWell();
});

const show = async (brakes = {}) => {
    answer(`GET ${SAFETY}`, someBrakes(brakes));
    const element = mount('c-accord-safety', AccordSafety);
    await settle();
    return element;
};
const partOf = (element, name) => inside(element, `c-accord-${name}`);
const press = async (part, name) => {
    inside(part, `[data-${name}]`).click();
    await settle();
};
const posts = () => calls.filter(([method]) => method !== 'GET').map(([method, path, body]) => [method, path, body]);

describe('the stop switch', () => {
    it('says that Accord writes, and what stops and what stays before it stops anything', async () => {
        const element = await show();
        const part = partOf(element, 'stop-switch');
        expect(inside(part, '[data-state]').textContent).toBe('Accord writes to Halden.');
        await expect(element).toBeAccessible();

        await press(part, 'ask');
        expect(part.shadowRoot.activeElement).toBe(inside(part, '[data-ask-title]'));
        expect(inside(part, '[data-asking]').textContent).toContain('What waits stays in the queue');
        expect(posts()).toEqual([]);
        await expect(element).toBeAccessible();

        await press(part, 'cancel');
        expect(part.shadowRoot.activeElement).toBe(inside(part, '[data-ask]'));
    });

    it('stops once, says so, and has the shell look again', async () => {
        const element = await show();
        const part = partOf(element, 'stop-switch');
        const [said, changed] = [listen(element, 'announce'), listen(element, 'brakes')];
        answer(`POST ${SAFETY}/stop`, someBrakes({ stopped: aBrake(), under_way: 2 }));
        await press(part, 'ask');
        inside(part, '[data-confirm]').click();
        await Promise.resolve();
        expect(inside(part, '[data-confirm]').disabled).toBe(true);
        await settle();

        expect(posts()).toEqual([['POST', `${SAFETY}/stop`, {}]]);
        expect(inside(part, '[data-since]').textContent).toBe('Since Nov 22, 2026, 10:04 AM, by Ada.');
        expect(inside(part, '[data-under-way]').textContent).toContain('2 writes had been sent before');
        expect(part.shadowRoot.activeElement).toBe(inside(part, '[data-heading]'));
        expect(said).toHaveBeenCalledWith({ text: 'All writes are stopped.' });
        expect(changed).toHaveBeenCalledTimes(1);
        await expect(element).toBeAccessible();
    });

    it('says what goes out before it starts again', async () => {
        const element = await show({ stopped: aBrake(), waiting: WAITING });
        const part = partOf(element, 'stop-switch');
        answer(`POST ${SAFETY}/start`, someBrakes());
        await press(part, 'ask');
        expect(inside(part, '[data-asking]').textContent).toContain('12 writes, about 3 API calls');
        await press(part, 'confirm');

        expect(posts()).toEqual([['POST', `${SAFETY}/start`, {}]]);
        expect(inside(part, '[data-state]').textContent).toBe('Accord writes to Halden.');
    });

    it('says when that did not work, and can be tried again', async () => {
        const element = await show();
        const part = partOf(element, 'stop-switch');
        answer(`POST ${SAFETY}/stop`, refusing(anError('UNREACHABLE', 'Accord cannot be reached.')));
        await press(part, 'ask');
        await press(part, 'confirm');

        expect(part.shadowRoot.activeElement.textContent).toBe('Accord cannot be reached.');
        expect(inside(part, '[data-confirm]').disabled).toBe(false);
        await expect(element).toBeAccessible();
    });
});

describe('observing', () => {
    it('says until when, what would be written, and ends for the typed name alone', async () => {
        const element = await show({ observed: aBrake({ until: UNTIL, by: null }), waiting: WAITING });
        const part = partOf(element, 'observing');
        expect(inside(part, '[data-state]').textContent).toBe('Halden is observed until Nov 29, 2026, 10:04 AM.');
        expect(inside(partOf(element, 'waiting'), '[data-write]').textContent).toBe('Taskstep updatedMakes records12');
        await expect(element).toBeAccessible();

        answer(`POST ${SAFETY}/observe/end`, refusing(anError('INVALID_VALUE', 'Type the name of the org: Halden.')));
        inside(part, '[data-name]').value = 'Hal';
        await press(part, 'end');
        expect(inside(part, '[data-problem]').textContent).toContain('Type the name');
        expect(part.shadowRoot.activeElement).toBe(inside(part, '[data-name]'));
        expect(inside(part, '[data-name]').value).toBe('Hal');
        await expect(element).toBeAccessible();

        answer(`POST ${SAFETY}/observe/end`, someBrakes());
        inside(part, '[data-name]').value = 'Halden';
        await press(part, 'end');
        expect(posts().at(-1)).toEqual(['POST', `${SAFETY}/observe/end`, { org_name: 'Halden' }]);
        expect(inside(part, '[data-state]').textContent).toBe('This org is not observed.');
    });

    it('begins anew after a question', async () => {
        const element = await show();
        const part = partOf(element, 'observing');
        answer(`POST ${SAFETY}/observe`, someBrakes({ observed: aBrake({ until: UNTIL }) }));
        await press(part, 'ask');
        expect(posts()).toEqual([]);
        await expect(element).toBeAccessible();
        await press(part, 'confirm');

        expect(inside(part, '[data-state]').textContent).toContain('is observed until');
    });
});

describe('quiet time', () => {
    it('is asked for in the zone of the admin, and ended', async () => {
        const element = await show();
        const part = partOf(element, 'quiet-time');
        expect(inside(part, '#hint, .hint').textContent).toContain('America/Los_Angeles');
        answer(`POST ${SAFETY}/quiet`, someBrakes({ quiet: aBrake({ until: '2026-11-23T14:00:00Z' }) }));
        inside(part, '[data-until]').value = '06:00';
        await press(part, 'keep');
        expect(posts()).toEqual([['POST', `${SAFETY}/quiet`, { until: '06:00', time_zone: 'America/Los_Angeles' }]]);
        expect(inside(part, '[data-state]').textContent).toBe('Quiet until Nov 23, 2026, 6:00 AM.');
        await expect(element).toBeAccessible();

        answer(`DELETE ${SAFETY}/quiet`, someBrakes());
        await press(part, 'end');
        expect(inside(part, '[data-state]').textContent).toBe('No quiet time is set.');
    });

    it('asks for a time before it asks Accord', async () => {
        const element = await show();
        const part = partOf(element, 'quiet-time');
        inside(part, '[data-until]').value = '';
        await press(part, 'keep');

        expect(inside(part, '[data-problem]').textContent).toContain('Enter a time of day');
        expect(part.shadowRoot.activeElement).toBe(inside(part, '[data-until]'));
        expect(posts()).toEqual([]);
        await expect(element).toBeAccessible();
    });
});

it('says that it loads, why it could not, and tries again', async () => {
    answer(`GET ${SAFETY}`, refusing(anError('UNREACHABLE', 'Away.')));
    const element = mount('c-accord-safety', AccordSafety);
    expect(inside(element, 'c-accord-page-state').failure).toBeNull();
    await settle();
    expect(inside(element, 'c-accord-page-state').failure.message).toBe('Away.');
    await expect(element).toBeAccessible();

    answer(`GET ${SAFETY}`, someBrakes());
    inside(element, 'c-accord-page-state').dispatchEvent(new CustomEvent('retry'));
    await settle();
    expect(partOf(element, 'stop-switch')).not.toBeNull();
});

describe('the banner', () => {
    const showBanner = async (brakes) => {
        answer(`GET ${SAFETY}`, brakes);
        const element = mount('c-accord-brake-banner', AccordBrakeBanner);
        await settle();
        return element;
    };

    it('is not there while nothing keeps Accord from writing, or while that cannot be asked', async () => {
        const element = await showBanner(someBrakes());
        expect(inside(element, '[data-banner]')).toBeNull();

        answer(`GET ${SAFETY}`, refusing(anError('UNREACHABLE', 'Away.')));
        await element.refresh();
        expect(inside(element, '[data-banner]')).toBeNull();
    });

    it('tells every brake, and leads to its page', async () => {
        const until = UNTIL;
        const element = await showBanner(
            someBrakes({ stopped: aBrake({ by: null }), observed: aBrake({ until }), quiet: aBrake({ until }) })
        );
        const went = listen(element, 'go');

        expect(inside(element, '[data-brake="stopped"]').textContent).toContain('by Accord itself');
        expect(inside(element, '[data-brake="observed"]').textContent).toContain('only observed until Nov 29');
        expect(inside(element, '[data-brake="quiet"]').textContent).toContain('Quiet until Nov 29');
        await expect(element).toBeAccessible();
        inside(element, '[data-go]').click();
        expect(went).toHaveBeenCalledWith({ page: 'safety' });
        element.current = 'safety';
        await settle();
        expect(inside(element, '[data-go]')).toBeNull();
    });
});
