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
