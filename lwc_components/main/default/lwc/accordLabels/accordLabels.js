/** Every text of the panel, from the custom labels of the package: translated there, imported here alone. */
import allReadOnly from '@salesforce/label/c.Accord_All_Read_Only';
import alsoNeeded from '@salesforce/label/c.Accord_Also_Needed';
import cancel from '@salesforce/label/c.Accord_Cancel';
import cancelled from '@salesforce/label/c.Accord_Cancelled';
import charactersLeft from '@salesforce/label/c.Accord_Characters_Left';
import charactersNone from '@salesforce/label/c.Accord_Characters_None';
import checkFields from '@salesforce/label/c.Accord_Check_Fields';
import choose from '@salesforce/label/c.Accord_Choose';
import conflictTitle from '@salesforce/label/c.Accord_Conflict_Title';
import currencyChanged from '@salesforce/label/c.Accord_Currency_Changed';
import draftDiscard from '@salesforce/label/c.Accord_Draft_Discard';
import draftFillIn from '@salesforce/label/c.Accord_Draft_Fill_In';
import draftOffered from '@salesforce/label/c.Accord_Draft_Offered';
import draftOfferedText from '@salesforce/label/c.Accord_Draft_Offered_Text';
import draftRestored from '@salesforce/label/c.Accord_Draft_Restored';
import edited from '@salesforce/label/c.Accord_Edited';
import emptyValue from '@salesforce/label/c.Accord_Empty_Value';
import failedTitle from '@salesforce/label/c.Accord_Failed_Title';
import hiddenValue from '@salesforce/label/c.Accord_Hidden_Value';
import ignored from '@salesforce/label/c.Accord_Ignored';
import inDoubt from '@salesforce/label/c.Accord_In_Doubt';
import inDoubtText from '@salesforce/label/c.Accord_In_Doubt_Text';
import inDoubtTitle from '@salesforce/label/c.Accord_In_Doubt_Title';
import keepMine from '@salesforce/label/c.Accord_Keep_Mine';
import keepMineOf from '@salesforce/label/c.Accord_Keep_Mine_Of';
import loading from '@salesforce/label/c.Accord_Loading';
import loginAgain from '@salesforce/label/c.Accord_Login_Again';
import loginBlocked from '@salesforce/label/c.Accord_Login_Blocked';
import loginCheck from '@salesforce/label/c.Accord_Login_Check';
import loginConnect from '@salesforce/label/c.Accord_Login_Connect';
import loginConnected from '@salesforce/label/c.Accord_Login_Connected';
import loginDisconnect from '@salesforce/label/c.Accord_Login_Disconnect';
import loginDismiss from '@salesforce/label/c.Accord_Login_Dismiss';
import loginEnded from '@salesforce/label/c.Accord_Login_Ended';
import loginEndThere from '@salesforce/label/c.Accord_Login_End_There';
import loginNotYet from '@salesforce/label/c.Accord_Login_Not_Yet';
import loginOffer from '@salesforce/label/c.Accord_Login_Offer';
import loginOpen from '@salesforce/label/c.Accord_Login_Open';
import loginStanding from '@salesforce/label/c.Accord_Login_Standing';
import loginTitle from '@salesforce/label/c.Accord_Login_Title';
import loginWaiting from '@salesforce/label/c.Accord_Login_Waiting';
import noAccess from '@salesforce/label/c.Accord_No_Access';
import none from '@salesforce/label/c.Accord_None';
import noRecordText from '@salesforce/label/c.Accord_No_Record_Text';
import noRecordTitle from '@salesforce/label/c.Accord_No_Record_Title';
import notFoundText from '@salesforce/label/c.Accord_Not_Found_Text';
import notFoundTitle from '@salesforce/label/c.Accord_Not_Found_Title';
import nothingText from '@salesforce/label/c.Accord_Nothing_Text';
import nothingTitle from '@salesforce/label/c.Accord_Nothing_Title';
import notOffered from '@salesforce/label/c.Accord_Not_Offered';
import notSavedTitle from '@salesforce/label/c.Accord_Not_Saved_Title';
import openApproval from '@salesforce/label/c.Accord_Open_Approval';
import openApprovalAccount from '@salesforce/label/c.Accord_Open_Approval_Account';
import openProducts from '@salesforce/label/c.Accord_Open_Products';
import openRecord from '@salesforce/label/c.Accord_Open_Record';
import openRelated from '@salesforce/label/c.Accord_Open_Related';
import panelTitle from '@salesforce/label/c.Accord_Panel_Title';
import planByColleague from '@salesforce/label/c.Accord_Plan_By_Colleague';
import planCreate from '@salesforce/label/c.Accord_Plan_Create';
import planCreated from '@salesforce/label/c.Accord_Plan_Created';
import planCreating from '@salesforce/label/c.Accord_Plan_Creating';
import planInDoubt from '@salesforce/label/c.Accord_Plan_In_Doubt';
import planName from '@salesforce/label/c.Accord_Plan_Name';
import planNameDefault from '@salesforce/label/c.Accord_Plan_Name_Default';
import planNew from '@salesforce/label/c.Accord_Plan_New';
import planNone from '@salesforce/label/c.Accord_Plan_None';
import planNoneReader from '@salesforce/label/c.Accord_Plan_None_Reader';
import planNoneText from '@salesforce/label/c.Accord_Plan_None_Text';
import planProgress from '@salesforce/label/c.Accord_Plan_Progress';
import planStage from '@salesforce/label/c.Accord_Plan_Stage';
import planStageTitle from '@salesforce/label/c.Accord_Plan_Stage_Title';
import planStatus from '@salesforce/label/c.Accord_Plan_Status';
import planSteps from '@salesforce/label/c.Accord_Plan_Steps';
import planStepsDone from '@salesforce/label/c.Accord_Plan_Steps_Done';
import planStepsLeast from '@salesforce/label/c.Accord_Plan_Steps_Least';
import planStepsProblem from '@salesforce/label/c.Accord_Plan_Steps_Problem';
import planStepsTotal from '@salesforce/label/c.Accord_Plan_Steps_Total';
import planThere from '@salesforce/label/c.Accord_Plan_There';
import planTitle from '@salesforce/label/c.Accord_Plan_Title';
import planUnreachable from '@salesforce/label/c.Accord_Plan_Unreachable';
import reasonApproval from '@salesforce/label/c.Accord_Reason_Approval';
import reasonApprovalHere from '@salesforce/label/c.Accord_Reason_Approval_Here';
import reasonApprovalSince from '@salesforce/label/c.Accord_Reason_Approval_Since';
import reasonFormula from '@salesforce/label/c.Accord_Reason_Formula';
import reasonHidden from '@salesforce/label/c.Accord_Reason_Hidden';
import reasonNoAccount from '@salesforce/label/c.Accord_Reason_No_Account';
import reasonNoEdit from '@salesforce/label/c.Accord_Reason_No_Edit';
import reasonNotRead from '@salesforce/label/c.Accord_Reason_Not_Read';
import reasonProducts from '@salesforce/label/c.Accord_Reason_Products';
import reasonRecord from '@salesforce/label/c.Accord_Reason_Record';
import reasonRelated from '@salesforce/label/c.Accord_Reason_Related';
import reasonType from '@salesforce/label/c.Accord_Reason_Type';
import reference from '@salesforce/label/c.Accord_Reference';
import rowAmount from '@salesforce/label/c.Accord_Row_Amount';
import rowCloseDate from '@salesforce/label/c.Accord_Row_Close_Date';
import rowNextSteps from '@salesforce/label/c.Accord_Row_Next_Steps';
import rowStage from '@salesforce/label/c.Accord_Row_Stage';
import save from '@salesforce/label/c.Accord_Save';
import savedAs from '@salesforce/label/c.Accord_Saved_As';
import savedText from '@salesforce/label/c.Accord_Saved_Text';
import saving from '@salesforce/label/c.Accord_Saving';
import signInAgain from '@salesforce/label/c.Accord_Sign_In_Again';
import signInKept from '@salesforce/label/c.Accord_Sign_In_Kept';
import staleText from '@salesforce/label/c.Accord_Stale_Text';
import staleTitle from '@salesforce/label/c.Accord_Stale_Title';
import tabDeal from '@salesforce/label/c.Accord_Tab_Deal';
import takeTheirs from '@salesforce/label/c.Accord_Take_Theirs';
import takeTheirsOf from '@salesforce/label/c.Accord_Take_Theirs_Of';
import textCut from '@salesforce/label/c.Accord_Text_Cut';
import theirs from '@salesforce/label/c.Accord_Theirs';
import tooManyDecimals from '@salesforce/label/c.Accord_Too_Many_Decimals';
import tooManyDigits from '@salesforce/label/c.Accord_Too_Many_Digits';
import tryAgain from '@salesforce/label/c.Accord_Try_Again';
import unreachable from '@salesforce/label/c.Accord_Unreachable';
import unsavedGroup from '@salesforce/label/c.Accord_Unsaved_Group';
import unsavedMany from '@salesforce/label/c.Accord_Unsaved_Many';
import unsavedOne from '@salesforce/label/c.Accord_Unsaved_One';
import wholeNumber from '@salesforce/label/c.Accord_Whole_Number';
import withoutText from '@salesforce/label/c.Accord_Without_Text';
import withoutTitle from '@salesforce/label/c.Accord_Without_Title';
import yours from '@salesforce/label/c.Accord_Yours';

/** Puts values into the {0}, {1} of a label. */
export const format = (label, ...values) => label.replace(/\{(\d)\}/g, (placeholder, index) => values[index] ?? placeholder);

export { default as criterionLabels } from './criteria';
export { default as partLabels } from './parts';
export { default as planLabels } from './plan';
export { default as variableLabels } from './variables';
export { default as playbookLabels } from './playbook';
export { default as whyLabels } from './why';

export default {
    allReadOnly,
    alsoNeeded,
    cancel,
    cancelled,
    charactersLeft,
    charactersNone,
    checkFields,
    choose,
    conflictTitle,
    currencyChanged,
    draftDiscard,
    draftFillIn,
    draftOffered,
    draftOfferedText,
    draftRestored,
    edited,
    emptyValue,
    failedTitle,
    hiddenValue,
    ignored,
    inDoubt,
    inDoubtText,
    inDoubtTitle,
    keepMine,
    keepMineOf,
    loading,
    loginAgain,
    loginBlocked,
    loginCheck,
    loginConnect,
    loginConnected,
    loginDisconnect,
    loginDismiss,
    loginEnded,
    loginEndThere,
    loginNotYet,
    loginOffer,
    loginOpen,
    loginStanding,
    loginTitle,
    loginWaiting,
    noAccess,
    none,
    noRecordText,
    noRecordTitle,
    notFoundText,
    notFoundTitle,
    nothingText,
    nothingTitle,
    notOffered,
    notSavedTitle,
    openApproval,
    openApprovalAccount,
    openProducts,
    openRecord,
    openRelated,
    panelTitle,
    planByColleague,
    planCreate,
    planCreated,
    planCreating,
    planInDoubt,
    planName,
    planNameDefault,
    planNew,
    planNone,
    planNoneReader,
    planNoneText,
    planProgress,
    planStage,
    planStageTitle,
    planStatus,
    planSteps,
    planStepsDone,
    planStepsLeast,
    planStepsProblem,
    planStepsTotal,
    planThere,
    planTitle,
    planUnreachable,
    reasonApproval,
    reasonApprovalHere,
    reasonApprovalSince,
    reasonFormula,
    reasonHidden,
    reasonNoAccount,
    reasonNoEdit,
    reasonNotRead,
    reasonProducts,
    reasonRecord,
    reasonRelated,
    reasonType,
    reference,
    rowAmount,
    rowCloseDate,
    rowNextSteps,
    rowStage,
    save,
    savedAs,
    savedText,
    saving,
    signInAgain,
    signInKept,
    staleText,
    staleTitle,
    tabDeal,
    takeTheirs,
    takeTheirsOf,
    textCut,
    theirs,
    tooManyDecimals,
    tooManyDigits,
    tryAgain,
    unreachable,
    unsavedGroup,
    unsavedMany,
    unsavedOne,
    wholeNumber,
    withoutText,
    withoutTitle,
    yours
};
