/** Changes of settings in words */
import added from '@salesforce/label/c.Accord_Set_Words_Added';
import becomes from '@salesforce/label/c.Accord_Set_Words_Becomes';
import changed from '@salesforce/label/c.Accord_Set_Words_Changed';
import itself from '@salesforce/label/c.Accord_Set_Words_Itself';
import more from '@salesforce/label/c.Accord_Set_Words_More';
import no from '@salesforce/label/c.Accord_Set_Words_No';
import nothing from '@salesforce/label/c.Accord_Set_Words_Nothing';
import order from '@salesforce/label/c.Accord_Set_Words_Order';
import place from '@salesforce/label/c.Accord_Set_Words_Place';
import removed from '@salesforce/label/c.Accord_Set_Words_Removed';
import yes from '@salesforce/label/c.Accord_Set_Words_Yes';

export default {
    added,
    becomes,
    changed,
    itself,
    more,
    no,
    nothing,
    order,
    place,
    removed,
    yes
};
