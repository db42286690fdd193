import AccordWhy from 'c/accordWhy';
import { allInside, inside, mount, settle } from 'accordTestKit';

const KEY = 'Opportunity.Amount';
const aWrite = (facts = {}) => ({
    at: '2026-11-22T10:04:00Z',
    by: 'Riley Okafor',
    rule: 'panel',
    sentence: 'Riley Okafor saved it in the panel.',
    login: 'own',
    login_name: null,
    old: '125000.50',
    new: '131000',
    ...facts
});
const aWhy = (facts = {}) => ({
    key: KEY,
    label: 'Opportunity Amount',
    is_hidden: false,
    needs_login: false,
    changed_at: '2026-11-22T10:04:00Z',
    wrote: [aWrite()],
    skipped: null,
    ...facts
});
const aSkip = (reason) => ({ at: '2026-11-22T10:05:00Z', by: 'Riley Okafor', reason, sentence: 'In words.' });
const answering = (facts) => jest.fn(async () => aWhy(facts));

const show = (explain) => mount('c-accord-why', AccordWhy, { name: 'Opportunity Amount', fieldKey: KEY, explain });
async function open(explain) {
    const element = show(explain);
    inside(element, '[data-why]').click();
    await settle();
    return element;
}
const text = (element, selector) => inside(element, selector)?.textContent;
const escape = async (element) => {
    const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true });
    inside(element, '[data-heading]').dispatchEvent(event);
    await settle();
    return event;
};

it('asks nothing before it is opened, and anew each time that it is', async () => {
    const explain = answering();
    const element = show(explain);
    await settle();
    expect(explain).not.toHaveBeenCalled();
    expect(inside(element, '[data-why]').getAttribute('aria-expanded')).toBe('false');
    expect(inside(element, '[data-why]').textContent).toBe('Why this value? Opportunity Amount');
    await expect(element).toBeAccessible();

    inside(element, '[data-why]').click();
    await settle();
    expect(inside(element, '[data-why]').getAttribute('aria-expanded')).toBe('true');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-heading]'));
    inside(element, '[data-why]').click();
    inside(element, '[data-why]').click();
    await settle();

    expect(explain.mock.calls).toEqual([[KEY], [KEY]]);
});

it('tells who wrote it, when, by which login and what it was before', async () => {
    const element = mount('c-accord-why', AccordWhy, {
        name: 'Opportunity Amount',
        fieldKey: KEY,
        explain: answering(),
        textOf: (value) => `USD ${value}`
    });
    inside(element, '[data-why]').click();
    await settle();

    expect(text(element, '[data-latest]')).toMatch(
        /Riley Okafor saved it in the panel\..*From USD 125000\.50 to USD 131000.*Nov 22, 2026.*with their own Salesforce login/
    );
    expect(text(element, '[data-changed]')).toContain('last changed in Salesforce on Nov 22, 2026');
    expect(inside(element, '[data-secrecy]')).toBeNull();
    expect(inside(element, '[data-skipped]')).toBeNull();
    await expect(element).toBeAccessible();
});

it.each([
    [{ login: 'integration', login_name: 'integration@halden.example' }, 'with the login integration@halden.example'],
    [{ login: 'integration' }, 'with the login of the integration owner'],
    [{ old: null, new: 'Kick-off' }, 'To Kick-off'],
    [{ new: null }, 'From 125000.50 to nothing'],
    [{ old_is_read: false }, 'From 125000.50, as it was known last, to 131000']
])('words a write of %j', async (facts, words) => {
    expect(text(await open(answering({ wrote: [aWrite(facts)] })), '[data-latest]')).toContain(words);
});

it('tells at most three writes, the newest first', async () => {
    const wrote = [1, 2, 3, 4].map((number) => aWrite({ sentence: `Write ${number}.` }));
    const element = await open(answering({ wrote }));

    expect(text(element, '[data-latest]')).toContain('Write 1.');
    expect(allInside(element, '[data-earlier] li').map((one) => one.textContent.slice(0, 8))).toEqual(['Write 2.', 'Write 3.']);
    await expect(element).toBeAccessible();
});

it('says when nothing is known of it', async () => {
    const element = await open(answering({ wrote: [], changed_at: null }));

    expect(text(element, '[data-never]')).toBe('Accord has not written this field in the last 90 days.');
    expect(inside(element, '[data-changed]')).toBeNull();
    await expect(element).toBeAccessible();
});

it.each([
    [{ is_hidden: true }, 'Salesforce does not show you this field'],
    [{ is_hidden: true, needs_login: true }, 'once you have connected your own Salesforce login']
])('shows no value and says why (S3): %j', async (facts, words) => {
    const element = await open(answering({ ...facts, wrote: [aWrite({ old: null, new: null })] }));

    expect(text(element, '[data-secrecy]')).toContain(words);
    expect(text(element, '[data-latest]')).not.toMatch(/From|To /);
    await expect(element).toBeAccessible();
});

it.each(['stale_edit', 'sync_off', 'a_reason_of_a_later_version'])(
    'says in words and never by its code why nothing was written: %s',
    async (reason) => {
        const element = await open(answering({ skipped: aSkip(reason), wrote: [aWrite({ rule: 'two_way', login: 'integration' })] }));

        expect(text(element, '[data-skipped]')).toMatch(/The last change was not written.*In words\..*Nov 22, 2026.* · Riley Okafor/);
        expect(text(element, '[data-popover]')).not.toMatch(/[a-z]_[a-z]/);
    }
);

it('says what a change waits for', async () => {
    const waits = { reason: 'gathering', sentence: 'It waits a few seconds.', detail: null, until: '2026-11-22T10:06:00Z' };
    const element = await open(answering({ waits }));

    expect(text(element, '[data-waits]')).toMatch(/A change is on its way.*It waits a few seconds\..*Until Nov 22, 2026/);
    await expect(element).toBeAccessible();
});

it('says that it looks, and what went wrong, and can be tried again', async () => {
    let refuse;
    const explain = jest.fn(() => new Promise((_, reject) => (refuse = reject)));
    const element = await open(explain);
    expect(text(element, '[data-loading]')).toBe('Looking it up…');
    expect(inside(element, '[data-popover]').getAttribute('aria-busy')).toBe('true');
    await expect(element).toBeAccessible();

    refuse({ code: 'SALESFORCE_UNAVAILABLE', message: 'Salesforce does not answer just now.' });
    await settle();
    expect(text(element, '[data-failed]')).toContain('Salesforce does not answer just now.');
    await expect(element).toBeAccessible();
    explain.mockResolvedValueOnce(aWhy());
    inside(element, '[data-retry]').click();
    await settle();

    expect(inside(element, '[data-latest]')).not.toBeNull();
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-heading]'));
});

it('takes over no answer to an earlier question', async () => {
    const answers = [];
    const element = await open(jest.fn(() => new Promise((resolve) => answers.push(resolve))));
    await escape(element);
    inside(element, '[data-why]').click();
    await settle();

    answers[1](aWhy({ wrote: [aWrite({ sentence: 'New.' })] }));
    answers[0](aWhy({ wrote: [aWrite({ sentence: 'Old.' })] }));
    await settle();

    expect(text(element, '[data-latest]')).toContain('New.');
});

it('closes by Escape and by its button, and gives the focus back', async () => {
    const element = await open(answering());
    const reverted = jest.fn();
    element.addEventListener('keydown', reverted);

    const pressed = await escape(element);
    expect(pressed.defaultPrevented).toBe(true);
    expect(reverted).not.toHaveBeenCalled();
    expect(inside(element, '[data-popover]')).toBeNull();
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-why]'));

    inside(element, '[data-why]').click();
    await settle();
    inside(element, '[data-close]').click();
    await settle();
    expect(inside(element, '[data-popover]')).toBeNull();
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-why]'));
});

it('closes when somebody goes on elsewhere, and not when he stays or leaves the window', async () => {
    const element = await open(answering());
    const leave = async (relatedTarget) => {
        inside(element, '[data-heading]').dispatchEvent(new FocusEvent('focusout', { bubbles: true, relatedTarget }));
        await settle();
        return inside(element, '[data-popover]') !== null;
    };

    expect(await leave(inside(element, '[data-close]'))).toBe(true);
    expect(await leave(null)).toBe(true);
    expect(await leave(document.body)).toBe(false);
});
