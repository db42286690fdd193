/** The page of Salesforce variables */
import add from '@salesforce/label/c.Accord_Set_Var_Add';
import added from '@salesforce/label/c.Accord_Set_Var_Added';
import crmAsk from '@salesforce/label/c.Accord_Set_Var_Crm_Ask';
import crmOffAsk from '@salesforce/label/c.Accord_Set_Var_Crm_Off_Ask';
import crmText from '@salesforce/label/c.Accord_Set_Var_Crm_Text';
import fact from '@salesforce/label/c.Accord_Set_Var_Fact';
import intro from '@salesforce/label/c.Accord_Set_Var_Intro';
import isOff from '@salesforce/label/c.Accord_Set_Var_Is_Off';
import isUsed from '@salesforce/label/c.Accord_Set_Var_Is_Used';
import no from '@salesforce/label/c.Accord_Set_Var_No';
import none from '@salesforce/label/c.Accord_Set_Var_None';
import order from '@salesforce/label/c.Accord_Set_Var_Order';
import read from '@salesforce/label/c.Accord_Set_Var_Read';
import readHint from '@salesforce/label/c.Accord_Set_Var_Read_Hint';
import title from '@salesforce/label/c.Accord_Set_Var_Title';
import write from '@salesforce/label/c.Accord_Set_Var_Write';
import writeHint from '@salesforce/label/c.Accord_Set_Var_Write_Hint';
import writeNot from '@salesforce/label/c.Accord_Set_Var_Write_Not';
import yes from '@salesforce/label/c.Accord_Set_Var_Yes';

export default {
    add,
    added,
    crmAsk,
    crmOffAsk,
    crmText,
    fact,
    intro,
    isOff,
    isUsed,
    no,
    none,
    order,
    read,
    readHint,
    title,
    write,
    writeHint,
    writeNot,
    yes
};
