import AccordAutoCreate from 'c/accordAutoCreate';
import { allInside, inside, mount, settle } from 'accordTestKit';
import { AUTO_CREATE, allIsWell, anAutoRule, someAutoRules } from 'accordSettingsKit';
import { answer, forget } from 'settingsAnswers';
import { draftOf, mergeOf, newEntry, settingsOf } from '../model';

beforeEach(() => {
    forget();
    allIsWell();
});

it('a new rule is not named to Accord among those that stand above another, which knows it not yet', async () => {
    answer(`GET ${AUTO_CREATE}`, someAutoRules(anAutoRule('Big'), anAutoRule('Small')), '"4"');
    const element = mount('c-accord-auto-create', AccordAutoCreate);
    await settle();
    inside(element, '[data-add]').click();
    await settle();
    allInside(element, 'c-accord-row-order')
        .at(-1)
        .dispatchEvent(new CustomEvent('move', { detail: { by: -1 } }));
    await settle();

    expect(allInside(element, 'c-accord-auto-rule').map(({ above }) => above)).toEqual([[], ['big'], ['big']]);
});

it('a rule that somebody else took out and I have changed is sent as a new one', () => {
    const base = draftOf(someAutoRules(anAutoRule('Big'), anAutoRule('Small')));
    const mine = { rules: [{ ...base.rules[0], name: 'Bigger' }, base.rules[1], newEntry(base.rules)] };

    const merged = mergeOf(base, mine, { rules: [] });

    expect(settingsOf(merged).rules.map(({ id, name }) => [id, name])).toEqual([
        [null, 'Bigger'],
        [null, 'Rule 3']
    ]);
});
