/** The page Disconnect this org */
import actions from '@salesforce/label/c.Accord_Set_Disconnect_Actions';
import afterText from '@salesforce/label/c.Accord_Set_Disconnect_After_Text';
import afterTitle from '@salesforce/label/c.Accord_Set_Disconnect_After_Title';
import againText from '@salesforce/label/c.Accord_Set_Disconnect_Again_Text';
import againTitle from '@salesforce/label/c.Accord_Set_Disconnect_Again_Title';
import backfill from '@salesforce/label/c.Accord_Set_Disconnect_Backfill';
import blind from '@salesforce/label/c.Accord_Set_Disconnect_Blind';
import calls from '@salesforce/label/c.Accord_Set_Disconnect_Calls';
import classes from '@salesforce/label/c.Accord_Set_Disconnect_Classes';
import components from '@salesforce/label/c.Accord_Set_Disconnect_Components';
import confirm from '@salesforce/label/c.Accord_Set_Disconnect_Confirm';
import confirmLabel from '@salesforce/label/c.Accord_Set_Disconnect_Confirm_Label';
import copies from '@salesforce/label/c.Accord_Set_Disconnect_Copies';
import deletePlans from '@salesforce/label/c.Accord_Set_Disconnect_Delete_Plans';
import doneTable from '@salesforce/label/c.Accord_Set_Disconnect_Done_Table';
import download from '@salesforce/label/c.Accord_Set_Disconnect_Download';
import downloadOf from '@salesforce/label/c.Accord_Set_Disconnect_Download_Of';
import endLoading from '@salesforce/label/c.Accord_Set_Disconnect_End_Loading';
import endTitle from '@salesforce/label/c.Accord_Set_Disconnect_End_Title';
import fieldCount from '@salesforce/label/c.Accord_Set_Disconnect_Field_Count';
import fields from '@salesforce/label/c.Accord_Set_Disconnect_Fields';
import file from '@salesforce/label/c.Accord_Set_Disconnect_File';
import flows from '@salesforce/label/c.Accord_Set_Disconnect_Flows';
import forGood from '@salesforce/label/c.Accord_Set_Disconnect_For_Good';
import hidden from '@salesforce/label/c.Accord_Set_Disconnect_Hidden';
import layouts from '@salesforce/label/c.Accord_Set_Disconnect_Layouts';
import left from '@salesforce/label/c.Accord_Set_Disconnect_Left';
import leftNone from '@salesforce/label/c.Accord_Set_Disconnect_Left_None';
import logins from '@salesforce/label/c.Accord_Set_Disconnect_Logins';
import loginsEnded from '@salesforce/label/c.Accord_Set_Disconnect_Logins_Ended';
import loginsOpen from '@salesforce/label/c.Accord_Set_Disconnect_Logins_Open';
import missing from '@salesforce/label/c.Accord_Set_Disconnect_Missing';
import neverMade from '@salesforce/label/c.Accord_Set_Disconnect_Never_Made';
import object from '@salesforce/label/c.Accord_Set_Disconnect_Object';
import packageApp from '@salesforce/label/c.Accord_Set_Disconnect_Package_App';
import packageGone from '@salesforce/label/c.Accord_Set_Disconnect_Package_Gone';
import packageSets from '@salesforce/label/c.Accord_Set_Disconnect_Package_Sets';
import packageTitle from '@salesforce/label/c.Accord_Set_Disconnect_Package_Title';
import packageUses from '@salesforce/label/c.Accord_Set_Disconnect_Package_Uses';
import pages from '@salesforce/label/c.Accord_Set_Disconnect_Pages';
import place from '@salesforce/label/c.Accord_Set_Disconnect_Place';
import plansGone from '@salesforce/label/c.Accord_Set_Disconnect_Plans_Gone';
import plansKept from '@salesforce/label/c.Accord_Set_Disconnect_Plans_Kept';
import plansStay from '@salesforce/label/c.Accord_Set_Disconnect_Plans_Stay';
import reading from '@salesforce/label/c.Accord_Set_Disconnect_Reading';
import receipt from '@salesforce/label/c.Accord_Set_Disconnect_Receipt';
import receiptOf from '@salesforce/label/c.Accord_Set_Disconnect_Receipt_Of';
import records from '@salesforce/label/c.Accord_Set_Disconnect_Records';
import rows from '@salesforce/label/c.Accord_Set_Disconnect_Rows';
import rowsGone from '@salesforce/label/c.Accord_Set_Disconnect_Rows_Gone';
import rules from '@salesforce/label/c.Accord_Set_Disconnect_Rules';
import save from '@salesforce/label/c.Accord_Set_Disconnect_Save';
import triggers from '@salesforce/label/c.Accord_Set_Disconnect_Triggers';
import unfinished from '@salesforce/label/c.Accord_Set_Disconnect_Unfinished';
import unwritten from '@salesforce/label/c.Accord_Set_Disconnect_Unwritten';
import unwrittenNone from '@salesforce/label/c.Accord_Set_Disconnect_Unwritten_None';
import usesCalls from '@salesforce/label/c.Accord_Set_Disconnect_Uses_Calls';
import usesCutOff from '@salesforce/label/c.Accord_Set_Disconnect_Uses_Cut_Off';
import usesHint from '@salesforce/label/c.Accord_Set_Disconnect_Uses_Hint';
import usesKind from '@salesforce/label/c.Accord_Set_Disconnect_Uses_Kind';
import usesLook from '@salesforce/label/c.Accord_Set_Disconnect_Uses_Look';
import usesLooking from '@salesforce/label/c.Accord_Set_Disconnect_Uses_Looking';
import usesName from '@salesforce/label/c.Accord_Set_Disconnect_Uses_Name';
import usesNone from '@salesforce/label/c.Accord_Set_Disconnect_Uses_None';
import usesOf from '@salesforce/label/c.Accord_Set_Disconnect_Uses_Of';
import usesParts from '@salesforce/label/c.Accord_Set_Disconnect_Uses_Parts';
import usesTable from '@salesforce/label/c.Accord_Set_Disconnect_Uses_Table';
import usesTitle from '@salesforce/label/c.Accord_Set_Disconnect_Uses_Title';
import valuesHint from '@salesforce/label/c.Accord_Set_Disconnect_Values_Hint';
import valuesLook from '@salesforce/label/c.Accord_Set_Disconnect_Values_Look';
import valuesLooking from '@salesforce/label/c.Accord_Set_Disconnect_Values_Looking';
import valuesSaved from '@salesforce/label/c.Accord_Set_Disconnect_Values_Saved';
import valuesTable from '@salesforce/label/c.Accord_Set_Disconnect_Values_Table';
import valuesTitle from '@salesforce/label/c.Accord_Set_Disconnect_Values_Title';
import workflows from '@salesforce/label/c.Accord_Set_Disconnect_Workflows';
import working from '@salesforce/label/c.Accord_Set_Disconnect_Working';

export default {
    actions,
    afterText,
    afterTitle,
    againText,
    againTitle,
    backfill,
    blind,
    calls,
    classes,
    components,
    confirm,
    confirmLabel,
    copies,
    deletePlans,
    doneTable,
    download,
    downloadOf,
    endLoading,
    endTitle,
    fieldCount,
    fields,
    file,
    flows,
    forGood,
    hidden,
    layouts,
    left,
    leftNone,
    logins,
    loginsEnded,
    loginsOpen,
    missing,
    neverMade,
    object,
    packageApp,
    packageGone,
    packageSets,
    packageTitle,
    packageUses,
    pages,
    place,
    plansGone,
    plansKept,
    plansStay,
    reading,
    receipt,
    receiptOf,
    records,
    rows,
    rowsGone,
    rules,
    save,
    triggers,
    unfinished,
    unwritten,
    unwrittenNone,
    usesCalls,
    usesCutOff,
    usesHint,
    usesKind,
    usesLook,
    usesLooking,
    usesName,
    usesNone,
    usesOf,
    usesParts,
    usesTable,
    usesTitle,
    valuesHint,
    valuesLook,
    valuesLooking,
    valuesSaved,
    valuesTable,
    valuesTitle,
    workflows,
    working
};
