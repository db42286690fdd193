/** The checklist */
import activityOff from '@salesforce/label/c.Accord_Set_Checklist_Activity_Off';
import activityOn from '@salesforce/label/c.Accord_Set_Checklist_Activity_On';
import certificateMissing from '@salesforce/label/c.Accord_Set_Checklist_Certificate_Missing';
import certificateThere from '@salesforce/label/c.Accord_Set_Checklist_Certificate_There';
import connectionHeld from '@salesforce/label/c.Accord_Set_Checklist_Connection_Held';
import connectionLive from '@salesforce/label/c.Accord_Set_Checklist_Connection_Live';
import count from '@salesforce/label/c.Accord_Set_Checklist_Count';
import fieldSyncIll from '@salesforce/label/c.Accord_Set_Checklist_Field_Sync_Ill';
import fieldSyncIllOne from '@salesforce/label/c.Accord_Set_Checklist_Field_Sync_Ill_One';
import fieldSyncOff from '@salesforce/label/c.Accord_Set_Checklist_Field_Sync_Off';
import fieldSyncOn from '@salesforce/label/c.Accord_Set_Checklist_Field_Sync_On';
import go from '@salesforce/label/c.Accord_Set_Checklist_Go';
import looking from '@salesforce/label/c.Accord_Set_Checklist_Looking';
import noticesNone from '@salesforce/label/c.Accord_Set_Checklist_Notices_None';
import open from '@salesforce/label/c.Accord_Set_Checklist_Open';
import parked from '@salesforce/label/c.Accord_Set_Checklist_Parked';
import parkedNone from '@salesforce/label/c.Accord_Set_Checklist_Parked_None';
import parkedOne from '@salesforce/label/c.Accord_Set_Checklist_Parked_One';
import slideoutBad from '@salesforce/label/c.Accord_Set_Checklist_Slideout_Bad';
import slideoutBadOne from '@salesforce/label/c.Accord_Set_Checklist_Slideout_Bad_One';
import slideoutDefault from '@salesforce/label/c.Accord_Set_Checklist_Slideout_Default';
import slideoutRows from '@salesforce/label/c.Accord_Set_Checklist_Slideout_Rows';
import stateAttention from '@salesforce/label/c.Accord_Set_Checklist_State_Attention';
import stateDone from '@salesforce/label/c.Accord_Set_Checklist_State_Done';
import stateLoading from '@salesforce/label/c.Accord_Set_Checklist_State_Loading';
import stateTodo from '@salesforce/label/c.Accord_Set_Checklist_State_Todo';
import stateUnknown from '@salesforce/label/c.Accord_Set_Checklist_State_Unknown';
import stepActivity from '@salesforce/label/c.Accord_Set_Checklist_Step_Activity';
import stepCertificate from '@salesforce/label/c.Accord_Set_Checklist_Step_Certificate';
import stepConnection from '@salesforce/label/c.Accord_Set_Checklist_Step_Connection';
import stepDeliveries from '@salesforce/label/c.Accord_Set_Checklist_Step_Deliveries';
import stepFieldSync from '@salesforce/label/c.Accord_Set_Checklist_Step_Field_Sync';
import stepNotices from '@salesforce/label/c.Accord_Set_Checklist_Step_Notices';
import stepSlideout from '@salesforce/label/c.Accord_Set_Checklist_Step_Slideout';
import stepTwoWay from '@salesforce/label/c.Accord_Set_Checklist_Step_Two_Way';
import twoWayApart from '@salesforce/label/c.Accord_Set_Checklist_Two_Way_Apart';
import twoWayApartOne from '@salesforce/label/c.Accord_Set_Checklist_Two_Way_Apart_One';
import twoWayEqual from '@salesforce/label/c.Accord_Set_Checklist_Two_Way_Equal';

export default {
    activityOff,
    activityOn,
    certificateMissing,
    certificateThere,
    connectionHeld,
    connectionLive,
    count,
    fieldSyncIll,
    fieldSyncIllOne,
    fieldSyncOff,
    fieldSyncOn,
    go,
    looking,
    noticesNone,
    open,
    parked,
    parkedNone,
    parkedOne,
    slideoutBad,
    slideoutBadOne,
    slideoutDefault,
    slideoutRows,
    stateAttention,
    stateDone,
    stateLoading,
    stateTodo,
    stateUnknown,
    stepActivity,
    stepCertificate,
    stepConnection,
    stepDeliveries,
    stepFieldSync,
    stepNotices,
    stepSlideout,
    stepTwoWay,
    twoWayApart,
    twoWayApartOne,
    twoWayEqual
};
