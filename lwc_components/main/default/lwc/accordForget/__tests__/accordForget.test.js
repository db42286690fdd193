import AccordForget from 'c/accordForget';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { aPreview } from 'accordPrivacyKit';
import { catchDownloads } from 'accordSafetyKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

beforeEach(forget);

const FORGET = '/api/v1/forget';
const DEAL = '006Ax000001AbCdIAK';
const show = () => mount('c-accord-forget', AccordForget);
const look = async (element, text) => {
    inside(element, '[data-what]').value = text;
    inside(element, '[data-form]').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
};
const ask = (element) => inside(element, '[data-ask]');
const confirm = async (element, typed) => {
    ask(element).dispatchEvent(new CustomEvent('confirm', { detail: { typed } }));
    await settle();
};
const asked = () => calls.map(([method, path, body]) => [method, path, body]);

it('shows what would be deleted, by place, before anything is', async () => {
    answer(`POST ${FORGET}/preview`, aPreview());
    const element = show();
    await expect(element).toBeAccessible();
    await look(element, ` ${DEAL} `);

    expect(asked()).toEqual([['POST', `${FORGET}/preview`, { salesforce_id: DEAL }]]);
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-found]'));
    expect(inside(element, '[data-found]').textContent).toContain(`What would be deleted about the record ${DEAL}`);
    expect(inside(element, '[data-sum]').textContent).toBe('1,203 rows would be deleted or emptied.');
    expect(allInside(element, '[data-place]').map((row) => row.textContent)).toEqual(['Writes to the org1,200', 'Plans3']);
    expect(ask(element).facts.join(' ')).toContain('A plan stays');
    await expect(element).toBeAccessible();
});

it('asks for a person by address, and tells who that is', async () => {
    answer(`POST ${FORGET}/preview`, aPreview({ is_person: true, name: 'Dana Moeller' }));
    const element = show();
    await look(element, 'dana@x.example');

    expect(asked()[0][2]).toEqual({ email: 'dana@x.example' });
    expect(inside(element, '[data-found]').textContent).toContain('What would be deleted about Dana Moeller');
    expect(ask(element).facts.join(' ')).toContain('What the person did stays');
});

it('says that nothing names it, and offers nothing to delete', async () => {
    answer(`POST ${FORGET}/preview`, aPreview({ count: 0, places: [] }));
    const element = show();
    await look(element, DEAL);

    expect(inside(element, '[data-about]').textContent).toContain('There is nothing to delete');
    expect(ask(element)).toBeNull();
    await expect(element).toBeAccessible();
});

it('says at the entry what is wrong with it', async () => {
    const element = show();
    await look(element, '  ');
    expect(inside(element, '[data-problem]').textContent).toBe('Enter an id or an e-mail address.');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-what]'));
    expect(calls).toEqual([]);

    const item = { message: 'You cannot forget yourself: another admin does that.' };
    answer(`POST ${FORGET}/preview`, refusing(anError('INVALID_VALUE', 'Refused.', item)));
    await look(element, DEAL);
    expect(inside(element, '[data-problem]').textContent).toBe(item.message);
    expect(inside(element, '[data-found]')).toBeNull();
    await expect(element).toBeAccessible();
});

it('deletes nothing before it was typed once more', async () => {
    answer(`POST ${FORGET}/preview`, aPreview());
    const element = show();
    await look(element, DEAL);
    await confirm(element, DEAL.toLowerCase());

    expect(ask(element).problem).toContain(DEAL);
    expect(element.shadowRoot.activeElement).toBe(ask(element));
    expect(asked()).toHaveLength(1);
    await expect(element).toBeAccessible();
    ask(element).dispatchEvent(new CustomEvent('cancel'));
    await settle();
    expect(inside(element, '[data-found]')).toBeNull();
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-what]'));
});

it('deletes what was shown, whatever stands in the entry by then, and gives a receipt to keep', async () => {
    const saved = catchDownloads();
    answer(`POST ${FORGET}/preview`, aPreview());
    answer(`POST ${FORGET}`, { deleted: {}, left: 0, places: aPreview().places });
    const element = show();
    const said = listen(element, 'announce');
    await look(element, DEAL);
    inside(element, '[data-what]').value = 'another';
    await confirm(element, DEAL);

    expect(asked()[1]).toEqual(['POST', FORGET, { salesforce_id: DEAL, confirm: DEAL }]);
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-receipt]'));
    const lines = allInside(element, '[data-line]').map((line) => line.textContent);
    expect(lines[0]).toContain(`${DEAL} was forgotten on`);
    expect(lines.slice(1)).toEqual(['1,203 rows were deleted or emptied.', 'A scan of every table afterwards found nothing more.']);
    expect(said).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();

    inside(element, '[data-save]').click();
    expect(saved[0][0]).toBe('accord-receipt.txt');
    inside(element, '[data-again]').click();
    await settle();
    expect(inside(element, '[data-form]')).not.toBeNull();
});

it('says when something is left, and when a write is under way', async () => {
    answer(`POST ${FORGET}/preview`, aPreview({ is_person: true, name: null }));
    answer(`POST ${FORGET}`, refusing(anError('BEING_WRITTEN', 'A write of it is under way. Try again in a minute.')));
    const element = show();
    await look(element, 'Dana@x.example');
    await confirm(element, 'dana@X.example');
    expect(ask(element).problem).toContain('under way');
    await expect(element).toBeAccessible();

    answer(`POST ${FORGET}`, { deleted: {}, left: 2, places: [] });
    await confirm(element, 'dana@x.example');
    expect(allInside(element, '[data-line]').at(-1).textContent).toContain('still found 2 rows');
    await expect(element).toBeAccessible();
});
