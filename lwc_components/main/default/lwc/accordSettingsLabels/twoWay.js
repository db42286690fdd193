/** The page Use Salesforce values in Accord */
import amount from '@salesforce/label/c.Accord_Set_Twoway_Amount';
import askDays from '@salesforce/label/c.Accord_Set_Twoway_Ask_Days';
import askDefault from '@salesforce/label/c.Accord_Set_Twoway_Ask_Default';
import closeDate from '@salesforce/label/c.Accord_Set_Twoway_Close_Date';
import countApart from '@salesforce/label/c.Accord_Set_Twoway_Count_Apart';
import countConflict from '@salesforce/label/c.Accord_Set_Twoway_Count_Conflict';
import countEqual from '@salesforce/label/c.Accord_Set_Twoway_Count_Equal';
import countFrozen from '@salesforce/label/c.Accord_Set_Twoway_Count_Frozen';
import countNotRead from '@salesforce/label/c.Accord_Set_Twoway_Count_Not_Read';
import countOnItsWay from '@salesforce/label/c.Accord_Set_Twoway_Count_On_Its_Way';
import currency from '@salesforce/label/c.Accord_Set_Twoway_Currency';
import currencyHint from '@salesforce/label/c.Accord_Set_Twoway_Currency_Hint';
import currencyKnown from '@salesforce/label/c.Accord_Set_Twoway_Currency_Known';
import currencyNone from '@salesforce/label/c.Accord_Set_Twoway_Currency_None';
import factAsk from '@salesforce/label/c.Accord_Set_Twoway_Fact_Ask';
import factPolicy from '@salesforce/label/c.Accord_Set_Twoway_Fact_Policy';
import isChosen from '@salesforce/label/c.Accord_Set_Twoway_Is_Chosen';
import isDefault from '@salesforce/label/c.Accord_Set_Twoway_Is_Default';
import linkOff from '@salesforce/label/c.Accord_Set_Twoway_Link_Off';
import more from '@salesforce/label/c.Accord_Set_Twoway_More';
import noProblems from '@salesforce/label/c.Accord_Set_Twoway_No_Problems';
import off from '@salesforce/label/c.Accord_Set_Twoway_Off';
import on from '@salesforce/label/c.Accord_Set_Twoway_On';
import openDeal from '@salesforce/label/c.Accord_Set_Twoway_Open_Deal';
import policy from '@salesforce/label/c.Accord_Set_Twoway_Policy';
import policyAsk from '@salesforce/label/c.Accord_Set_Twoway_Policy_Ask';
import policyNewest from '@salesforce/label/c.Accord_Set_Twoway_Policy_Newest';
import policyOurs from '@salesforce/label/c.Accord_Set_Twoway_Policy_Ours';
import policySalesforce from '@salesforce/label/c.Accord_Set_Twoway_Policy_Salesforce';
import problems from '@salesforce/label/c.Accord_Set_Twoway_Problems';
import since from '@salesforce/label/c.Accord_Set_Twoway_Since';
import standingApart from '@salesforce/label/c.Accord_Set_Twoway_Standing_Apart';
import standingConflict from '@salesforce/label/c.Accord_Set_Twoway_Standing_Conflict';
import standingFrozen from '@salesforce/label/c.Accord_Set_Twoway_Standing_Frozen';
import thaw from '@salesforce/label/c.Accord_Set_Twoway_Thaw';
import thawed from '@salesforce/label/c.Accord_Set_Twoway_Thawed';
import valueAmount from '@salesforce/label/c.Accord_Set_Twoway_Value_Amount';
import valueCloseDate from '@salesforce/label/c.Accord_Set_Twoway_Value_Close_Date';

export default {
    amount,
    askDays,
    askDefault,
    closeDate,
    countApart,
    countConflict,
    countEqual,
    countFrozen,
    countNotRead,
    countOnItsWay,
    currency,
    currencyHint,
    currencyKnown,
    currencyNone,
    factAsk,
    factPolicy,
    isChosen,
    isDefault,
    linkOff,
    more,
    noProblems,
    off,
    on,
    openDeal,
    policy,
    policyAsk,
    policyNewest,
    policyOurs,
    policySalesforce,
    problems,
    since,
    standingApart,
    standingConflict,
    standingFrozen,
    thaw,
    thawed,
    valueAmount,
    valueCloseDate
};
