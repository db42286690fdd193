/** The page Sync Accord data to Salesforce */
import accordField from '@salesforce/label/c.Accord_Set_Fieldsync_Accord_Field';
import accordFieldPlaceholder from '@salesforce/label/c.Accord_Set_Fieldsync_Accord_Field_Placeholder';
import add from '@salesforce/label/c.Accord_Set_Fieldsync_Add';
import added from '@salesforce/label/c.Accord_Set_Fieldsync_Added';
import addRow from '@salesforce/label/c.Accord_Set_Fieldsync_Add_Row';
import backTo from '@salesforce/label/c.Accord_Set_Fieldsync_Back_To';
import cancel from '@salesforce/label/c.Accord_Set_Fieldsync_Cancel';
import checkMinutes from '@salesforce/label/c.Accord_Set_Fieldsync_Check_Minutes';
import chooseDatum from '@salesforce/label/c.Accord_Set_Fieldsync_Choose_Datum';
import chooseField from '@salesforce/label/c.Accord_Set_Fieldsync_Choose_Field';
import enabled from '@salesforce/label/c.Accord_Set_Fieldsync_Enabled';
import fieldLoading from '@salesforce/label/c.Accord_Set_Fieldsync_Field_Loading';
import fieldOf from '@salesforce/label/c.Accord_Set_Fieldsync_Field_Of';
import fieldOn from '@salesforce/label/c.Accord_Set_Fieldsync_Field_On';
import fieldPlaceholder from '@salesforce/label/c.Accord_Set_Fieldsync_Field_Placeholder';
import fieldsOf from '@salesforce/label/c.Accord_Set_Fieldsync_Fields_Of';
import goesTo from '@salesforce/label/c.Accord_Set_Fieldsync_Goes_To';
import groupAccordData from '@salesforce/label/c.Accord_Set_Fieldsync_Group_Accord_Data';
import groupCriteria from '@salesforce/label/c.Accord_Set_Fieldsync_Group_Criteria';
import groupFields from '@salesforce/label/c.Accord_Set_Fieldsync_Group_Fields';
import groupRelated from '@salesforce/label/c.Accord_Set_Fieldsync_Group_Related';
import isOff from '@salesforce/label/c.Accord_Set_Fieldsync_Is_Off';
import isOn from '@salesforce/label/c.Accord_Set_Fieldsync_Is_On';
import isProposal from '@salesforce/label/c.Accord_Set_Fieldsync_Is_Proposal';
import isUsed from '@salesforce/label/c.Accord_Set_Fieldsync_Is_Used';
import noRows from '@salesforce/label/c.Accord_Set_Fieldsync_No_Rows';
import off from '@salesforce/label/c.Accord_Set_Fieldsync_Off';
import on from '@salesforce/label/c.Accord_Set_Fieldsync_On';
import remove from '@salesforce/label/c.Accord_Set_Fieldsync_Remove';
import removed from '@salesforce/label/c.Accord_Set_Fieldsync_Removed';
import resume from '@salesforce/label/c.Accord_Set_Fieldsync_Resume';
import resumed from '@salesforce/label/c.Accord_Set_Fieldsync_Resumed';
import resumeOf from '@salesforce/label/c.Accord_Set_Fieldsync_Resume_Of';
import statusBad from '@salesforce/label/c.Accord_Set_Fieldsync_Status_Bad';
import statusOk from '@salesforce/label/c.Accord_Set_Fieldsync_Status_Ok';
import statusPaused from '@salesforce/label/c.Accord_Set_Fieldsync_Status_Paused';
import statusUnchecked from '@salesforce/label/c.Accord_Set_Fieldsync_Status_Unchecked';
import tryAgain from '@salesforce/label/c.Accord_Set_Fieldsync_Try_Again';

export default {
    accordField,
    accordFieldPlaceholder,
    add,
    added,
    addRow,
    backTo,
    cancel,
    checkMinutes,
    chooseDatum,
    chooseField,
    enabled,
    fieldLoading,
    fieldOf,
    fieldOn,
    fieldPlaceholder,
    fieldsOf,
    goesTo,
    groupAccordData,
    groupCriteria,
    groupFields,
    groupRelated,
    isOff,
    isOn,
    isProposal,
    isUsed,
    noRows,
    off,
    on,
    remove,
    removed,
    resume,
    resumed,
    resumeOf,
    statusBad,
    statusOk,
    statusPaused,
    statusUnchecked,
    tryAgain
};
