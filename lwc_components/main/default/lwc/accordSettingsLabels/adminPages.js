/** Pages of safety and privacy */
import audit from '@salesforce/label/c.Accord_Set_Admin_Pages_Audit';
import auditIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Audit_Intro';
import file from '@salesforce/label/c.Accord_Set_Admin_Pages_File';
import fileIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_File_Intro';
import safety from '@salesforce/label/c.Accord_Set_Admin_Pages_Safety';
import safetyIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Safety_Intro';

export default {
    audit,
    auditIntro,
    file,
    fileIntro,
    safety,
    safetyIntro
};
