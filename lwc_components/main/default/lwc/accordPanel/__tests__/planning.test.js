import { takePlan } from '../planning';
import { aPanel, aPlan, DEAL } from 'accordTestKit';

/** What the panel keeps, with a source that counts how often it was asked again. */
const aPanelWith = (plan) => ({
    recordId: DEAL,
    panel: aPanel([], { plan, can_create_plan: !plan }),
    source: { load: jest.fn() },
    focusLater: jest.fn()
});

it('follows the plan of the deal without asking for anything', () => {
    const panel = aPanelWith(aPlan());

    takePlan(panel, aPlan({ steps_done: 5 }));

    expect(panel.panel).toMatchObject({ plan: { steps_done: 5 }, can_create_plan: false });
    expect(panel.source.load).not.toHaveBeenCalled();
});

it.each([
    [null, '“Brightwater plan” has no deal any more.'],
    ['006Ax000002Other', '“Brightwater plan” belongs to another deal now.']
])('shows a deal without a plan when its plan has left it for %s', (deal, words) => {
    const panel = aPanelWith(aPlan());

    takePlan(panel, aPlan({ opportunity_id: deal }));

    expect(panel.panel).toMatchObject({ plan: null, can_create_plan: true });
    expect(panel).toMatchObject({ planNote: words, announcement: words });
    expect(panel.source.load).toHaveBeenCalled();
});

it('shows a plan that was given to the deal', () => {
    const panel = aPanelWith(null);

    takePlan(panel, aPlan());

    expect(panel.panel).toMatchObject({ plan: aPlan(), can_create_plan: false });
    expect(panel).toMatchObject({ planNote: null, announcement: '“Brightwater plan” is the plan of this deal now.' });
});
