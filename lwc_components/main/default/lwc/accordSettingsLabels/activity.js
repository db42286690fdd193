/** The page Sync activity */
import byActor from '@salesforce/label/c.Accord_Set_Activity_By_Actor';
import byOwner from '@salesforce/label/c.Accord_Set_Activity_By_Owner';
import enabled from '@salesforce/label/c.Accord_Set_Activity_Enabled';
import enabledHint from '@salesforce/label/c.Accord_Set_Activity_Enabled_Hint';
import everyMinutes from '@salesforce/label/c.Accord_Set_Activity_Every_Minutes';
import factInternal from '@salesforce/label/c.Accord_Set_Activity_Fact_Internal';
import factMany from '@salesforce/label/c.Accord_Set_Activity_Fact_Many';
import factRepeats from '@salesforce/label/c.Accord_Set_Activity_Fact_Repeats';
import factText from '@salesforce/label/c.Accord_Set_Activity_Fact_Text';
import foldDay from '@salesforce/label/c.Accord_Set_Activity_Fold_Day';
import foldedText from '@salesforce/label/c.Accord_Set_Activity_Folded_Text';
import foldMinutes from '@salesforce/label/c.Accord_Set_Activity_Fold_Minutes';
import foldNone from '@salesforce/label/c.Accord_Set_Activity_Fold_None';
import internal from '@salesforce/label/c.Accord_Set_Activity_Internal';
import internalExcluded from '@salesforce/label/c.Accord_Set_Activity_Internal_Excluded';
import internalMarked from '@salesforce/label/c.Accord_Set_Activity_Internal_Marked';
import kindOff from '@salesforce/label/c.Accord_Set_Activity_Kind_Off';
import minutes from '@salesforce/label/c.Accord_Set_Activity_Minutes';
import off from '@salesforce/label/c.Accord_Set_Activity_Off';
import on from '@salesforce/label/c.Accord_Set_Activity_On';
import placesHint from '@salesforce/label/c.Accord_Set_Activity_Places_Hint';
import preview from '@salesforce/label/c.Accord_Set_Activity_Preview';
import previewAgain from '@salesforce/label/c.Accord_Set_Activity_Preview_Again';
import previewLoading from '@salesforce/label/c.Accord_Set_Activity_Preview_Loading';
import previewOf from '@salesforce/label/c.Accord_Set_Activity_Preview_Of';
import repeats from '@salesforce/label/c.Accord_Set_Activity_Repeats';
import sampleInternal from '@salesforce/label/c.Accord_Set_Activity_Sample_Internal';
import sampleText from '@salesforce/label/c.Accord_Set_Activity_Sample_Text';
import taskDate from '@salesforce/label/c.Accord_Set_Activity_Task_Date';
import taskDeal from '@salesforce/label/c.Accord_Set_Activity_Task_Deal';
import taskDescription from '@salesforce/label/c.Accord_Set_Activity_Task_Description';
import taskRelated from '@salesforce/label/c.Accord_Set_Activity_Task_Related';
import taskStatus from '@salesforce/label/c.Accord_Set_Activity_Task_Status';
import taskSubject from '@salesforce/label/c.Accord_Set_Activity_Task_Subject';
import text from '@salesforce/label/c.Accord_Set_Activity_Text';
import times from '@salesforce/label/c.Accord_Set_Activity_Times';
import zone from '@salesforce/label/c.Accord_Set_Activity_Zone';

export default {
    byActor,
    byOwner,
    enabled,
    enabledHint,
    everyMinutes,
    factInternal,
    factMany,
    factRepeats,
    factText,
    foldDay,
    foldedText,
    foldMinutes,
    foldNone,
    internal,
    internalExcluded,
    internalMarked,
    kindOff,
    minutes,
    off,
    on,
    placesHint,
    preview,
    previewAgain,
    previewLoading,
    previewOf,
    repeats,
    sampleInternal,
    sampleText,
    taskDate,
    taskDeal,
    taskDescription,
    taskRelated,
    taskStatus,
    taskSubject,
    text,
    times,
    zone
};
