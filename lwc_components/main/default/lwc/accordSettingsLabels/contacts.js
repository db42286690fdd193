/** The page Sync Salesforce Contacts */
import counts from '@salesforce/label/c.Accord_Set_Contacts_Counts';
import crmAsk from '@salesforce/label/c.Accord_Set_Contacts_Crm_Ask';
import crmText from '@salesforce/label/c.Accord_Set_Contacts_Crm_Text';
import enabled from '@salesforce/label/c.Accord_Set_Contacts_Enabled';
import enabledHint from '@salesforce/label/c.Accord_Set_Contacts_Enabled_Hint';
import fill from '@salesforce/label/c.Accord_Set_Contacts_Fill';
import filling from '@salesforce/label/c.Accord_Set_Contacts_Filling';
import intro from '@salesforce/label/c.Accord_Set_Contacts_Intro';
import leftOut from '@salesforce/label/c.Accord_Set_Contacts_Left_Out';
import leftOutNone from '@salesforce/label/c.Accord_Set_Contacts_Left_Out_None';
import lookAgain from '@salesforce/label/c.Accord_Set_Contacts_Look_Again';
import looked from '@salesforce/label/c.Accord_Set_Contacts_Looked';
import more from '@salesforce/label/c.Accord_Set_Contacts_More';
import off from '@salesforce/label/c.Accord_Set_Contacts_Off';
import on from '@salesforce/label/c.Accord_Set_Contacts_On';
import openContact from '@salesforce/label/c.Accord_Set_Contacts_Open_Contact';
import openDeal from '@salesforce/label/c.Accord_Set_Contacts_Open_Deal';
import source from '@salesforce/label/c.Accord_Set_Contacts_Source';
import sourceHint from '@salesforce/label/c.Accord_Set_Contacts_Source_Hint';
import sourceNone from '@salesforce/label/c.Accord_Set_Contacts_Source_None';

export default {
    counts,
    crmAsk,
    crmText,
    enabled,
    enabledHint,
    fill,
    filling,
    intro,
    leftOut,
    leftOutNone,
    lookAgain,
    looked,
    more,
    off,
    on,
    openContact,
    openDeal,
    source,
    sourceHint,
    sourceNone
};
