/** The page API budget */
import backlog from '@salesforce/label/c.Accord_Set_Budget_Backlog';
import calls from '@salesforce/label/c.Accord_Set_Budget_Calls';
import callsUnknown from '@salesforce/label/c.Accord_Set_Budget_Calls_Unknown';
import enough from '@salesforce/label/c.Accord_Set_Budget_Enough';
import free from '@salesforce/label/c.Accord_Set_Budget_Free';
import kept from '@salesforce/label/c.Accord_Set_Budget_Kept';
import laneBackfill from '@salesforce/label/c.Accord_Set_Budget_Lane_Backfill';
import laneBatch from '@salesforce/label/c.Accord_Set_Budget_Lane_Batch';
import laneEvent from '@salesforce/label/c.Accord_Set_Budget_Lane_Event';
import laneRep from '@salesforce/label/c.Accord_Set_Budget_Lane_Rep';
import left from '@salesforce/label/c.Accord_Set_Budget_Left';
import nothingWaits from '@salesforce/label/c.Accord_Set_Budget_Nothing_Waits';
import oldest from '@salesforce/label/c.Accord_Set_Budget_Oldest';
import rate from '@salesforce/label/c.Accord_Set_Budget_Rate';
import reload from '@salesforce/label/c.Accord_Set_Budget_Reload';
import seenAt from '@salesforce/label/c.Accord_Set_Budget_Seen_At';
import stateInFlight from '@salesforce/label/c.Accord_Set_Budget_State_In_Flight';
import stateParked from '@salesforce/label/c.Accord_Set_Budget_State_Parked';
import stateReady from '@salesforce/label/c.Accord_Set_Budget_State_Ready';
import stateWaiting from '@salesforce/label/c.Accord_Set_Budget_State_Waiting';
import stopped from '@salesforce/label/c.Accord_Set_Budget_Stopped';
import used from '@salesforce/label/c.Accord_Set_Budget_Used';
import usedUpAt from '@salesforce/label/c.Accord_Set_Budget_Used_Up_At';

export default {
    backlog,
    calls,
    callsUnknown,
    enough,
    free,
    kept,
    laneBackfill,
    laneBatch,
    laneEvent,
    laneRep,
    left,
    nothingWaits,
    oldest,
    rate,
    reload,
    seenAt,
    stateInFlight,
    stateParked,
    stateReady,
    stateWaiting,
    stopped,
    used,
    usedUpAt
};
