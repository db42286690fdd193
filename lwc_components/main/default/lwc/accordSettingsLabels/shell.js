/** The settings tab */
import breadcrumb from '@salesforce/label/c.Accord_Set_Breadcrumb';
import changeAdded from '@salesforce/label/c.Accord_Set_Change_Added';
import changeChanged from '@salesforce/label/c.Accord_Set_Change_Changed';
import changeRemoved from '@salesforce/label/c.Accord_Set_Change_Removed';
import discard from '@salesforce/label/c.Accord_Set_Discard';
import failedTitle from '@salesforce/label/c.Accord_Set_Failed_Title';
import groupHealth from '@salesforce/label/c.Accord_Set_Group_Health';
import groupStart from '@salesforce/label/c.Accord_Set_Group_Start';
import groupWorkspace from '@salesforce/label/c.Accord_Set_Group_Workspace';
import introActivity from '@salesforce/label/c.Accord_Set_Intro_Activity';
import introBudget from '@salesforce/label/c.Accord_Set_Intro_Budget';
import introConnection from '@salesforce/label/c.Accord_Set_Intro_Connection';
import introCrm from '@salesforce/label/c.Accord_Set_Intro_Crm';
import introErrors from '@salesforce/label/c.Accord_Set_Intro_Errors';
import introFieldSync from '@salesforce/label/c.Accord_Set_Intro_Field_Sync';
import introFlowCalls from '@salesforce/label/c.Accord_Set_Intro_Flow_Calls';
import introSlideout from '@salesforce/label/c.Accord_Set_Intro_Slideout';
import introStart from '@salesforce/label/c.Accord_Set_Intro_Start';
import introTwoWay from '@salesforce/label/c.Accord_Set_Intro_Two_Way';
import leaveGo from '@salesforce/label/c.Accord_Set_Leave_Go';
import leaveStay from '@salesforce/label/c.Accord_Set_Leave_Stay';
import leaveTitle from '@salesforce/label/c.Accord_Set_Leave_Title';
import loading from '@salesforce/label/c.Accord_Set_Loading';
import meanwhileBoth from '@salesforce/label/c.Accord_Set_Meanwhile_Both';
import meanwhileMerge from '@salesforce/label/c.Accord_Set_Meanwhile_Merge';
import meanwhileNothing from '@salesforce/label/c.Accord_Set_Meanwhile_Nothing';
import meanwhileText from '@salesforce/label/c.Accord_Set_Meanwhile_Text';
import meanwhileTheirs from '@salesforce/label/c.Accord_Set_Meanwhile_Theirs';
import meanwhileTitle from '@salesforce/label/c.Accord_Set_Meanwhile_Title';
import navLabel from '@salesforce/label/c.Accord_Set_Nav_Label';
import noAccessText from '@salesforce/label/c.Accord_Set_No_Access_Text';
import noAccessTitle from '@salesforce/label/c.Accord_Set_No_Access_Title';
import noSuchRoute from '@salesforce/label/c.Accord_Set_No_Such_Route';
import pageActivity from '@salesforce/label/c.Accord_Set_Page_Activity';
import pageBudget from '@salesforce/label/c.Accord_Set_Page_Budget';
import pageConnection from '@salesforce/label/c.Accord_Set_Page_Connection';
import pageCrm from '@salesforce/label/c.Accord_Set_Page_Crm';
import pageErrors from '@salesforce/label/c.Accord_Set_Page_Errors';
import pageFieldSync from '@salesforce/label/c.Accord_Set_Page_Field_Sync';
import pageFlowCalls from '@salesforce/label/c.Accord_Set_Page_Flow_Calls';
import pageSlideout from '@salesforce/label/c.Accord_Set_Page_Slideout';
import pageStart from '@salesforce/label/c.Accord_Set_Page_Start';
import pageTwoWay from '@salesforce/label/c.Accord_Set_Page_Two_Way';
import production from '@salesforce/label/c.Accord_Set_Production';
import reference from '@salesforce/label/c.Accord_Set_Reference';
import sandbox from '@salesforce/label/c.Accord_Set_Sandbox';
import save from '@salesforce/label/c.Accord_Set_Save';
import saved from '@salesforce/label/c.Accord_Set_Saved';
import saveGroup from '@salesforce/label/c.Accord_Set_Save_Group';
import saving from '@salesforce/label/c.Accord_Set_Saving';
import title from '@salesforce/label/c.Accord_Set_Title';
import tryAgain from '@salesforce/label/c.Accord_Set_Try_Again';
import unreachable from '@salesforce/label/c.Accord_Set_Unreachable';
import unsaved from '@salesforce/label/c.Accord_Set_Unsaved';
import wider from '@salesforce/label/c.Accord_Set_Shell_Wider';

export default {
    breadcrumb,
    changeAdded,
    changeChanged,
    changeRemoved,
    discard,
    failedTitle,
    groupHealth,
    groupStart,
    groupWorkspace,
    introActivity,
    introBudget,
    introConnection,
    introCrm,
    introErrors,
    introFieldSync,
    introFlowCalls,
    introSlideout,
    introStart,
    introTwoWay,
    leaveGo,
    leaveStay,
    leaveTitle,
    loading,
    meanwhileBoth,
    meanwhileMerge,
    meanwhileNothing,
    meanwhileText,
    meanwhileTheirs,
    meanwhileTitle,
    navLabel,
    noAccessText,
    noAccessTitle,
    noSuchRoute,
    pageActivity,
    pageBudget,
    pageConnection,
    pageCrm,
    pageErrors,
    pageFieldSync,
    pageFlowCalls,
    pageSlideout,
    pageStart,
    pageTwoWay,
    production,
    reference,
    sandbox,
    save,
    saved,
    saveGroup,
    saving,
    title,
    tryAgain,
    unreachable,
    unsaved,
    wider
};
