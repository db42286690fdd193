/** The CRM page */
import activity from '@salesforce/label/c.Accord_Set_Crm_Activity';
import activityAsk from '@salesforce/label/c.Accord_Set_Crm_Activity_Ask';
import activityText from '@salesforce/label/c.Accord_Set_Crm_Activity_Text';
import cancel from '@salesforce/label/c.Accord_Set_Crm_Cancel';
import costLooking from '@salesforce/label/c.Accord_Set_Crm_Cost_Looking';
import enable from '@salesforce/label/c.Accord_Set_Crm_Enable';
import enableOf from '@salesforce/label/c.Accord_Set_Crm_Enable_Of';
import fieldSync from '@salesforce/label/c.Accord_Set_Crm_Field_Sync';
import fieldSyncAsk from '@salesforce/label/c.Accord_Set_Crm_Field_Sync_Ask';
import fieldSyncText from '@salesforce/label/c.Accord_Set_Crm_Field_Sync_Text';
import lock from '@salesforce/label/c.Accord_Set_Crm_Lock';
import lockOffAsk from '@salesforce/label/c.Accord_Set_Crm_Lock_Off_Ask';
import lockOnAsk from '@salesforce/label/c.Accord_Set_Crm_Lock_On_Ask';
import lockText from '@salesforce/label/c.Accord_Set_Crm_Lock_Text';
import manage from '@salesforce/label/c.Accord_Set_Crm_Manage';
import manageOf from '@salesforce/label/c.Accord_Set_Crm_Manage_Of';
import nowOff from '@salesforce/label/c.Accord_Set_Crm_Now_Off';
import nowOn from '@salesforce/label/c.Accord_Set_Crm_Now_On';
import off from '@salesforce/label/c.Accord_Set_Crm_Off';
import on from '@salesforce/label/c.Accord_Set_Crm_On';
import seeEach from '@salesforce/label/c.Accord_Set_Crm_See_Each';
import slideout from '@salesforce/label/c.Accord_Set_Crm_Slideout';
import slideoutText from '@salesforce/label/c.Accord_Set_Crm_Slideout_Text';
import turnOff from '@salesforce/label/c.Accord_Set_Crm_Turn_Off';
import turnOffAsk from '@salesforce/label/c.Accord_Set_Crm_Turn_Off_Ask';
import turnOffOf from '@salesforce/label/c.Accord_Set_Crm_Turn_Off_Of';
import twoWay from '@salesforce/label/c.Accord_Set_Crm_Two_Way';
import twoWayText from '@salesforce/label/c.Accord_Set_Crm_Two_Way_Text';
import unknown from '@salesforce/label/c.Accord_Set_Crm_Unknown';

export default {
    activity,
    activityAsk,
    activityText,
    cancel,
    costLooking,
    enable,
    enableOf,
    fieldSync,
    fieldSyncAsk,
    fieldSyncText,
    lock,
    lockOffAsk,
    lockOnAsk,
    lockText,
    manage,
    manageOf,
    nowOff,
    nowOn,
    off,
    on,
    seeEach,
    slideout,
    slideoutText,
    turnOff,
    turnOffAsk,
    turnOffOf,
    twoWay,
    twoWayText,
    unknown
};
