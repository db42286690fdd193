import { LightningElement } from 'lwc';
import { saveFile } from 'c/accordDownload';
import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { valuePage, valueSheets } from 'c/accordSettingsApi';
import { disconnectLabels as labels } from 'c/accordSettingsLabels';

/** The values of Accord's fields as CSV files, one for each object: counted first, then read page by page. */
export default class AccordValueSheets extends LightningElement {
    labels = labels;
    isBusy = false;
    sheets = null;
    reading = null;
    saved = null;
    problem = null;

    get lookText() {
        return this.isBusy && !this.sheets ? labels.valuesLooking : labels.valuesLook;
    }
    get rows() {
        return this.sheets.map(({ sobject, fields, hidden, records, calls }) => ({
            sobject,
            fields: numberOf(fields.length),
            hidden: hidden.length ? format(labels.hidden, hidden.join(', ')) : null,
            records: numberOf(records),
            calls: numberOf(calls),
            isEmpty: this.isBusy || !records,
            label: format(labels.downloadOf, sobject)
        }));
    }
    async attempt(work) {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, problem: null, saved: null });
        try {
            await work();
        } catch (error) {
            this.problem = error.message;
        } finally {
            Object.assign(this, { isBusy: false, reading: null });
        }
    }
    handleLook() {
        this.attempt(async () => {
            this.sheets = await valueSheets();
        });
    }
    handleDownload({ currentTarget }) {
        const { sobject } = currentTarget.dataset;
        const { records } = this.sheets.find((sheet) => sheet.sobject === sobject);
        this.attempt(async () => {
            const parts = [];
            let count = 0;
            let after = null;
            do {
                this.reading = format(labels.reading, numberOf(count), numberOf(records));
                // each page says where the next one begins
                // eslint-disable-next-line no-await-in-loop
                const page = await valuePage(sobject, after);
                parts.push(page.csv);
                count += page.count;
                after = page.next_after;
            } while (after);
            const name = `accord-${sobject}.csv`;
            saveFile(name, parts.join(''));
            this.saved = format(labels.valuesSaved, name, numberOf(count));
        });
    }
}
