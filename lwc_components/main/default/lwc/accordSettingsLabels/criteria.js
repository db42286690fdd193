/** The page Execution Criteria */
import add from '@salesforce/label/c.Accord_Set_Crit_Add';
import down from '@salesforce/label/c.Accord_Set_Crit_Down';
import intro from '@salesforce/label/c.Accord_Set_Crit_Intro';
import key from '@salesforce/label/c.Accord_Set_Crit_Key';
import keyHint from '@salesforce/label/c.Accord_Set_Crit_Key_Hint';
import keyIs from '@salesforce/label/c.Accord_Set_Crit_Key_Is';
import kind from '@salesforce/label/c.Accord_Set_Crit_Kind';
import kindCheckbox from '@salesforce/label/c.Accord_Set_Crit_Kind_Checkbox';
import kindResource from '@salesforce/label/c.Accord_Set_Crit_Kind_Resource';
import kindRole from '@salesforce/label/c.Accord_Set_Crit_Kind_Role';
import kindStep from '@salesforce/label/c.Accord_Set_Crit_Kind_Step';
import kindText from '@salesforce/label/c.Accord_Set_Crit_Kind_Text';
import movedTo from '@salesforce/label/c.Accord_Set_Crit_Moved_To';
import name from '@salesforce/label/c.Accord_Set_Crit_Name';
import none from '@salesforce/label/c.Accord_Set_Crit_None';
import order from '@salesforce/label/c.Accord_Set_Crit_Order';
import plans from '@salesforce/label/c.Accord_Set_Crit_Plans';
import plansNone from '@salesforce/label/c.Accord_Set_Crit_Plans_None';
import plansOne from '@salesforce/label/c.Accord_Set_Crit_Plans_One';
import remove from '@salesforce/label/c.Accord_Set_Crit_Remove';
import removeAsk from '@salesforce/label/c.Accord_Set_Crit_Remove_Ask';
import removeOf from '@salesforce/label/c.Accord_Set_Crit_Remove_Of';
import removed from '@salesforce/label/c.Accord_Set_Crit_Removed';
import stages from '@salesforce/label/c.Accord_Set_Crit_Stages';
import stagesAlways from '@salesforce/label/c.Accord_Set_Crit_Stages_Always';
import stagesHint from '@salesforce/label/c.Accord_Set_Crit_Stages_Hint';
import stagesOf from '@salesforce/label/c.Accord_Set_Crit_Stages_Of';
import stagesUnknown from '@salesforce/label/c.Accord_Set_Crit_Stages_Unknown';
import title from '@salesforce/label/c.Accord_Set_Crit_Title';
import untitled from '@salesforce/label/c.Accord_Set_Crit_Untitled';
import up from '@salesforce/label/c.Accord_Set_Crit_Up';

export default {
    add,
    down,
    intro,
    key,
    keyHint,
    keyIs,
    kind,
    kindCheckbox,
    kindResource,
    kindRole,
    kindStep,
    kindText,
    movedTo,
    name,
    none,
    order,
    plans,
    plansNone,
    plansOne,
    remove,
    removeAsk,
    removeOf,
    removed,
    stages,
    stagesAlways,
    stagesHint,
    stagesOf,
    stagesUnknown,
    title,
    untitled,
    up
};
