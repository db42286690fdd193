/** The page Sync Accord data to Salesforce */
import accordField from '@salesforce/label/c.Accord_Set_Fieldsync_Accord_Field';
import accordFieldPlaceholder from '@salesforce/label/c.Accord_Set_Fieldsync_Accord_Field_Placeholder';
import add from '@salesforce/label/c.Accord_Set_Fieldsync_Add';
import added from '@salesforce/label/c.Accord_Set_Fieldsync_Added';
import addRow from '@salesforce/label/c.Accord_Set_Fieldsync_Add_Row';
import backTo from '@salesforce/label/c.Accord_Set_Fieldsync_Back_To';
import backToPage from '@salesforce/label/c.Accord_Set_Fieldsync_Back_To_Page';
import beforeSave from '@salesforce/label/c.Accord_Set_Fieldsync_Before_Save';
import cancel from '@salesforce/label/c.Accord_Set_Fieldsync_Cancel';
import changed from '@salesforce/label/c.Accord_Set_Fieldsync_Changed';
import changeRow from '@salesforce/label/c.Accord_Set_Fieldsync_Change_Row';
import checkMinutes from '@salesforce/label/c.Accord_Set_Fieldsync_Check_Minutes';
import chooseDatum from '@salesforce/label/c.Accord_Set_Fieldsync_Choose_Datum';
import chooseField from '@salesforce/label/c.Accord_Set_Fieldsync_Choose_Field';
import down from '@salesforce/label/c.Accord_Set_Fieldsync_Down';
import edit from '@salesforce/label/c.Accord_Set_Fieldsync_Edit';
import enabled from '@salesforce/label/c.Accord_Set_Fieldsync_Enabled';
import fieldLoading from '@salesforce/label/c.Accord_Set_Fieldsync_Field_Loading';
import fieldOf from '@salesforce/label/c.Accord_Set_Fieldsync_Field_Of';
import fieldOn from '@salesforce/label/c.Accord_Set_Fieldsync_Field_On';
import fieldPlaceholder from '@salesforce/label/c.Accord_Set_Fieldsync_Field_Placeholder';
import fieldsOf from '@salesforce/label/c.Accord_Set_Fieldsync_Fields_Of';
import fill from '@salesforce/label/c.Accord_Set_Fieldsync_Fill';
import fillBegun from '@salesforce/label/c.Accord_Set_Fieldsync_Fill_Begun';
import fillLooking from '@salesforce/label/c.Accord_Set_Fieldsync_Fill_Looking';
import fillText from '@salesforce/label/c.Accord_Set_Fieldsync_Fill_Text';
import fillTitle from '@salesforce/label/c.Accord_Set_Fieldsync_Fill_Title';
import goesTo from '@salesforce/label/c.Accord_Set_Fieldsync_Goes_To';
import groupAccordData from '@salesforce/label/c.Accord_Set_Fieldsync_Group_Accord_Data';
import groupCriteria from '@salesforce/label/c.Accord_Set_Fieldsync_Group_Criteria';
import groupFields from '@salesforce/label/c.Accord_Set_Fieldsync_Group_Fields';
import groupRelated from '@salesforce/label/c.Accord_Set_Fieldsync_Group_Related';
import isOff from '@salesforce/label/c.Accord_Set_Fieldsync_Is_Off';
import isOn from '@salesforce/label/c.Accord_Set_Fieldsync_Is_On';
import isProposal from '@salesforce/label/c.Accord_Set_Fieldsync_Is_Proposal';
import isUsed from '@salesforce/label/c.Accord_Set_Fieldsync_Is_Used';
import movedTo from '@salesforce/label/c.Accord_Set_Fieldsync_Moved_To';
import noRows from '@salesforce/label/c.Accord_Set_Fieldsync_No_Rows';
import notNow from '@salesforce/label/c.Accord_Set_Fieldsync_Not_Now';
import off from '@salesforce/label/c.Accord_Set_Fieldsync_Off';
import on from '@salesforce/label/c.Accord_Set_Fieldsync_On';
import remove from '@salesforce/label/c.Accord_Set_Fieldsync_Remove';
import removed from '@salesforce/label/c.Accord_Set_Fieldsync_Removed';
import resume from '@salesforce/label/c.Accord_Set_Fieldsync_Resume';
import resumed from '@salesforce/label/c.Accord_Set_Fieldsync_Resumed';
import resumeOf from '@salesforce/label/c.Accord_Set_Fieldsync_Resume_Of';
import save from '@salesforce/label/c.Accord_Set_Fieldsync_Save';
import seeEach from '@salesforce/label/c.Accord_Set_Fieldsync_See_Each';
import statusBad from '@salesforce/label/c.Accord_Set_Fieldsync_Status_Bad';
import statusOk from '@salesforce/label/c.Accord_Set_Fieldsync_Status_Ok';
import statusPaused from '@salesforce/label/c.Accord_Set_Fieldsync_Status_Paused';
import statusUnchecked from '@salesforce/label/c.Accord_Set_Fieldsync_Status_Unchecked';
import take from '@salesforce/label/c.Accord_Set_Fieldsync_Take';
import tryAgain from '@salesforce/label/c.Accord_Set_Fieldsync_Try_Again';
import up from '@salesforce/label/c.Accord_Set_Fieldsync_Up';

export default {
    accordField,
    accordFieldPlaceholder,
    add,
    added,
    addRow,
    backTo,
    backToPage,
    beforeSave,
    cancel,
    changed,
    changeRow,
    checkMinutes,
    chooseDatum,
    chooseField,
    down,
    edit,
    enabled,
    fieldLoading,
    fieldOf,
    fieldOn,
    fieldPlaceholder,
    fieldsOf,
    fill,
    fillBegun,
    fillLooking,
    fillText,
    fillTitle,
    goesTo,
    groupAccordData,
    groupCriteria,
    groupFields,
    groupRelated,
    isOff,
    isOn,
    isProposal,
    isUsed,
    movedTo,
    noRows,
    notNow,
    off,
    on,
    remove,
    removed,
    resume,
    resumed,
    resumeOf,
    save,
    seeEach,
    statusBad,
    statusOk,
    statusPaused,
    statusUnchecked,
    take,
    tryAgain,
    up
};
