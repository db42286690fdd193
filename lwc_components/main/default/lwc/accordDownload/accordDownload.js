/**
 * Lets the browser save a file.
 * Lightning Web Security takes neither data: addresses in links nor text/csv for a Blob (Lightning Components Security guide, "Use Blob
 * Objects for Download Links", "Specify a MIME Type for Blob Objects"): a file of any kind goes as a stream of bytes.
 * @param content text or a Uint8Array
 */
export function saveFile(name, content) {
    const address = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
}

// what a spreadsheet takes for the beginning of a formula, in the plain and in the wide form
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const cellOf = (value) => {
    const text = String(value ?? '');
    const plain = FORMULA.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** The text of a CSV file (RFC 4180) of lines of cells; no spreadsheet takes a cell for a formula. */
export const csvOf = (lines) => lines.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
