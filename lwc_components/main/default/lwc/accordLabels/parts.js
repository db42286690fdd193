// The texts of what belongs to a plan beside its steps: values that it shares with its deal, its menu, its lists.
import linkedAgain from '@salesforce/label/c.Accord_Part_Linked_Again';
import linkedApart from '@salesforce/label/c.Accord_Part_Linked_Apart';
import linkedAsk from '@salesforce/label/c.Accord_Part_Linked_Ask';
import linkedConflict from '@salesforce/label/c.Accord_Part_Linked_Conflict';
import linkedEndDate from '@salesforce/label/c.Accord_Part_Linked_End_Date';
import linkedEqual from '@salesforce/label/c.Accord_Part_Linked_Equal';
import linkedFailed from '@salesforce/label/c.Accord_Part_Linked_Failed';
import linkedFrozen from '@salesforce/label/c.Accord_Part_Linked_Frozen';
import linkedHidden from '@salesforce/label/c.Accord_Part_Linked_Hidden';
import linkedHiddenChoice from '@salesforce/label/c.Accord_Part_Linked_Hidden_Choice';
import linkedNoEdit from '@salesforce/label/c.Accord_Part_Linked_No_Edit';
import linkedNone from '@salesforce/label/c.Accord_Part_Linked_None';
import linkedNotRead from '@salesforce/label/c.Accord_Part_Linked_Not_Read';
import linkedOff from '@salesforce/label/c.Accord_Part_Linked_Off';
import linkedOnItsWay from '@salesforce/label/c.Accord_Part_Linked_On_Its_Way';
import linkedOurs from '@salesforce/label/c.Accord_Part_Linked_Ours';
import linkedSince from '@salesforce/label/c.Accord_Part_Linked_Since';
import linkedTakeOf from '@salesforce/label/c.Accord_Part_Linked_Take_Of';
import linkedTakeOurs from '@salesforce/label/c.Accord_Part_Linked_Take_Ours';
import linkedTakeTheirs from '@salesforce/label/c.Accord_Part_Linked_Take_Theirs';
import linkedTheirs from '@salesforce/label/c.Accord_Part_Linked_Theirs';
import linkedTitle from '@salesforce/label/c.Accord_Part_Linked_Title';
import linkedTookOurs from '@salesforce/label/c.Accord_Part_Linked_Took_Ours';
import linkedTookTheirs from '@salesforce/label/c.Accord_Part_Linked_Took_Theirs';
import linkedValue from '@salesforce/label/c.Accord_Part_Linked_Value';

export default {
    linkedAgain,
    linkedApart,
    linkedAsk,
    linkedConflict,
    linkedEndDate,
    linkedEqual,
    linkedFailed,
    linkedFrozen,
    linkedHidden,
    linkedHiddenChoice,
    linkedNoEdit,
    linkedNone,
    linkedNotRead,
    linkedOff,
    linkedOnItsWay,
    linkedOurs,
    linkedSince,
    linkedTakeOf,
    linkedTakeOurs,
    linkedTakeTheirs,
    linkedTheirs,
    linkedTitle,
    linkedTookOurs,
    linkedTookTheirs,
    linkedValue
};
