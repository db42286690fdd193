/** The page Cost, and what Enable shows of it */
import activity from '@salesforce/label/c.Accord_Set_Cost_Activity';
import atMost from '@salesforce/label/c.Accord_Set_Cost_At_Most';
import autoCreate from '@salesforce/label/c.Accord_Set_Cost_Auto_Create';
import calls from '@salesforce/label/c.Accord_Set_Cost_Calls';
import contacts from '@salesforce/label/c.Accord_Set_Cost_Contacts';
import dailyLooking from '@salesforce/label/c.Accord_Set_Cost_Daily_Looking';
import dailyRecords from '@salesforce/label/c.Accord_Set_Cost_Daily_Records';
import dailyTasks from '@salesforce/label/c.Accord_Set_Cost_Daily_Tasks';
import events from '@salesforce/label/c.Accord_Set_Cost_Events';
import feature from '@salesforce/label/c.Accord_Set_Cost_Feature';
import fields from '@salesforce/label/c.Accord_Set_Cost_Fields';
import left from '@salesforce/label/c.Accord_Set_Cost_Left';
import leftCalls from '@salesforce/label/c.Accord_Set_Cost_Left_Calls';
import leftStorage from '@salesforce/label/c.Accord_Set_Cost_Left_Storage';
import leftText from '@salesforce/label/c.Accord_Set_Cost_Left_Text';
import leftUnknown from '@salesforce/label/c.Accord_Set_Cost_Left_Unknown';
import looking from '@salesforce/label/c.Accord_Set_Cost_Looking';
import lookingMore from '@salesforce/label/c.Accord_Set_Cost_Looking_More';
import measured from '@salesforce/label/c.Accord_Set_Cost_Measured';
import measuredNone from '@salesforce/label/c.Accord_Set_Cost_Measured_None';
import messages from '@salesforce/label/c.Accord_Set_Cost_Messages';
import noSwitch from '@salesforce/label/c.Accord_Set_Cost_No_Switch';
import noteLooking from '@salesforce/label/c.Accord_Set_Cost_Note_Looking';
import noteTitle from '@salesforce/label/c.Accord_Set_Cost_Note_Title';
import notInRows from '@salesforce/label/c.Accord_Set_Cost_Not_In_Rows';
import notTold from '@salesforce/label/c.Accord_Set_Cost_Not_Told';
import off from '@salesforce/label/c.Accord_Set_Cost_Off';
import on from '@salesforce/label/c.Accord_Set_Cost_On';
import reads from '@salesforce/label/c.Accord_Set_Cost_Reads';
import records from '@salesforce/label/c.Accord_Set_Cost_Records';
import reload from '@salesforce/label/c.Accord_Set_Cost_Reload';
import roomAdds from '@salesforce/label/c.Accord_Set_Cost_Room_Adds';
import roomCalls from '@salesforce/label/c.Accord_Set_Cost_Room_Calls';
import roomEvents from '@salesforce/label/c.Accord_Set_Cost_Room_Events';
import roomLeft from '@salesforce/label/c.Accord_Set_Cost_Room_Left';
import roomStorage from '@salesforce/label/c.Accord_Set_Cost_Room_Storage';
import roomUses from '@salesforce/label/c.Accord_Set_Cost_Room_Uses';
import state from '@salesforce/label/c.Accord_Set_Cost_State';
import storage from '@salesforce/label/c.Accord_Set_Cost_Storage';
import tableLabel from '@salesforce/label/c.Accord_Set_Cost_Table_Label';
import total from '@salesforce/label/c.Accord_Set_Cost_Total';
import twoWay from '@salesforce/label/c.Accord_Set_Cost_Two_Way';
import unknown from '@salesforce/label/c.Accord_Set_Cost_Unknown';

export default {
    activity,
    atMost,
    autoCreate,
    calls,
    contacts,
    dailyLooking,
    dailyRecords,
    dailyTasks,
    events,
    feature,
    fields,
    left,
    leftCalls,
    leftStorage,
    leftText,
    leftUnknown,
    looking,
    lookingMore,
    measured,
    measuredNone,
    messages,
    noSwitch,
    noteLooking,
    noteTitle,
    notInRows,
    notTold,
    off,
    on,
    reads,
    records,
    reload,
    roomAdds,
    roomCalls,
    roomEvents,
    roomLeft,
    roomStorage,
    roomUses,
    state,
    storage,
    tableLabel,
    total,
    twoWay,
    unknown
};
