import { changesOf, differenceText, shortened } from 'c/accordChangeWords';

const row = (field, label) => ({ sobject: 'Opportunity', field, label });
const panel = (...rows) => ({ tabs: [{ label: 'Deal', rows, rule: { stages: [] } }] });

it('says nothing of what is the same', () => {
    expect(changesOf(panel(row('Amount', 'Amount')), panel(row('Amount', 'Amount')))).toEqual([]);
});

it('tells rows by what they are, not by their place', () => {
    const [amount, stage, next] = [row('Amount', 'Amount'), row('StageName', 'Stage'), row('NextStep', 'Next')];

    expect(changesOf(panel(amount, stage), panel(stage, next))).toEqual([
        'Tabs 1 › Rows: Next (Opportunity.NextStep) (new)',
        'Tabs 1 › Rows: Amount (Opportunity.Amount) (removed)'
    ]);
    expect(changesOf(panel(amount, stage), panel(stage, amount))).toEqual(['Tabs 1 › Rows: another order']);
    expect(changesOf(panel(amount), panel(row('Amount', 'Value')))).toEqual([
        'Tabs 1 › Rows › Value (Opportunity.Amount) › Label: “Amount” became “Value”'
    ]);
});

it('tells a renamed tab and a rule by the place of the tab', () => {
    const renamed = { tabs: [{ label: 'Sale', rows: [], rule: { stages: ['Won', 'Lost'] } }] };

    expect(changesOf(panel(), renamed)).toEqual(['Tabs 1 › Label: “Deal” became “Sale”', 'Tabs 1 › Rule › Stages: “–” became “Won, Lost”']);
});

it('tells kinds of activity and synced fields by their names', () => {
    const kinds = (enabled) => ({ kinds: [{ kind: 'customer_view', enabled }] });
    const fields = (...rows) => ({ rows });
    const score = { datum: 'execution_score', path: '', field: 'Score__c' };

    expect(changesOf(kinds(true), kinds(false))).toEqual(['Kinds › Customer view › Enabled: “yes” became “no”']);
    expect(changesOf(fields(), fields(score))).toEqual(['Rows: Execution score → Score__c (new)']);
});

it('tells what had no value before, moments and single values', () => {
    expect(changesOf(null, { on: true, until: '2026-11-22T18:04:00+00:00' })).toEqual([
        'On: “–” became “yes”',
        'Until: “–” became “Nov 22, 2026, 10:04 AM”'
    ]);
    expect(changesOf({ owner: 'a' }, null)).toEqual(['Owner: “a” became “–”']);
    expect(changesOf('a', 'b')).toEqual(['Value: “a” became “b”']);
});

it('tells the place of a difference that Accord has found', () => {
    expect(differenceText({ path: 'tabs.0.rows.3.label', old: null, new: 'Branch' })).toBe('Tabs 1 › Rows 4 › Label: “–” becomes “Branch”');
});

it('shortens what is long', () => {
    expect(shortened(['a', 'b', 'c'], 1)).toEqual(['a', 'and 2 more changes']);
    expect(shortened(['a'], 1)).toEqual(['a']);
});
