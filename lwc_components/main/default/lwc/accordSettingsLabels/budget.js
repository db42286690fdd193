/** The page API budget */
import backfillStopsAt from '@salesforce/label/c.Accord_Set_Budget_Backfill_Stops_At';
import backfillStopsAtHint from '@salesforce/label/c.Accord_Set_Budget_Backfill_Stops_At_Hint';
import backlog from '@salesforce/label/c.Accord_Set_Budget_Backlog';
import calls from '@salesforce/label/c.Accord_Set_Budget_Calls';
import callsUnknown from '@salesforce/label/c.Accord_Set_Budget_Calls_Unknown';
import enough from '@salesforce/label/c.Accord_Set_Budget_Enough';
import free from '@salesforce/label/c.Accord_Set_Budget_Free';
import kept from '@salesforce/label/c.Accord_Set_Budget_Kept';
import keptForPeople from '@salesforce/label/c.Accord_Set_Budget_Kept_For_People';
import keptForPeopleHint from '@salesforce/label/c.Accord_Set_Budget_Kept_For_People_Hint';
import laneBackfill from '@salesforce/label/c.Accord_Set_Budget_Lane_Backfill';
import laneBatch from '@salesforce/label/c.Accord_Set_Budget_Lane_Batch';
import laneEvent from '@salesforce/label/c.Accord_Set_Budget_Lane_Event';
import laneRep from '@salesforce/label/c.Accord_Set_Budget_Lane_Rep';
import left from '@salesforce/label/c.Accord_Set_Budget_Left';
import limitBackfill from '@salesforce/label/c.Accord_Set_Budget_Limit_Backfill';
import limitOwnShare from '@salesforce/label/c.Accord_Set_Budget_Limit_Own_Share';
import limitPeople from '@salesforce/label/c.Accord_Set_Budget_Limit_People';
import nothingWaits from '@salesforce/label/c.Accord_Set_Budget_Nothing_Waits';
import oldest from '@salesforce/label/c.Accord_Set_Budget_Oldest';
import own from '@salesforce/label/c.Accord_Set_Budget_Own';
import ownShare from '@salesforce/label/c.Accord_Set_Budget_Own_Share';
import ownShareHint from '@salesforce/label/c.Accord_Set_Budget_Own_Share_Hint';
import rate from '@salesforce/label/c.Accord_Set_Budget_Rate';
import reload from '@salesforce/label/c.Accord_Set_Budget_Reload';
import seenAt from '@salesforce/label/c.Accord_Set_Budget_Seen_At';
import settings from '@salesforce/label/c.Accord_Set_Budget_Settings';
import stateInFlight from '@salesforce/label/c.Accord_Set_Budget_State_In_Flight';
import stateParked from '@salesforce/label/c.Accord_Set_Budget_State_Parked';
import stateReady from '@salesforce/label/c.Accord_Set_Budget_State_Ready';
import stateWaiting from '@salesforce/label/c.Accord_Set_Budget_State_Waiting';
import stopAt from '@salesforce/label/c.Accord_Set_Budget_Stop_At';
import stopNow from '@salesforce/label/c.Accord_Set_Budget_Stop_Now';
import used from '@salesforce/label/c.Accord_Set_Budget_Used';
import usedUpAt from '@salesforce/label/c.Accord_Set_Budget_Used_Up_At';

export default {
    backfillStopsAt,
    backfillStopsAtHint,
    backlog,
    calls,
    callsUnknown,
    enough,
    free,
    kept,
    keptForPeople,
    keptForPeopleHint,
    laneBackfill,
    laneBatch,
    laneEvent,
    laneRep,
    left,
    limitBackfill,
    limitOwnShare,
    limitPeople,
    nothingWaits,
    oldest,
    own,
    ownShare,
    ownShareHint,
    rate,
    reload,
    seenAt,
    settings,
    stateInFlight,
    stateParked,
    stateReady,
    stateWaiting,
    stopAt,
    stopNow,
    used,
    usedUpAt
};
