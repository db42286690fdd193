// The texts of playbooks in the panel: what a plan begins with, and saving one.
import again from '@salesforce/label/c.Accord_Playbook_Again';
import beginCounts from '@salesforce/label/c.Accord_Playbook_Begin_Counts';
import beginEmpty from '@salesforce/label/c.Accord_Playbook_Begin_Empty';
import beginUnknown from '@salesforce/label/c.Accord_Playbook_Begin_Unknown';
import beginWith from '@salesforce/label/c.Accord_Playbook_Begin_With';
import description from '@salesforce/label/c.Accord_Playbook_Description';
import replaced from '@salesforce/label/c.Accord_Playbook_Replaced';
import save from '@salesforce/label/c.Accord_Playbook_Save';
import saveText from '@salesforce/label/c.Accord_Playbook_Save_Text';
import saved from '@salesforce/label/c.Accord_Playbook_Saved';
import send from '@salesforce/label/c.Accord_Playbook_Send';
import sending from '@salesforce/label/c.Accord_Playbook_Sending';
import start from '@salesforce/label/c.Accord_Playbook_Start';
import startHint from '@salesforce/label/c.Accord_Playbook_Start_Hint';
import title from '@salesforce/label/c.Accord_Playbook_Title';
import where from '@salesforce/label/c.Accord_Playbook_Where';
import whereNew from '@salesforce/label/c.Accord_Playbook_Where_New';
import whereOf from '@salesforce/label/c.Accord_Playbook_Where_Of';

export default {
    again,
    beginCounts,
    beginEmpty,
    beginUnknown,
    beginWith,
    description,
    replaced,
    save,
    saveText,
    saved,
    send,
    sending,
    start,
    startHint,
    title,
    where,
    whereNew,
    whereOf
};
