/** What the small forms of a plan have in common. */

/**
 * For a press on Cancel: the focus stays in its entry. An entry that loses it says what is missing, which moves the button from
 * under the pointer, and the press would be lost.
 */
export const keepFocus = (event) => event.preventDefault();

/** Each message of {field, message} items at its field; the first of these fields gets the focus. */
export function complain(fields, items) {
    const messages = new Map(items.map(({ field, message }) => [field, message]));
    const wrong = fields.filter((field) => messages.has(field.dataset.field) && field.setCustomValidity);
    wrong.forEach((field) => {
        field.setCustomValidity(messages.get(field.dataset.field));
        field.reportValidity();
    });
    wrong[0]?.focus();
}

/**
 * What was said about an entry goes with the entry, and at once: a message that only went when the entry loses the focus would move
 * the button from under the pointer that presses it.
 */
export function forgive(field) {
    field.setCustomValidity('');
    if (field.checkValidity()) field.reportValidity();
}

/** What an error says about none of these fields, by name, in one text; null: nothing. */
export function otherText({ items = [], message }, fields) {
    const known = new Set(fields);
    const others = items.filter(({ field }) => !known.has(field)).map((item) => item.message);
    return (items.length ? others.join(' ') : message) || null;
}
