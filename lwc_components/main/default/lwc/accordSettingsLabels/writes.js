/** The page Writes */
import at from '@salesforce/label/c.Accord_Set_Writes_At';
import by from '@salesforce/label/c.Accord_Set_Writes_By';
import byNobody from '@salesforce/label/c.Accord_Set_Writes_By_Nobody';
import cause from '@salesforce/label/c.Accord_Set_Writes_Cause';
import count from '@salesforce/label/c.Accord_Set_Writes_Count';
import countMore from '@salesforce/label/c.Accord_Set_Writes_Count_More';
import countOne from '@salesforce/label/c.Accord_Set_Writes_Count_One';
import csv from '@salesforce/label/c.Accord_Set_Writes_Csv';
import csvDone from '@salesforce/label/c.Accord_Set_Writes_Csv_Done';
import csvMaking from '@salesforce/label/c.Accord_Set_Writes_Csv_Making';
import empty from '@salesforce/label/c.Accord_Set_Writes_Empty';
import fate from '@salesforce/label/c.Accord_Set_Writes_Fate';
import fateNotWritten from '@salesforce/label/c.Accord_Set_Writes_Fate_Not_Written';
import fateParked from '@salesforce/label/c.Accord_Set_Writes_Fate_Parked';
import fateWaiting from '@salesforce/label/c.Accord_Set_Writes_Fate_Waiting';
import fateWritten from '@salesforce/label/c.Accord_Set_Writes_Fate_Written';
import find from '@salesforce/label/c.Accord_Set_Writes_Find';
import hidden from '@salesforce/label/c.Accord_Set_Writes_Hidden';
import integrationOwner from '@salesforce/label/c.Accord_Set_Writes_Integration_Owner';
import loadingOlder from '@salesforce/label/c.Accord_Set_Writes_Loading_Older';
import login from '@salesforce/label/c.Accord_Set_Writes_Login';
import noLogin from '@salesforce/label/c.Accord_Set_Writes_No_Login';
import none from '@salesforce/label/c.Accord_Set_Writes_None';
import noneFound from '@salesforce/label/c.Accord_Set_Writes_None_Found';
import notAnId from '@salesforce/label/c.Accord_Set_Writes_Not_An_Id';
import older from '@salesforce/label/c.Accord_Set_Writes_Older';
import quoted from '@salesforce/label/c.Accord_Set_Writes_Quoted';
import record from '@salesforce/label/c.Accord_Set_Writes_Record';
import recordHint from '@salesforce/label/c.Accord_Set_Writes_Record_Hint';
import reference from '@salesforce/label/c.Accord_Set_Writes_Reference';
import rule from '@salesforce/label/c.Accord_Set_Writes_Rule';
import tableLabel from '@salesforce/label/c.Accord_Set_Writes_Table_Label';
import value from '@salesforce/label/c.Accord_Set_Writes_Value';
import valueNew from '@salesforce/label/c.Accord_Set_Writes_Value_New';
import valueNotKnown from '@salesforce/label/c.Accord_Set_Writes_Value_Not_Known';
import values from '@salesforce/label/c.Accord_Set_Writes_Values';
import valuesLater from '@salesforce/label/c.Accord_Set_Writes_Values_Later';
import valuesNone from '@salesforce/label/c.Accord_Set_Writes_Values_None';

export default {
    at,
    by,
    byNobody,
    cause,
    count,
    countMore,
    countOne,
    csv,
    csvDone,
    csvMaking,
    empty,
    fate,
    fateNotWritten,
    fateParked,
    fateWaiting,
    fateWritten,
    find,
    hidden,
    integrationOwner,
    loadingOlder,
    login,
    noLogin,
    none,
    noneFound,
    notAnId,
    older,
    quoted,
    record,
    recordHint,
    reference,
    rule,
    tableLabel,
    value,
    valueNew,
    valueNotKnown,
    values,
    valuesLater,
    valuesNone
};
