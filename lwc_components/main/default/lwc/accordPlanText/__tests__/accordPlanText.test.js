import { changesBetween, firstOpen, isAsWished, overdueText, stageFacts, whenText } from 'c/accordPlanText';
import { aStage, aStep } from 'accordTestKit';

const late = aStep('2', { due_date: '2026-11-01', is_overdue: true });
const done = aStep('3', { is_completed: true, completed_on: '2026-11-20', due_date: '2026-11-01', is_overdue: true });

it.each([
    [aStep('1'), null],
    [aStep('1', { due_date: '2026-12-03' }), 'Due Dec 3, 2026'],
    [late, 'Overdue: was due Nov 1, 2026'],
    [done, 'Completed Nov 20, 2026'],
    [aStep('1', { is_completed: true }), 'Completed']
])('says when a step is due or done, and in words that it is late', (step, text) => {
    expect(whenText(step)).toBe(text);
});

it('counts what is late and still open', () => {
    expect(overdueText([late, done])).toBe('1 overdue');
    expect(overdueText([late, late])).toBe('2 overdue');
    expect(overdueText([done])).toBeNull();
});

it('says of a stage what is done and what marks it', () => {
    const { done: text, marks } = stageFacts(aStage('a', [late, done], { is_current: true, is_internal: true }));

    expect([text, ...marks.map((mark) => mark.text)]).toEqual(['1 of 2 done', 'Current', 'Internal', '1 overdue']);
});

it('opens the current stage first, the last one when all is done', () => {
    expect(firstOpen({ stages: [aStage('a', []), aStage('b', [], { is_current: true }), aStage('c', [])] })).toBe('b');
    expect(firstOpen({ stages: [aStage('a', []), aStage('b', [])] })).toBe('b');
    expect(firstOpen({ stages: [] })).toBeUndefined();
});

it('tells what somebody else has changed, each fact once', () => {
    const now = { ...late, title: 'Sign', owner: { id: 'm1', name: 'Riley Okafor' }, due_date: null, is_internal: true, version: 9 };

    expect(changesBetween(late, now)).toEqual([
        'What has to happen: was Step 2, is now Sign',
        'Due date: was Nov 1, 2026, is now empty',
        'Owner: was empty, is now Riley Okafor',
        'Internal: was empty, is now Internal'
    ]);
    expect(changesBetween(late, { ...late, version: 9 })).toEqual([]);
    expect(changesBetween(aStep('3'), aStep('3', { is_completed: true, completed_on: '2026-11-20' }))).toEqual([
        'Completed: was empty, is now Nov 20, 2026'
    ]);
});

it('knows whether a step is as somebody wanted it', () => {
    expect(isAsWished(done, { is_completed: true })).toBe(true);
    expect(isAsWished(done, { is_completed: true, title: 'Other' })).toBe(false);
    expect(isAsWished(aStep('1', { owner: { id: 'm1', name: 'R' } }), { owner_id: 'm1', due_date: null })).toBe(true);
});
