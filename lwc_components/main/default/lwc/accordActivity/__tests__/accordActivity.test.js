import AccordActivity from 'c/accordActivity';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { ACTIVITY, allIsWell, anActivitySetup, anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const TASK = {
    outcome: 'written',
    message: '',
    task: { Subject: '[Accord: Comment] 3 times', Status: 'Completed', ActivityDate: '2026-11-22', WhatId: '006' },
    written_by: 'integration_owner',
    reason: 'no_actor_given'
};

beforeEach(() => {
    forget();
    allIsWell();
    answer(`POST ${ACTIVITY}/preview`, TASK);
    answer(`PUT ${ACTIVITY}`, (body) => body, '"1"');
});

const show = async () => {
    const element = mount('c-accord-activity', AccordActivity);
    await settle();
    return element;
};
const kindOf = (element, kind) => inside(element, `[data-kind="${kind}"] c-accord-activity-kind`);
const enter = async (element, kind, name, value) => {
    const entry = inside(kindOf(element, kind), `[data-name="${name}"]`);
    if (typeof value === 'boolean') entry.checked = value;
    else entry.value = value;
    entry.dispatchEvent(new CustomEvent(entry.tagName === 'INPUT' && typeof value !== 'boolean' ? 'input' : 'change'));
    await settle();
};
const save = async (element) => {
    inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
    await settle();
};
const saved = () => calls.find(([method]) => method === 'PUT');

it('shows the six kinds with their fixed prefixes (A94 to A100)', async () => {
    const element = await show();

    expect(allInside(element, '[data-kind]').map((one) => one.dataset.kind)).toEqual([
        ...['step_updated', 'comment', 'customer_view', 'resource_added', 'member_invited', 'member_joined']
    ]);
    expect(inside(kindOf(element, 'comment'), 'strong').textContent).toBe('[Accord: Comment]');
    expect(inside(element, '[data-enabled]').checked).toBe(false);
    await expect(element).toBeAccessible();
});

it('saves kinds, folding and texts as a whole (D24, D26)', async () => {
    const element = await show();
    await enter(element, 'comment', 'folding', 'minutes');
    await enter(element, 'comment', 'minutes', '15');
    await enter(element, 'comment', 'text', 'Says: {text}');
    await enter(element, 'comment', 'internal', 'marked');
    await enter(element, 'customer_view', 'enabled', false);
    await expect(kindOf(element, 'comment')).toBeAccessible();
    await save(element);

    const [, , body, version] = saved();
    const comment = body.kinds.find(({ kind }) => kind === 'comment');
    expect(version).toBe('"0"');
    expect(comment).toMatchObject({ folding: 'minutes', minutes: 15, text: 'Says: {text}', internal: 'marked' });
    expect(body.kinds.find(({ kind }) => kind === 'customer_view').enabled).toBe(false);
    expect(element.hasUnsaved).toBe(false);
});

it('takes the minutes away where they mean nothing', async () => {
    const element = await show();
    await enter(element, 'comment', 'folding', 'minutes');
    expect(inside(kindOf(element, 'comment'), '[data-name="minutes"]').value).toBe('60');
    await enter(element, 'comment', 'folding', 'none');
    await save(element);

    expect(saved()[2].kinds.find(({ kind }) => kind === 'comment')).toMatchObject({ folding: 'none', minutes: null });
});

it('is switched on, with the time zone of the owner', async () => {
    const element = await show();
    inside(element, '[data-enabled]').checked = true;
    inside(element, '[data-enabled]').dispatchEvent(new CustomEvent('change'));
    inside(element, '[data-zone]').dispatchEvent(new CustomEvent('choose', { detail: { value: 'Europe/Oslo' } }));
    await settle();
    await save(element);

    expect(saved()[2]).toMatchObject({ enabled: true, owner_time_zone: 'Europe/Oslo' });
});

it('shows what is wrong at its entry and puts the focus there', async () => {
    const item = { key: 'kinds.comment.folded_text', field: 'kinds.comment.folded_text', message: 'Say how many with {count}.' };
    answer(`PUT ${ACTIVITY}`, refusing(anError('INVALID_VALUE', 'The settings were not saved.', item)));
    const element = await show();
    await enter(element, 'comment', 'folded_text', 'many');
    await save(element);

    const kind = kindOf(element, 'comment');
    expect(inside(kind, '[id^="folded_text-error"]').textContent).toBe('Say how many with {count}.');
    expect(kind.shadowRoot.activeElement).toBe(inside(kind, '[data-name="folded_text"]'));
    await expect(kind).toBeAccessible();
});

it('tells the second of two admins what the first has changed, and brings both together', async () => {
    const theirs = anActivitySetup({ enabled: true });
    theirs.kinds[0] = { ...theirs.kinds[0], text: 'Theirs: {text}' };
    const element = await show();
    await enter(element, 'comment', 'text', 'Mine: {text}');
    answer(`PUT ${ACTIVITY}`, refusing(anError('CHANGED_MEANWHILE', 'Somebody else has changed these settings.')));
    answer(`GET ${ACTIVITY}`, theirs, '"9"');
    await save(element);

    const told = inside(element, 'c-accord-meanwhile');
    expect(told.changes.map(({ key }) => key)).toEqual(['enabled', 'step_updated.text']);
    await expect(told).toBeAccessible();
    told.dispatchEvent(new CustomEvent('merge'));
    await settle();
    answer(`PUT ${ACTIVITY}`, (body) => body, '"10"');
    await save(element);
    const [, , body, version] = calls.filter(([method]) => method === 'PUT').at(-1);
    expect([version, body.enabled, body.kinds[0].text, body.kinds[1].text]).toEqual(['"9"', true, 'Theirs: {text}', 'Mine: {text}']);
});

describe('the preview', () => {
    const preview = async () => {
        const element = await show();
        await enter(element, 'comment', 'text', 'Not saved: {text}');
        inside(kindOf(element, 'comment'), '[data-preview]').click();
        await settle();
        return [element, inside(element, 'c-accord-task-preview')];
    };
    const sample = () => calls.filter(([method]) => method === 'POST').at(-1)[2];

    it('shows the very Task with settings that are not saved yet', async () => {
        const [, box] = await preview();

        expect(sample()).toMatchObject({ kind: 'comment', times: 3, is_internal: false });
        expect(sample().settings.kinds[1].text).toBe('Not saved: {text}');
        expect(inside(box, '[data-task]').textContent).toContain('[Accord: Comment] 3 times');
        expect(saved()).toBeUndefined();
        await expect(box).toBeAccessible();
    });

    it('says why no Task is written', async () => {
        answer(`POST ${ACTIVITY}/preview`, { ...TASK, task: null, outcome: 'skipped', message: 'Internal items are not written.' });
        const [, box] = await preview();
        inside(box, '[data-internal]').checked = true;
        inside(box, '[data-internal]').dispatchEvent(new CustomEvent('change'));
        await settle();

        expect(sample().is_internal).toBe(true);
        expect(inside(box, '[data-refusal]').textContent).toBe('Internal items are not written.');
        await expect(box).toBeAccessible();
    });

    it('names the wrong entry when the settings cannot be tried', async () => {
        const item = { key: 'kinds.comment.text', message: 'Only {text} and {count} can be filled in.' };
        answer(`POST ${ACTIVITY}/preview`, refusing(anError('INVALID_VALUE', 'Not saved.', item)));
        const [, box] = await preview();
        inside(box, '[data-times]').value = '2000';
        inside(box, '[data-times]').dispatchEvent(new CustomEvent('change'));
        await settle();

        expect(sample().times).toBe(1000);
        expect(inside(box, '[data-problem]').textContent).toContain('Only {text} and {count}');
    });
});
