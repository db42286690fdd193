/** Pages of safety and privacy */
import access from '@salesforce/label/c.Accord_Set_Admin_Pages_Access';
import accessIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Access_Intro';
import audit from '@salesforce/label/c.Accord_Set_Admin_Pages_Audit';
import auditIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Audit_Intro';
import cost from '@salesforce/label/c.Accord_Set_Admin_Pages_Cost';
import costIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Cost_Intro';
import disconnect from '@salesforce/label/c.Accord_Set_Admin_Pages_Disconnect';
import disconnectIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Disconnect_Intro';
import file from '@salesforce/label/c.Accord_Set_Admin_Pages_File';
import fileIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_File_Intro';
import forget from '@salesforce/label/c.Accord_Set_Admin_Pages_Forget';
import forgetIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Forget_Intro';
import groupPrivacy from '@salesforce/label/c.Accord_Set_Admin_Pages_Group_Privacy';
import leaving from '@salesforce/label/c.Accord_Set_Admin_Pages_Leaving';
import leavingIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Leaving_Intro';
import messages from '@salesforce/label/c.Accord_Set_Admin_Pages_Messages';
import messagesIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Messages_Intro';
import safety from '@salesforce/label/c.Accord_Set_Admin_Pages_Safety';
import safetyIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Safety_Intro';
import support from '@salesforce/label/c.Accord_Set_Admin_Pages_Support';
import supportIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Support_Intro';
import unread from '@salesforce/label/c.Accord_Set_Admin_Pages_Unread';
import writes from '@salesforce/label/c.Accord_Set_Admin_Pages_Writes';
import writesIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Writes_Intro';

export default {
    access,
    accessIntro,
    audit,
    auditIntro,
    cost,
    costIntro,
    disconnect,
    disconnectIntro,
    file,
    fileIntro,
    forget,
    forgetIntro,
    groupPrivacy,
    leaving,
    leavingIntro,
    messages,
    messagesIntro,
    safety,
    safetyIntro,
    support,
    supportIntro,
    unread,
    writes,
    writesIntro
};
