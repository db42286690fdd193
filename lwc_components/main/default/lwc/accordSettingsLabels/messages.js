/** The page Messages */
import admins from '@salesforce/label/c.Accord_Set_Messages_Admins';
import bell from '@salesforce/label/c.Accord_Set_Messages_Bell';
import byBell from '@salesforce/label/c.Accord_Set_Messages_By_Bell';
import byEmail from '@salesforce/label/c.Accord_Set_Messages_By_Email';
import chosen from '@salesforce/label/c.Accord_Set_Messages_Chosen';
import concerned from '@salesforce/label/c.Accord_Set_Messages_Concerned';
import count from '@salesforce/label/c.Accord_Set_Messages_Count';
import countOne from '@salesforce/label/c.Accord_Set_Messages_Count_One';
import email from '@salesforce/label/c.Accord_Set_Messages_Email';
import group from '@salesforce/label/c.Accord_Set_Messages_Group';
import groupHint from '@salesforce/label/c.Accord_Set_Messages_Group_Hint';
import groupMissing from '@salesforce/label/c.Accord_Set_Messages_Group_Missing';
import groupPick from '@salesforce/label/c.Accord_Set_Messages_Group_Pick';
import isNew from '@salesforce/label/c.Accord_Set_Messages_Is_New';
import loading from '@salesforce/label/c.Accord_Set_Messages_Loading';
import noMail from '@salesforce/label/c.Accord_Set_Messages_No_Mail';
import none from '@salesforce/label/c.Accord_Set_Messages_None';
import noneUnseen from '@salesforce/label/c.Accord_Set_Messages_None_Unseen';
import off from '@salesforce/label/c.Accord_Set_Messages_Off';
import older from '@salesforce/label/c.Accord_Set_Messages_Older';
import on from '@salesforce/label/c.Accord_Set_Messages_On';
import parkedMoreThan from '@salesforce/label/c.Accord_Set_Messages_Parked_More_Than';
import reload from '@salesforce/label/c.Accord_Set_Messages_Reload';
import see from '@salesforce/label/c.Accord_Set_Messages_See';
import seen from '@salesforce/label/c.Accord_Set_Messages_Seen';
import seeOf from '@salesforce/label/c.Accord_Set_Messages_See_Of';
import settings from '@salesforce/label/c.Accord_Set_Messages_Settings';
import since from '@salesforce/label/c.Accord_Set_Messages_Since';
import test from '@salesforce/label/c.Accord_Set_Messages_Test';
import testSend from '@salesforce/label/c.Accord_Set_Messages_Test_Send';
import testSending from '@salesforce/label/c.Accord_Set_Messages_Test_Sending';
import testSent from '@salesforce/label/c.Accord_Set_Messages_Test_Sent';
import times from '@salesforce/label/c.Accord_Set_Messages_Times';
import toldDone from '@salesforce/label/c.Accord_Set_Messages_Told_Done';
import toldFailed from '@salesforce/label/c.Accord_Set_Messages_Told_Failed';
import toldNot from '@salesforce/label/c.Accord_Set_Messages_Told_Not';
import toldWaiting from '@salesforce/label/c.Accord_Set_Messages_Told_Waiting';
import trouble from '@salesforce/label/c.Accord_Set_Messages_Trouble';
import unseenOnly from '@salesforce/label/c.Accord_Set_Messages_Unseen_Only';
import until from '@salesforce/label/c.Accord_Set_Messages_Until';
import ways from '@salesforce/label/c.Accord_Set_Messages_Ways';
import well from '@salesforce/label/c.Accord_Set_Messages_Well';
import who from '@salesforce/label/c.Accord_Set_Messages_Who';

export default {
    admins,
    bell,
    byBell,
    byEmail,
    chosen,
    concerned,
    count,
    countOne,
    email,
    group,
    groupHint,
    groupMissing,
    groupPick,
    isNew,
    loading,
    noMail,
    none,
    noneUnseen,
    off,
    older,
    on,
    parkedMoreThan,
    reload,
    see,
    seen,
    seeOf,
    settings,
    since,
    test,
    testSend,
    testSending,
    testSent,
    times,
    toldDone,
    toldFailed,
    toldNot,
    toldWaiting,
    trouble,
    unseenOnly,
    until,
    ways,
    well,
    who
};
