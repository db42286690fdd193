/** The page Playbooks */
import again from '@salesforce/label/c.Accord_Set_Playbook_Again';
import cancel from '@salesforce/label/c.Accord_Set_Playbook_Cancel';
import counts from '@salesforce/label/c.Accord_Set_Playbook_Counts';
import description from '@salesforce/label/c.Accord_Set_Playbook_Description';
import down from '@salesforce/label/c.Accord_Set_Playbook_Down';
import edit from '@salesforce/label/c.Accord_Set_Playbook_Edit';
import editOf from '@salesforce/label/c.Accord_Set_Playbook_Edit_Of';
import hidden from '@salesforce/label/c.Accord_Set_Playbook_Hidden';
import hide from '@salesforce/label/c.Accord_Set_Playbook_Hide';
import hideOf from '@salesforce/label/c.Accord_Set_Playbook_Hide_Of';
import inUse from '@salesforce/label/c.Accord_Set_Playbook_In_Use';
import intro from '@salesforce/label/c.Accord_Set_Playbook_Intro';
import moved from '@salesforce/label/c.Accord_Set_Playbook_Moved';
import name from '@salesforce/label/c.Accord_Set_Playbook_Name';
import none from '@salesforce/label/c.Accord_Set_Playbook_None';
import nowHidden from '@salesforce/label/c.Accord_Set_Playbook_Now_Hidden';
import nowOffered from '@salesforce/label/c.Accord_Set_Playbook_Now_Offered';
import offer from '@salesforce/label/c.Accord_Set_Playbook_Offer';
import offerOf from '@salesforce/label/c.Accord_Set_Playbook_Offer_Of';
import offered from '@salesforce/label/c.Accord_Set_Playbook_Offered';
import remove from '@salesforce/label/c.Accord_Set_Playbook_Remove';
import removeAsk from '@salesforce/label/c.Accord_Set_Playbook_Remove_Ask';
import removeOf from '@salesforce/label/c.Accord_Set_Playbook_Remove_Of';
import removed from '@salesforce/label/c.Accord_Set_Playbook_Removed';
import removing from '@salesforce/label/c.Accord_Set_Playbook_Removing';
import rules from '@salesforce/label/c.Accord_Set_Playbook_Rules';
import save from '@salesforce/label/c.Accord_Set_Playbook_Save';
import saved from '@salesforce/label/c.Accord_Set_Playbook_Saved';
import savedBy from '@salesforce/label/c.Accord_Set_Playbook_Saved_By';
import savedOn from '@salesforce/label/c.Accord_Set_Playbook_Saved_On';
import title from '@salesforce/label/c.Accord_Set_Playbook_Title';
import up from '@salesforce/label/c.Accord_Set_Playbook_Up';

export default {
    again,
    cancel,
    counts,
    description,
    down,
    edit,
    editOf,
    hidden,
    hide,
    hideOf,
    inUse,
    intro,
    moved,
    name,
    none,
    nowHidden,
    nowOffered,
    offer,
    offerOf,
    offered,
    remove,
    removeAsk,
    removeOf,
    removed,
    removing,
    rules,
    save,
    saved,
    savedBy,
    savedOn,
    title,
    up
};
