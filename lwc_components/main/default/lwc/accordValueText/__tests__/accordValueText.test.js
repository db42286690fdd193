import AccordValueText, { partsOf, spoken, written } from 'c/accordValueText';
import { aRow, anAmount, mount } from 'accordTestKit';

const budget = anAmount({ label: 'Budget', currency: 'USD' });
const go = aRow('GoLive__c', { label: 'Go Live', type: 'date', value: '2026-12-31' });
const products = aRow('Products__c', {
    label: 'Products',
    type: 'multipicklist',
    value: 'b;a',
    options: [
        { value: 'a', label: 'Alpha' },
        { value: 'b', label: 'Beta' }
    ]
});
const legal = aRow('Legal__c', { label: 'Legal agreed', type: 'boolean', value: 'true' });
const nothing = aRow('NextStep', { label: 'Next', value: null });
const hidden = aRow('Secret__c', { label: 'Secret', value: null, editable: false, read_only_reason: { code: 'NOT_VISIBLE' } });
const chance = aRow('Probability', { label: 'Chance', type: 'percent', value: '75', scale: 0 });
const long = aRow('Long__c', { label: '\u{1f4b6}'.repeat(80), value: 'Long' });
const all = [chance, long, budget, go, products, legal, nothing, hidden];

describe('a text of a plan', () => {
    it.each([
        ['has the value of a date as one reads it', 'Live by {{Go Live}}', 'Live by Dec 31, 2026'],
        ['has an amount with its currency', '{{Budget}} is agreed', '$125,000.50 is agreed'],
        ['has several values in words', '{{Products}}', 'Alpha, Beta'],
        ['has a checkbox in words', 'Agreed: {{Legal agreed}}', 'Agreed: Yes'],
        ['takes no notice of case and of blanks around', '{{  go LIVE }}', 'Dec 31, 2026'],
        ['says that a value is empty', 'Then: {{Next}}', 'Then: (empty)'],
        ['has the name alone of what may not be seen', 'About {{Secret}}.', 'About Secret.'],
        ['has the name alone of what is no variable', 'About {{ Nobody }}.', 'About Nobody.'],
        ['stays where nothing is named', 'A {{}} and {{ }} and {x}', 'A {{}} and {{ }} and {x}'],
        ['takes the inner of two', '{{{Budget}}}', '{$125,000.50}'],
        ['has a percentage with its sign', 'Chance: {{Chance}}', 'Chance: 75%'],
        ['takes the longest label, whatever it is made of', `{{ ${long.label} }}`, 'Long'],
        ['names several', '{{Budget}}{{Budget}}', '$125,000.50$125,000.50']
    ])('%s', (_, text, expected) => {
        expect(spoken(text, all)).toBe(expected);
    });

    it('is plain text, whatever a value holds', () => {
        const wild = aRow('X', { label: 'X', value: '<b>{{Budget}}</b>' });
        const element = mount('c-accord-value-text', AccordValueText, { text: 'a {{X}}', variables: [wild, budget] });

        expect(element.querySelector('b')).toBeNull();
        expect(element.textContent).toContain('<b>{{Budget}}</b>');
    });

    it.each([undefined, null, ''])('may be %s', (text) => {
        expect(partsOf(text, all)).toEqual([]);
    });
});

it('marks a value as one of Salesforce, for eyes and for ears, and nothing else', async () => {
    const element = mount('c-accord-value-text', AccordValueText, { text: 'Live by {{Go Live}} with {{Secret}}', variables: all });
    const marked = [...element.querySelectorAll('[title]')];

    expect(marked.map(({ title }) => title)).toEqual(['From Salesforce: Go Live']);
    expect(marked[0].textContent).toBe('Dec 31, 2026 (Salesforce value: Go Live)');
    expect(element.textContent).toBe('Live by Dec 31, 2026 (Salesforce value: Go Live) with Secret');
    await expect(element).toBeAccessible();
});

it('is written with the label as it stands', () => {
    expect(spoken(written(go.label), all)).toBe('Dec 31, 2026');
});
