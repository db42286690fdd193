/** Execution criteria of a plan, in the panel */
import change from '@salesforce/label/c.Accord_Crit_Change';
import changeOf from '@salesforce/label/c.Accord_Crit_Change_Of';
import fulfilled from '@salesforce/label/c.Accord_Crit_Fulfilled';
import isGone from '@salesforce/label/c.Accord_Crit_Is_Gone';
import isSaved from '@salesforce/label/c.Accord_Crit_Is_Saved';
import link from '@salesforce/label/c.Accord_Crit_Link';
import meanwhile from '@salesforce/label/c.Accord_Crit_Meanwhile';
import none from '@salesforce/label/c.Accord_Crit_None';
import nothing from '@salesforce/label/c.Accord_Crit_Nothing';
import open from '@salesforce/label/c.Accord_Crit_Open';
import otherLink from '@salesforce/label/c.Accord_Crit_Other_Link';
import otherPerson from '@salesforce/label/c.Accord_Crit_Other_Person';
import person from '@salesforce/label/c.Accord_Crit_Person';
import personName from '@salesforce/label/c.Accord_Crit_Person_Name';
import required from '@salesforce/label/c.Accord_Crit_Required';
import resource from '@salesforce/label/c.Accord_Crit_Resource';
import save from '@salesforce/label/c.Accord_Crit_Save';
import saving from '@salesforce/label/c.Accord_Crit_Saving';
import set from '@salesforce/label/c.Accord_Crit_Set';
import setOf from '@salesforce/label/c.Accord_Crit_Set_Of';
import stageUnknown from '@salesforce/label/c.Accord_Crit_Stage_Unknown';
import step from '@salesforce/label/c.Accord_Crit_Step';
import stepDone from '@salesforce/label/c.Accord_Crit_Step_Done';
import stepOpen from '@salesforce/label/c.Accord_Crit_Step_Open';
import text from '@salesforce/label/c.Accord_Crit_Text';
import title from '@salesforce/label/c.Accord_Crit_Title';

export default {
    change,
    changeOf,
    fulfilled,
    isGone,
    isSaved,
    link,
    meanwhile,
    none,
    nothing,
    open,
    otherLink,
    otherPerson,
    person,
    personName,
    required,
    resource,
    save,
    saving,
    set,
    setOf,
    stageUnknown,
    step,
    stepDone,
    stepOpen,
    text,
    title
};
