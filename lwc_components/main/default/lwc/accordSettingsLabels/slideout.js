/** The page Salesforce Slideout */
import add from '@salesforce/label/c.Accord_Set_Slideout_Add';
import added from '@salesforce/label/c.Accord_Set_Slideout_Added';
import addRow from '@salesforce/label/c.Accord_Set_Slideout_Add_Row';
import apply from '@salesforce/label/c.Accord_Set_Slideout_Apply';
import backTo from '@salesforce/label/c.Accord_Set_Slideout_Back_To';
import cancel from '@salesforce/label/c.Accord_Set_Slideout_Cancel';
import changedBy from '@salesforce/label/c.Accord_Set_Slideout_Changed_By';
import chooseField from '@salesforce/label/c.Accord_Set_Slideout_Choose_Field';
import everyDeal from '@salesforce/label/c.Accord_Set_Slideout_Every_Deal';
import fieldLoading from '@salesforce/label/c.Accord_Set_Slideout_Field_Loading';
import fieldOf from '@salesforce/label/c.Accord_Set_Slideout_Field_Of';
import fieldPlaceholder from '@salesforce/label/c.Accord_Set_Slideout_Field_Placeholder';
import fieldsOf from '@salesforce/label/c.Accord_Set_Slideout_Fields_Of';
import groupFields from '@salesforce/label/c.Accord_Set_Slideout_Group_Fields';
import groupRelated from '@salesforce/label/c.Accord_Set_Slideout_Group_Related';
import inStages from '@salesforce/label/c.Accord_Set_Slideout_In_Stages';
import isDefault from '@salesforce/label/c.Accord_Set_Slideout_Is_Default';
import isUsed from '@salesforce/label/c.Accord_Set_Slideout_Is_Used';
import label from '@salesforce/label/c.Accord_Set_Slideout_Label';
import labelOf from '@salesforce/label/c.Accord_Set_Slideout_Label_Of';
import level from '@salesforce/label/c.Accord_Set_Slideout_Level';
import levelAccount from '@salesforce/label/c.Accord_Set_Slideout_Level_Account';
import levelOpportunity from '@salesforce/label/c.Accord_Set_Slideout_Level_Opportunity';
import moved from '@salesforce/label/c.Accord_Set_Slideout_Moved';
import moveDown from '@salesforce/label/c.Accord_Set_Slideout_Move_Down';
import moveUp from '@salesforce/label/c.Accord_Set_Slideout_Move_Up';
import nameMissing from '@salesforce/label/c.Accord_Set_Slideout_Name_Missing';
import nameOfFirst from '@salesforce/label/c.Accord_Set_Slideout_Name_Of_First';
import nameOfSecond from '@salesforce/label/c.Accord_Set_Slideout_Name_Of_Second';
import nameOfTab from '@salesforce/label/c.Accord_Set_Slideout_Name_Of_Tab';
import nameTwice from '@salesforce/label/c.Accord_Set_Slideout_Name_Twice';
import noRows from '@salesforce/label/c.Accord_Set_Slideout_No_Rows';
import ofTypes from '@salesforce/label/c.Accord_Set_Slideout_Of_Types';
import open from '@salesforce/label/c.Accord_Set_Slideout_Open';
import openHint from '@salesforce/label/c.Accord_Set_Slideout_Open_Hint';
import order from '@salesforce/label/c.Accord_Set_Slideout_Order';
import recordTypes from '@salesforce/label/c.Accord_Set_Slideout_Record_Types';
import remove from '@salesforce/label/c.Accord_Set_Slideout_Remove';
import removed from '@salesforce/label/c.Accord_Set_Slideout_Removed';
import rowFact from '@salesforce/label/c.Accord_Set_Slideout_Row_Fact';
import ruleClose from '@salesforce/label/c.Accord_Set_Slideout_Rule_Close';
import ruleCloseOf from '@salesforce/label/c.Accord_Set_Slideout_Rule_Close_Of';
import ruleHint from '@salesforce/label/c.Accord_Set_Slideout_Rule_Hint';
import ruleLoading from '@salesforce/label/c.Accord_Set_Slideout_Rule_Loading';
import ruleOfTab from '@salesforce/label/c.Accord_Set_Slideout_Rule_Of_Tab';
import ruleOpen from '@salesforce/label/c.Accord_Set_Slideout_Rule_Open';
import ruleOpenOf from '@salesforce/label/c.Accord_Set_Slideout_Rule_Open_Of';
import secondTab from '@salesforce/label/c.Accord_Set_Slideout_Second_Tab';
import somebody from '@salesforce/label/c.Accord_Set_Slideout_Somebody';
import stages from '@salesforce/label/c.Accord_Set_Slideout_Stages';
import swap from '@salesforce/label/c.Accord_Set_Slideout_Swap';
import swapped from '@salesforce/label/c.Accord_Set_Slideout_Swapped';
import tab from '@salesforce/label/c.Accord_Set_Slideout_Tab';
import tabTitle from '@salesforce/label/c.Accord_Set_Slideout_Tab_Title';
import tryAgain from '@salesforce/label/c.Accord_Set_Slideout_Try_Again';
import types from '@salesforce/label/c.Accord_Set_Slideout_Types';
import updateTabNames from '@salesforce/label/c.Accord_Set_Slideout_Update_Tab_Names';

export default {
    add,
    added,
    addRow,
    apply,
    backTo,
    cancel,
    changedBy,
    chooseField,
    everyDeal,
    fieldLoading,
    fieldOf,
    fieldPlaceholder,
    fieldsOf,
    groupFields,
    groupRelated,
    inStages,
    isDefault,
    isUsed,
    label,
    labelOf,
    level,
    levelAccount,
    levelOpportunity,
    moved,
    moveDown,
    moveUp,
    nameMissing,
    nameOfFirst,
    nameOfSecond,
    nameOfTab,
    nameTwice,
    noRows,
    ofTypes,
    open,
    openHint,
    order,
    recordTypes,
    remove,
    removed,
    rowFact,
    ruleClose,
    ruleCloseOf,
    ruleHint,
    ruleLoading,
    ruleOfTab,
    ruleOpen,
    ruleOpenOf,
    secondTab,
    somebody,
    stages,
    swap,
    swapped,
    tab,
    tabTitle,
    tryAgain,
    types,
    updateTabNames
};
