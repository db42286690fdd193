import AccordPlanScore from 'c/accordPlanScore';
import { aWholePlan, allInside, inside, mount, settle } from 'accordTestKit';

const textsOf = (row) => [...row.cells].map((cell) => cell.textContent);

it('shows the score alone while nobody knows what it is made of', async () => {
    const element = mount('c-accord-plan-score', AccordPlanScore, { score: 46 });

    expect(inside(element, '[data-score]').textContent).toBe('46 of 100');
    expect(inside(element, '[data-how]')).toBeNull();
    await expect(element).toBeAccessible();
});

it('shows on a press what it is made of: points that add up to it (D20)', async () => {
    const { score, score_factors: factors } = aWholePlan([]);
    const element = mount('c-accord-plan-score', AccordPlanScore, { score, factors });
    expect(inside(element, '[data-how]').getAttribute('aria-expanded')).toBe('false');

    inside(element, '[data-how]').click();
    await settle();

    const rows = allInside(element, '[data-factor]').map(textsOf);
    expect(rows).toEqual([
        ['Criteria fulfilled', '2 of 4', '22'],
        ['Steps completed', '4 of 10', '11'],
        ['Customers invited', '2 of 3', '7'],
        ['Customers who accepted', '1 of 3', '6'],
        ['Probability of the deal, percent', 'does not count here', '0']
    ]);
    expect(rows.reduce((sum, [, , points]) => sum + Number(points), 0)).toBe(score);
    expect(textsOf(inside(element, '[data-sum]'))).toEqual(['Together', '', '46']);
    expect(inside(element, '[data-how]').getAttribute('aria-expanded')).toBe('true');
    await expect(element).toBeAccessible();
});
