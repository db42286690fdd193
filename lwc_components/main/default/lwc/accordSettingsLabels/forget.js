/** The page Forget */
import aboutPerson from '@salesforce/label/c.Accord_Set_Forget_About_Person';
import aboutRecord from '@salesforce/label/c.Accord_Set_Forget_About_Record';
import again from '@salesforce/label/c.Accord_Set_Forget_Again';
import cancel from '@salesforce/label/c.Accord_Set_Forget_Cancel';
import confirm from '@salesforce/label/c.Accord_Set_Forget_Confirm';
import confirmLabel from '@salesforce/label/c.Accord_Set_Forget_Confirm_Label';
import deedsStay from '@salesforce/label/c.Accord_Set_Forget_Deeds_Stay';
import done from '@salesforce/label/c.Accord_Set_Forget_Done';
import doneLabel from '@salesforce/label/c.Accord_Set_Forget_Done_Label';
import doneNone from '@salesforce/label/c.Accord_Set_Forget_Done_None';
import doneOne from '@salesforce/label/c.Accord_Set_Forget_Done_One';
import forGood from '@salesforce/label/c.Accord_Set_Forget_For_Good';
import hint from '@salesforce/label/c.Accord_Set_Forget_Hint';
import knownAgain from '@salesforce/label/c.Accord_Set_Forget_Known_Again';
import left from '@salesforce/label/c.Accord_Set_Forget_Left';
import leftNone from '@salesforce/label/c.Accord_Set_Forget_Left_None';
import look from '@salesforce/label/c.Accord_Set_Forget_Look';
import looking from '@salesforce/label/c.Accord_Set_Forget_Looking';
import mismatch from '@salesforce/label/c.Accord_Set_Forget_Mismatch';
import missing from '@salesforce/label/c.Accord_Set_Forget_Missing';
import nothing from '@salesforce/label/c.Accord_Set_Forget_Nothing';
import notThere from '@salesforce/label/c.Accord_Set_Forget_Not_There';
import place from '@salesforce/label/c.Accord_Set_Forget_Place';
import planStays from '@salesforce/label/c.Accord_Set_Forget_Plan_Stays';
import receipt from '@salesforce/label/c.Accord_Set_Forget_Receipt';
import receiptOf from '@salesforce/label/c.Accord_Set_Forget_Receipt_Of';
import rows from '@salesforce/label/c.Accord_Set_Forget_Rows';
import save from '@salesforce/label/c.Accord_Set_Forget_Save';
import sum from '@salesforce/label/c.Accord_Set_Forget_Sum';
import sumOne from '@salesforce/label/c.Accord_Set_Forget_Sum_One';
import tableLabel from '@salesforce/label/c.Accord_Set_Forget_Table_Label';
import what from '@salesforce/label/c.Accord_Set_Forget_What';
import working from '@salesforce/label/c.Accord_Set_Forget_Working';

export default {
    aboutPerson,
    aboutRecord,
    again,
    cancel,
    confirm,
    confirmLabel,
    deedsStay,
    done,
    doneLabel,
    doneNone,
    doneOne,
    forGood,
    hint,
    knownAgain,
    left,
    leftNone,
    look,
    looking,
    mismatch,
    missing,
    nothing,
    notThere,
    place,
    planStays,
    receipt,
    receiptOf,
    rows,
    save,
    sum,
    sumOne,
    tableLabel,
    what,
    working
};
