import { planWays } from 'c/accordPlanApi';
import { aStep } from 'accordTestKit';

it('names the route, the version of what is changed, and the key of what is new', () => {
    const send = jest.fn();
    const ways = planWays(send);

    ways.open('p1');
    ways.read('p1');
    ways.changeStep('p1', aStep('s1', { version: 4 }), { is_completed: true });
    ways.addStep('p1', { title: 'Sign' }, 'k1');
    ways.addStage('p1', { title: 'Legal' }, 'k2');
    ways.deleteStep('p1', aStep('s1', { version: 5 }));
    ways.publish('p1', { version: 7 });
    ways.invite('p1', { role: 'customer', name: 'Ana', email: 'ana@brightwater.example' }, 'k4');
    ways.removeMember('p1', { id: 'm2' }, { version: 5 });
    ways.colleagues('p1');
    ways.addResource('p1', { title: 'Offer' }, 'k6');
    ways.removeResource('p1', { id: 'r1' }, { version: 6 });
    ways.addStakeholder('p1', { name: 'Ana' }, 'k7');
    ways.removeStakeholder('p1', { id: 'h1' }, { version: 7 });
    ways.changeStage('p1', { id: 'g1', version: 2 }, { position: 0 });
    ways.deleteStage('p1', { id: 'g1', version: 3 });
    ways.free(null, 50);
    ways.free('p9', 50);
    ways.searchDeals('40 % off & more');
    ways.connect('p1', { version: 7 }, '006A');
    ways.disconnect('p1', { version: 8 });
    ways.duplicate('p1', 'k5');
    ways.archive('p1', { version: 9 }, true);
    ways.linked('p1');
    ways.decide('p1', 'amount', 'accord', 3);
    ways.comments('p1', 's1');
    ways.comments('p1', 's1', 'c9');
    ways.comment('p1', 's1', { text: 'Sent.' }, 'k3');

    expect(send.mock.calls.map(([call]) => call)).toEqual([
        { method: 'POST', path: '/api/v1/plans/p1/view', body: {} },
        { method: 'GET', path: '/api/v1/plans/p1' },
        { method: 'PATCH', path: '/api/v1/plans/p1/steps/s1', body: { is_completed: true }, version: '"4"' },
        { method: 'POST', path: '/api/v1/plans/p1/steps', body: { title: 'Sign' }, key: 'k1' },
        { method: 'POST', path: '/api/v1/plans/p1/stages', body: { title: 'Legal' }, key: 'k2' },
        { method: 'DELETE', path: '/api/v1/plans/p1/steps/s1', version: '"5"' },
        { method: 'PATCH', path: '/api/v1/plans/p1', body: { is_published: true }, version: '"7"' },
        {
            method: 'POST',
            path: '/api/v1/plans/p1/members',
            body: { role: 'customer', name: 'Ana', email: 'ana@brightwater.example' },
            key: 'k4'
        },
        { method: 'DELETE', path: '/api/v1/plans/p1/members/m2', version: '"5"' },
        { method: 'GET', path: '/api/v1/plans/p1/colleagues' },
        { method: 'POST', path: '/api/v1/plans/p1/resources', body: { title: 'Offer' }, key: 'k6' },
        { method: 'DELETE', path: '/api/v1/plans/p1/resources/r1', version: '"6"' },
        { method: 'POST', path: '/api/v1/plans/p1/stakeholders', body: { name: 'Ana' }, key: 'k7' },
        { method: 'DELETE', path: '/api/v1/plans/p1/stakeholders/h1', version: '"7"' },
        { method: 'PATCH', path: '/api/v1/plans/p1/stages/g1', body: { position: 0 }, version: '"2"' },
        { method: 'DELETE', path: '/api/v1/plans/p1/stages/g1', version: '"3"' },
        { method: 'GET', path: '/api/v1/plans?is_connected=false&is_archived=false&limit=50' },
        { method: 'GET', path: '/api/v1/plans?is_connected=false&is_archived=false&limit=50&after=p9' },
        { method: 'GET', path: '/api/v1/deals?q=40%20%25%20off%20%26%20more' },
        { method: 'PUT', path: '/api/v1/plans/p1/deal', body: { opportunity_id: '006A' }, version: '"7"' },
        { method: 'DELETE', path: '/api/v1/plans/p1/deal', version: '"8"' },
        { method: 'POST', path: '/api/v1/plans/p1/duplicate', body: {}, key: 'k5' },
        { method: 'PATCH', path: '/api/v1/plans/p1', body: { is_archived: true }, version: '"9"' },
        { method: 'GET', path: '/api/v1/plans/p1/two-way' },
        { method: 'POST', path: '/api/v1/plans/p1/two-way/amount/decision', body: { choose: 'accord', version: 3 } },
        { method: 'GET', path: '/api/v1/plans/p1/steps/s1/comments' },
        { method: 'GET', path: '/api/v1/plans/p1/steps/s1/comments?after=c9' },
        { method: 'POST', path: '/api/v1/plans/p1/steps/s1/comments', body: { text: 'Sent.' }, key: 'k3' }
    ]);
});
