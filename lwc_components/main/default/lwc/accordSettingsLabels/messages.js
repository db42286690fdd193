/** The page Messages */
import count from '@salesforce/label/c.Accord_Set_Messages_Count';
import countOne from '@salesforce/label/c.Accord_Set_Messages_Count_One';
import isNew from '@salesforce/label/c.Accord_Set_Messages_Is_New';
import loading from '@salesforce/label/c.Accord_Set_Messages_Loading';
import none from '@salesforce/label/c.Accord_Set_Messages_None';
import noneUnseen from '@salesforce/label/c.Accord_Set_Messages_None_Unseen';
import older from '@salesforce/label/c.Accord_Set_Messages_Older';
import parkedMoreThan from '@salesforce/label/c.Accord_Set_Messages_Parked_More_Than';
import reload from '@salesforce/label/c.Accord_Set_Messages_Reload';
import see from '@salesforce/label/c.Accord_Set_Messages_See';
import seen from '@salesforce/label/c.Accord_Set_Messages_Seen';
import seeOf from '@salesforce/label/c.Accord_Set_Messages_See_Of';
import settings from '@salesforce/label/c.Accord_Set_Messages_Settings';
import since from '@salesforce/label/c.Accord_Set_Messages_Since';
import times from '@salesforce/label/c.Accord_Set_Messages_Times';
import trouble from '@salesforce/label/c.Accord_Set_Messages_Trouble';
import unseenOnly from '@salesforce/label/c.Accord_Set_Messages_Unseen_Only';
import until from '@salesforce/label/c.Accord_Set_Messages_Until';
import well from '@salesforce/label/c.Accord_Set_Messages_Well';

export default {
    count,
    countOne,
    isNew,
    loading,
    none,
    noneUnseen,
    older,
    parkedMoreThan,
    reload,
    see,
    seen,
    seeOf,
    settings,
    since,
    times,
    trouble,
    unseenOnly,
    until,
    well
};
