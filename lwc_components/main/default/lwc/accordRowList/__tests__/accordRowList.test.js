import { merged, moved, neighbourOf } from 'c/accordRowList';

const row = (key, label = key, read = true) => ({ key, label, read });
const labels = (rows) => rows.map(({ label }) => label);
const merge = (base, mine, theirs) => merged(base, mine, theirs, ['label', 'read']);
const [A, B, C] = ['a', 'b', 'c'].map((key) => row(key));

it.each([
    ['a', 1, 'bac'],
    ['c', -1, 'acb'],
    ['a', -1, 'abc'],
    ['c', 1, 'abc'],
    ['x', 1, 'abc']
])('moves %s by %s', (key, by, order) => {
    expect(labels(moved([A, B, C], key, by)).join('')).toBe(order);
});

it('knows whose turn the focus is when a row goes', () => {
    expect(['a', 'c'].map((key) => neighbourOf([A, B, C], key))).toEqual(['b', 'b']);
    expect(neighbourOf([A], 'a')).toBeUndefined();
});

describe('my list and theirs', () => {
    it.each([
        ['takes what only he has changed', [A, B], [A, B], [row('a', 'his'), B], ['his', 'b']],
        ['keeps what both have changed', [A], [row('a', 'mine')], [row('a', 'his')], ['mine']],
        ['takes his new row and keeps mine', [A], [A, C], [A, B], ['a', 'c', 'b']],
        ['drops what he has removed', [A, B], [A, B], [B], ['b']],
        ['keeps what he has removed and I have changed', [A, B], [row('a', 'mine'), B], [B], ['b', 'mine']],
        ['drops what I have removed', [A, B], [B], [row('a', 'his'), B], ['b']],
        ['takes his order', [A, B], [A, B], [B, A], ['b', 'a']],
        ['keeps my order', [A, B, C], [C, A, B], [A, B, C], ['c', 'a', 'b']]
    ])('%s', (_, base, mine, theirs, expected) => {
        expect(labels(merge(base, mine, theirs))).toEqual(expected);
    });

    it('brings both changes of one row together', () => {
        expect(merge([A], [row('a', 'mine')], [row('a', 'a', false)])).toEqual([row('a', 'mine', false)]);
    });
});
