/** Pages of safety and privacy */
import access from '@salesforce/label/c.Accord_Set_Admin_Pages_Access';
import accessIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Access_Intro';
import audit from '@salesforce/label/c.Accord_Set_Admin_Pages_Audit';
import auditIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Audit_Intro';
import file from '@salesforce/label/c.Accord_Set_Admin_Pages_File';
import fileIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_File_Intro';
import messages from '@salesforce/label/c.Accord_Set_Admin_Pages_Messages';
import messagesIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Messages_Intro';
import safety from '@salesforce/label/c.Accord_Set_Admin_Pages_Safety';
import safetyIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Safety_Intro';
import unread from '@salesforce/label/c.Accord_Set_Admin_Pages_Unread';

export default {
    access,
    accessIntro,
    audit,
    auditIntro,
    file,
    fileIntro,
    messages,
    messagesIntro,
    safety,
    safetyIntro,
    unread
};
