/** The page Flow calls */
import action from '@salesforce/label/c.Accord_Set_Flow_Action';
import again from '@salesforce/label/c.Accord_Set_Flow_Again';
import againOf from '@salesforce/label/c.Accord_Set_Flow_Again_Of';
import at from '@salesforce/label/c.Accord_Set_Flow_At';
import connectDeal from '@salesforce/label/c.Accord_Set_Flow_Connect_Deal';
import count from '@salesforce/label/c.Accord_Set_Flow_Count';
import countOne from '@salesforce/label/c.Accord_Set_Flow_Count_One';
import done from '@salesforce/label/c.Accord_Set_Flow_Done';
import duplicate from '@salesforce/label/c.Accord_Set_Flow_Duplicate';
import find from '@salesforce/label/c.Accord_Set_Flow_Find';
import flow from '@salesforce/label/c.Accord_Set_Flow_Flow';
import getPlan from '@salesforce/label/c.Accord_Set_Flow_Get_Plan';
import getStatus from '@salesforce/label/c.Accord_Set_Flow_Get_Status';
import logActivity from '@salesforce/label/c.Accord_Set_Flow_Log_Activity';
import milliseconds from '@salesforce/label/c.Accord_Set_Flow_Milliseconds';
import none from '@salesforce/label/c.Accord_Set_Flow_None';
import noneFound from '@salesforce/label/c.Accord_Set_Flow_None_Found';
import outcome from '@salesforce/label/c.Accord_Set_Flow_Outcome';
import queued from '@salesforce/label/c.Accord_Set_Flow_Queued';
import reference from '@salesforce/label/c.Accord_Set_Flow_Reference';
import refused from '@salesforce/label/c.Accord_Set_Flow_Refused';
import resultTitle from '@salesforce/label/c.Accord_Set_Flow_Result_Title';
import search from '@salesforce/label/c.Accord_Set_Flow_Search';
import searchHint from '@salesforce/label/c.Accord_Set_Flow_Search_Hint';
import skipped from '@salesforce/label/c.Accord_Set_Flow_Skipped';
import syncNow from '@salesforce/label/c.Accord_Set_Flow_Sync_Now';
import tableLabel from '@salesforce/label/c.Accord_Set_Flow_Table_Label';
import took from '@salesforce/label/c.Accord_Set_Flow_Took';
import unnamed from '@salesforce/label/c.Accord_Set_Flow_Unnamed';

export default {
    action,
    again,
    againOf,
    at,
    connectDeal,
    count,
    countOne,
    done,
    duplicate,
    find,
    flow,
    getPlan,
    getStatus,
    logActivity,
    milliseconds,
    none,
    noneFound,
    outcome,
    queued,
    reference,
    refused,
    resultTitle,
    search,
    searchHint,
    skipped,
    syncNow,
    tableLabel,
    took,
    unnamed
};
