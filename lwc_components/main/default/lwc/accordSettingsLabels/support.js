/** The page Support bundle */
import backlog from '@salesforce/label/c.Accord_Set_Support_Backlog';
import doctor from '@salesforce/label/c.Accord_Set_Support_Doctor';
import errors from '@salesforce/label/c.Accord_Set_Support_Errors';
import failed from '@salesforce/label/c.Accord_Set_Support_Failed';
import howLong from '@salesforce/label/c.Accord_Set_Support_How_Long';
import inIt from '@salesforce/label/c.Accord_Set_Support_In_It';
import make from '@salesforce/label/c.Accord_Set_Support_Make';
import making from '@salesforce/label/c.Accord_Set_Support_Making';
import noNames from '@salesforce/label/c.Accord_Set_Support_No_Names';
import noSecrets from '@salesforce/label/c.Accord_Set_Support_No_Secrets';
import notInIt from '@salesforce/label/c.Accord_Set_Support_Not_In_It';
import noValues from '@salesforce/label/c.Accord_Set_Support_No_Values';
import noWords from '@salesforce/label/c.Accord_Set_Support_No_Words';
import saved from '@salesforce/label/c.Accord_Set_Support_Saved';
import settings from '@salesforce/label/c.Accord_Set_Support_Settings';
import versions from '@salesforce/label/c.Accord_Set_Support_Versions';
import working from '@salesforce/label/c.Accord_Set_Support_Working';

export default {
    backlog,
    doctor,
    errors,
    failed,
    howLong,
    inIt,
    make,
    making,
    noNames,
    noSecrets,
    notInIt,
    noValues,
    noWords,
    saved,
    settings,
    versions,
    working
};
