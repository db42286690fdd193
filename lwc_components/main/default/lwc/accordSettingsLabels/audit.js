/** The page Audit */
import about from '@salesforce/label/c.Accord_Set_Audit_About';
import actionImported from '@salesforce/label/c.Accord_Set_Audit_Action_Imported';
import actionPutBack from '@salesforce/label/c.Accord_Set_Audit_Action_Put_Back';
import ask from '@salesforce/label/c.Accord_Set_Audit_Ask';
import askText from '@salesforce/label/c.Accord_Set_Audit_Ask_Text';
import at from '@salesforce/label/c.Accord_Set_Audit_At';
import by from '@salesforce/label/c.Accord_Set_Audit_By';
import byAccord from '@salesforce/label/c.Accord_Set_Audit_By_Accord';
import byGone from '@salesforce/label/c.Accord_Set_Audit_By_Gone';
import byOperator from '@salesforce/label/c.Accord_Set_Audit_By_Operator';
import bySalesforceAdmin from '@salesforce/label/c.Accord_Set_Audit_By_Salesforce_Admin';
import cancel from '@salesforce/label/c.Accord_Set_Audit_Cancel';
import changes from '@salesforce/label/c.Accord_Set_Audit_Changes';
import confirm from '@salesforce/label/c.Accord_Set_Audit_Confirm';
import count from '@salesforce/label/c.Accord_Set_Audit_Count';
import countMore from '@salesforce/label/c.Accord_Set_Audit_Count_More';
import countOne from '@salesforce/label/c.Accord_Set_Audit_Count_One';
import csv from '@salesforce/label/c.Accord_Set_Audit_Csv';
import csvDone from '@salesforce/label/c.Accord_Set_Audit_Csv_Done';
import csvMaking from '@salesforce/label/c.Accord_Set_Audit_Csv_Making';
import done from '@salesforce/label/c.Accord_Set_Audit_Done';
import everybody from '@salesforce/label/c.Accord_Set_Audit_Everybody';
import everyKind from '@salesforce/label/c.Accord_Set_Audit_Every_Kind';
import filter from '@salesforce/label/c.Accord_Set_Audit_Filter';
import kind from '@salesforce/label/c.Accord_Set_Audit_Kind';
import loadingOlder from '@salesforce/label/c.Accord_Set_Audit_Loading_Older';
import none from '@salesforce/label/c.Accord_Set_Audit_None';
import noneFound from '@salesforce/label/c.Accord_Set_Audit_None_Found';
import nothingSaid from '@salesforce/label/c.Accord_Set_Audit_Nothing_Said';
import older from '@salesforce/label/c.Accord_Set_Audit_Older';
import person from '@salesforce/label/c.Accord_Set_Audit_Person';
import putBack from '@salesforce/label/c.Accord_Set_Audit_Put_Back';
import putBackOf from '@salesforce/label/c.Accord_Set_Audit_Put_Back_Of';
import record from '@salesforce/label/c.Accord_Set_Audit_Record';
import recordHint from '@salesforce/label/c.Accord_Set_Audit_Record_Hint';
import tableLabel from '@salesforce/label/c.Accord_Set_Audit_Table_Label';
import what from '@salesforce/label/c.Accord_Set_Audit_What';
import working from '@salesforce/label/c.Accord_Set_Audit_Working';

export default {
    about,
    actionImported,
    actionPutBack,
    ask,
    askText,
    at,
    by,
    byAccord,
    byGone,
    byOperator,
    bySalesforceAdmin,
    cancel,
    changes,
    confirm,
    count,
    countMore,
    countOne,
    csv,
    csvDone,
    csvMaking,
    done,
    everybody,
    everyKind,
    filter,
    kind,
    loadingOlder,
    none,
    noneFound,
    nothingSaid,
    older,
    person,
    putBack,
    putBackOf,
    record,
    recordHint,
    tableLabel,
    what,
    working
};
