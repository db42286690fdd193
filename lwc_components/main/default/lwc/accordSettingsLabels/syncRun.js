/** Dry run, back-fill and undo */
import accordField from '@salesforce/label/c.Accord_Set_Syncrun_Accord_Field';
import after from '@salesforce/label/c.Accord_Set_Syncrun_After';
import backFill from '@salesforce/label/c.Accord_Set_Syncrun_Back_Fill';
import backFillStart from '@salesforce/label/c.Accord_Set_Syncrun_Back_Fill_Start';
import before from '@salesforce/label/c.Accord_Set_Syncrun_Before';
import cancel from '@salesforce/label/c.Accord_Set_Syncrun_Cancel';
import cost from '@salesforce/label/c.Accord_Set_Syncrun_Cost';
import costLeft from '@salesforce/label/c.Accord_Set_Syncrun_Cost_Left';
import deal from '@salesforce/label/c.Accord_Set_Syncrun_Deal';
import dryRun from '@salesforce/label/c.Accord_Set_Syncrun_Dry_Run';
import dryRunLook from '@salesforce/label/c.Accord_Set_Syncrun_Dry_Run_Look';
import dryRunLooking from '@salesforce/label/c.Accord_Set_Syncrun_Dry_Run_Looking';
import dryRunTable from '@salesforce/label/c.Accord_Set_Syncrun_Dry_Run_Table';
import dryRunText from '@salesforce/label/c.Accord_Set_Syncrun_Dry_Run_Text';
import empty from '@salesforce/label/c.Accord_Set_Syncrun_Empty';
import field from '@salesforce/label/c.Accord_Set_Syncrun_Field';
import happens from '@salesforce/label/c.Accord_Set_Syncrun_Happens';
import held from '@salesforce/label/c.Accord_Set_Syncrun_Held';
import hidden from '@salesforce/label/c.Accord_Set_Syncrun_Hidden';
import isSkipped from '@salesforce/label/c.Accord_Set_Syncrun_Is_Skipped';
import isWritten from '@salesforce/label/c.Accord_Set_Syncrun_Is_Written';
import kept from '@salesforce/label/c.Accord_Set_Syncrun_Kept';
import keptLoading from '@salesforce/label/c.Accord_Set_Syncrun_Kept_Loading';
import keptRow from '@salesforce/label/c.Accord_Set_Syncrun_Kept_Row';
import kindBackFill from '@salesforce/label/c.Accord_Set_Syncrun_Kind_Back_Fill';
import kindUndo from '@salesforce/label/c.Accord_Set_Syncrun_Kind_Undo';
import leftAlone from '@salesforce/label/c.Accord_Set_Syncrun_Left_Alone';
import more from '@salesforce/label/c.Accord_Set_Syncrun_More';
import noRuns from '@salesforce/label/c.Accord_Set_Syncrun_No_Runs';
import open from '@salesforce/label/c.Accord_Set_Syncrun_Open';
import openDeal from '@salesforce/label/c.Accord_Set_Syncrun_Open_Deal';
import progress from '@salesforce/label/c.Accord_Set_Syncrun_Progress';
import reload from '@salesforce/label/c.Accord_Set_Syncrun_Reload';
import resume from '@salesforce/label/c.Accord_Set_Syncrun_Resume';
import runs from '@salesforce/label/c.Accord_Set_Syncrun_Runs';
import runsText from '@salesforce/label/c.Accord_Set_Syncrun_Runs_Text';
import skipped from '@salesforce/label/c.Accord_Set_Syncrun_Skipped';
import someRows from '@salesforce/label/c.Accord_Set_Syncrun_Some_Rows';
import startedBy from '@salesforce/label/c.Accord_Set_Syncrun_Started_By';
import stateDone from '@salesforce/label/c.Accord_Set_Syncrun_State_Done';
import stateRunning from '@salesforce/label/c.Accord_Set_Syncrun_State_Running';
import stateStopped from '@salesforce/label/c.Accord_Set_Syncrun_State_Stopped';
import stop from '@salesforce/label/c.Accord_Set_Syncrun_Stop';
import sum from '@salesforce/label/c.Accord_Set_Syncrun_Sum';
import sumNone from '@salesforce/label/c.Accord_Set_Syncrun_Sum_None';
import undo from '@salesforce/label/c.Accord_Set_Syncrun_Undo';
import undoCost from '@salesforce/label/c.Accord_Set_Syncrun_Undo_Cost';
import undoStart from '@salesforce/label/c.Accord_Set_Syncrun_Undo_Start';

export default {
    accordField,
    after,
    backFill,
    backFillStart,
    before,
    cancel,
    cost,
    costLeft,
    deal,
    dryRun,
    dryRunLook,
    dryRunLooking,
    dryRunTable,
    dryRunText,
    empty,
    field,
    happens,
    held,
    hidden,
    isSkipped,
    isWritten,
    kept,
    keptLoading,
    keptRow,
    kindBackFill,
    kindUndo,
    leftAlone,
    more,
    noRuns,
    open,
    openDeal,
    progress,
    reload,
    resume,
    runs,
    runsText,
    skipped,
    someRows,
    startedBy,
    stateDone,
    stateRunning,
    stateStopped,
    stop,
    sum,
    sumNone,
    undo,
    undoCost,
    undoStart
};
