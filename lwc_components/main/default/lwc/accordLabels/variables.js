/** Salesforce values in plans: variables */
import hint from '@salesforce/label/c.Accord_Val_Hint';
import insert from '@salesforce/label/c.Accord_Val_Insert';
import no from '@salesforce/label/c.Accord_Val_No';
import note from '@salesforce/label/c.Accord_Val_Note';
import noteTitle from '@salesforce/label/c.Accord_Val_Note_Title';
import title from '@salesforce/label/c.Accord_Val_Title';
import writeOff from '@salesforce/label/c.Accord_Val_Write_Off';
import yes from '@salesforce/label/c.Accord_Val_Yes';

export default {
    hint,
    insert,
    no,
    note,
    noteTitle,
    title,
    writeOff,
    yes
};
