/** The page Safety */
import byAccord from '@salesforce/label/c.Accord_Set_Safety_By_Accord';
import cancel from '@salesforce/label/c.Accord_Set_Safety_Cancel';
import changes from '@salesforce/label/c.Accord_Set_Safety_Changes';
import creates from '@salesforce/label/c.Accord_Set_Safety_Creates';
import happened from '@salesforce/label/c.Accord_Set_Safety_Happened';
import isQuiet from '@salesforce/label/c.Accord_Set_Safety_Is_Quiet';
import notObserved from '@salesforce/label/c.Accord_Set_Safety_Not_Observed';
import notQuiet from '@salesforce/label/c.Accord_Set_Safety_Not_Quiet';
import object from '@salesforce/label/c.Accord_Set_Safety_Object';
import observe from '@salesforce/label/c.Accord_Set_Safety_Observe';
import observeAsk from '@salesforce/label/c.Accord_Set_Safety_Observe_Ask';
import observeConfirm from '@salesforce/label/c.Accord_Set_Safety_Observe_Confirm';
import observed from '@salesforce/label/c.Accord_Set_Safety_Observed';
import observeDone from '@salesforce/label/c.Accord_Set_Safety_Observe_Done';
import observedText from '@salesforce/label/c.Accord_Set_Safety_Observed_Text';
import observeEnd from '@salesforce/label/c.Accord_Set_Safety_Observe_End';
import observeEnded from '@salesforce/label/c.Accord_Set_Safety_Observe_Ended';
import observeText from '@salesforce/label/c.Accord_Set_Safety_Observe_Text';
import observeTitle from '@salesforce/label/c.Accord_Set_Safety_Observe_Title';
import observeWhat from '@salesforce/label/c.Accord_Set_Safety_Observe_What';
import orgName from '@salesforce/label/c.Accord_Set_Safety_Org_Name';
import quiet from '@salesforce/label/c.Accord_Set_Safety_Quiet';
import quietDone from '@salesforce/label/c.Accord_Set_Safety_Quiet_Done';
import quietEnd from '@salesforce/label/c.Accord_Set_Safety_Quiet_End';
import quietEnded from '@salesforce/label/c.Accord_Set_Safety_Quiet_Ended';
import quietHint from '@salesforce/label/c.Accord_Set_Safety_Quiet_Hint';
import quietMissing from '@salesforce/label/c.Accord_Set_Safety_Quiet_Missing';
import quietText from '@salesforce/label/c.Accord_Set_Safety_Quiet_Text';
import quietTitle from '@salesforce/label/c.Accord_Set_Safety_Quiet_Title';
import quietUntil from '@salesforce/label/c.Accord_Set_Safety_Quiet_Until';
import reload from '@salesforce/label/c.Accord_Set_Safety_Reload';
import running from '@salesforce/label/c.Accord_Set_Safety_Running';
import since from '@salesforce/label/c.Accord_Set_Safety_Since';
import start from '@salesforce/label/c.Accord_Set_Safety_Start';
import startAsk from '@salesforce/label/c.Accord_Set_Safety_Start_Ask';
import startConfirm from '@salesforce/label/c.Accord_Set_Safety_Start_Confirm';
import startDone from '@salesforce/label/c.Accord_Set_Safety_Start_Done';
import startNothing from '@salesforce/label/c.Accord_Set_Safety_Start_Nothing';
import startOthers from '@salesforce/label/c.Accord_Set_Safety_Start_Others';
import startWhat from '@salesforce/label/c.Accord_Set_Safety_Start_What';
import startWhatOne from '@salesforce/label/c.Accord_Set_Safety_Start_What_One';
import stop from '@salesforce/label/c.Accord_Set_Safety_Stop';
import stopAsk from '@salesforce/label/c.Accord_Set_Safety_Stop_Ask';
import stopConfirm from '@salesforce/label/c.Accord_Set_Safety_Stop_Confirm';
import stopDone from '@salesforce/label/c.Accord_Set_Safety_Stop_Done';
import stopped from '@salesforce/label/c.Accord_Set_Safety_Stopped';
import stopQueue from '@salesforce/label/c.Accord_Set_Safety_Stop_Queue';
import stopReps from '@salesforce/label/c.Accord_Set_Safety_Stop_Reps';
import stopText from '@salesforce/label/c.Accord_Set_Safety_Stop_Text';
import stopTitle from '@salesforce/label/c.Accord_Set_Safety_Stop_Title';
import stopWhat from '@salesforce/label/c.Accord_Set_Safety_Stop_What';
import underWay from '@salesforce/label/c.Accord_Set_Safety_Under_Way';
import underWayOne from '@salesforce/label/c.Accord_Set_Safety_Under_Way_One';
import waiting from '@salesforce/label/c.Accord_Set_Safety_Waiting';
import waitingNothing from '@salesforce/label/c.Accord_Set_Safety_Waiting_Nothing';
import waitingOne from '@salesforce/label/c.Accord_Set_Safety_Waiting_One';
import waitingTable from '@salesforce/label/c.Accord_Set_Safety_Waiting_Table';
import waitingTitle from '@salesforce/label/c.Accord_Set_Safety_Waiting_Title';
import what from '@salesforce/label/c.Accord_Set_Safety_What';
import working from '@salesforce/label/c.Accord_Set_Safety_Working';
import writes from '@salesforce/label/c.Accord_Set_Safety_Writes';

export default {
    byAccord,
    cancel,
    changes,
    creates,
    happened,
    isQuiet,
    notObserved,
    notQuiet,
    object,
    observe,
    observeAsk,
    observeConfirm,
    observed,
    observeDone,
    observedText,
    observeEnd,
    observeEnded,
    observeText,
    observeTitle,
    observeWhat,
    orgName,
    quiet,
    quietDone,
    quietEnd,
    quietEnded,
    quietHint,
    quietMissing,
    quietText,
    quietTitle,
    quietUntil,
    reload,
    running,
    since,
    start,
    startAsk,
    startConfirm,
    startDone,
    startNothing,
    startOthers,
    startWhat,
    startWhatOne,
    stop,
    stopAsk,
    stopConfirm,
    stopDone,
    stopped,
    stopQueue,
    stopReps,
    stopText,
    stopTitle,
    stopWhat,
    underWay,
    underWayOne,
    waiting,
    waitingNothing,
    waitingOne,
    waitingTable,
    waitingTitle,
    what,
    working,
    writes
};
