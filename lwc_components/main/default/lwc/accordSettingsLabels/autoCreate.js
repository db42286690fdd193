/** The page Automatically Create Accords */
import add from '@salesforce/label/c.Accord_Set_Auto_Add';
import amountFrom from '@salesforce/label/c.Accord_Set_Auto_Amount_From';
import amountTo from '@salesforce/label/c.Accord_Set_Auto_Amount_To';
import byOthers from '@salesforce/label/c.Accord_Set_Auto_By_Others';
import cost from '@salesforce/label/c.Accord_Set_Auto_Cost';
import counts from '@salesforce/label/c.Accord_Set_Auto_Counts';
import currency from '@salesforce/label/c.Accord_Set_Auto_Currency';
import currencyHint from '@salesforce/label/c.Accord_Set_Auto_Currency_Hint';
import currencyNone from '@salesforce/label/c.Accord_Set_Auto_Currency_None';
import down from '@salesforce/label/c.Accord_Set_Auto_Down';
import firstDecides from '@salesforce/label/c.Accord_Set_Auto_First_Decides';
import from from '@salesforce/label/c.Accord_Set_Auto_From';
import fromChoose from '@salesforce/label/c.Accord_Set_Auto_From_Choose';
import gone from '@salesforce/label/c.Accord_Set_Auto_Gone';
import hadOne from '@salesforce/label/c.Accord_Set_Auto_Had_One';
import intro from '@salesforce/label/c.Accord_Set_Auto_Intro';
import isMore from '@salesforce/label/c.Accord_Set_Auto_Is_More';
import look from '@salesforce/label/c.Accord_Set_Auto_Look';
import looking from '@salesforce/label/c.Accord_Set_Auto_Looking';
import lookingBack from '@salesforce/label/c.Accord_Set_Auto_Looking_Back';
import lookMore from '@salesforce/label/c.Accord_Set_Auto_Look_More';
import lookOf from '@salesforce/label/c.Accord_Set_Auto_Look_Of';
import more from '@salesforce/label/c.Accord_Set_Auto_More';
import movedTo from '@salesforce/label/c.Accord_Set_Auto_Moved_To';
import name from '@salesforce/label/c.Accord_Set_Auto_Name';
import newName from '@salesforce/label/c.Accord_Set_Auto_New_Name';
import newStage from '@salesforce/label/c.Accord_Set_Auto_New_Stage';
import none from '@salesforce/label/c.Accord_Set_Auto_None';
import noneWaiting from '@salesforce/label/c.Accord_Set_Auto_None_Waiting';
import off from '@salesforce/label/c.Accord_Set_Auto_Off';
import on from '@salesforce/label/c.Accord_Set_Auto_On';
import onAlso from '@salesforce/label/c.Accord_Set_Auto_On_Also';
import onNew from '@salesforce/label/c.Accord_Set_Auto_On_New';
import onText from '@salesforce/label/c.Accord_Set_Auto_On_Text';
import openDeal from '@salesforce/label/c.Accord_Set_Auto_Open_Deal';
import openUser from '@salesforce/label/c.Accord_Set_Auto_Open_User';
import ofPlan from '@salesforce/label/c.Accord_Set_Auto_Of_Plan';
import ofPlaybook from '@salesforce/label/c.Accord_Set_Auto_Of_Playbook';
import order from '@salesforce/label/c.Accord_Set_Auto_Order';
import otherCurrency from '@salesforce/label/c.Accord_Set_Auto_Other_Currency';
import owner from '@salesforce/label/c.Accord_Set_Auto_Owner';
import person from '@salesforce/label/c.Accord_Set_Auto_Person';
import removeOf from '@salesforce/label/c.Accord_Set_Auto_Remove_Of';
import stages from '@salesforce/label/c.Accord_Set_Auto_Stages';
import stageTitle from '@salesforce/label/c.Accord_Set_Auto_Stage_Title';
import sum from '@salesforce/label/c.Accord_Set_Auto_Sum';
import template from '@salesforce/label/c.Accord_Set_Auto_Template';
import templateHint from '@salesforce/label/c.Accord_Set_Auto_Template_Hint';
import templateNone from '@salesforce/label/c.Accord_Set_Auto_Template_None';
import title from '@salesforce/label/c.Accord_Set_Auto_Title';
import titleHint from '@salesforce/label/c.Accord_Set_Auto_Title_Hint';
import titleOf from '@salesforce/label/c.Accord_Set_Auto_Title_Of';
import tryText from '@salesforce/label/c.Accord_Set_Auto_Try_Text';
import turnOff from '@salesforce/label/c.Accord_Set_Auto_Turn_Off';
import turnOffOf from '@salesforce/label/c.Accord_Set_Auto_Turn_Off_Of';
import types from '@salesforce/label/c.Accord_Set_Auto_Types';
import up from '@salesforce/label/c.Accord_Set_Auto_Up';
import waiting from '@salesforce/label/c.Accord_Set_Auto_Waiting';
import waitingSince from '@salesforce/label/c.Accord_Set_Auto_Waiting_Since';

export default {
    add,
    amountFrom,
    amountTo,
    byOthers,
    cost,
    counts,
    currency,
    currencyHint,
    currencyNone,
    down,
    firstDecides,
    from,
    fromChoose,
    gone,
    hadOne,
    intro,
    isMore,
    look,
    looking,
    lookingBack,
    lookMore,
    lookOf,
    more,
    movedTo,
    name,
    newName,
    newStage,
    none,
    noneWaiting,
    off,
    on,
    onAlso,
    onNew,
    onText,
    openDeal,
    openUser,
    ofPlan,
    ofPlaybook,
    order,
    otherCurrency,
    owner,
    person,
    removeOf,
    stages,
    stageTitle,
    sum,
    template,
    templateHint,
    templateNone,
    title,
    titleHint,
    titleOf,
    tryText,
    turnOff,
    turnOffOf,
    types,
    up,
    waiting,
    waitingSince
};
