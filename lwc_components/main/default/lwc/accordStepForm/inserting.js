// Text put at the cursor of an editor. The two base components that take text differ in what they tell of their cursor.

/** Where `after` has the inserted text: the cursor of a text area is nowhere told. */
function placeOf(before, after, text) {
    let place = 0;
    while (place < before.length && before[place] === after[place]) place += 1;
    while (place > 0 && !after.startsWith(text, place)) place -= 1;
    return place;
}

function intoTextarea(editor, text) {
    const before = editor.value ?? '';
    editor.setRangeText(text);
    const place = placeOf(before, editor.value, text);
    // the same once more, to have the cursor behind it
    editor.setRangeText(text, place, place + text.length, 'end');
}

function intoInput(editor, text) {
    const value = editor.value ?? '';
    const { selectionStart: start = value.length, selectionEnd: end = start } = editor;
    editor.value = value.slice(0, start) + text + value.slice(end);
    editor.selectionStart = start + text.length;
    editor.selectionEnd = start + text.length;
}

/** Puts `text` at the cursor of a lightning-input or a lightning-textarea; answers with the value that it has then. */
export function insertInto(editor, text) {
    if (editor.setRangeText) intoTextarea(editor, text);
    else intoInput(editor, text);
    editor.focus();
    return editor.value;
}
