/** The picker of fields */
import help from '@salesforce/label/c.Accord_Set_Picker_Help';
import more from '@salesforce/label/c.Accord_Set_Picker_More';
import nothing from '@salesforce/label/c.Accord_Set_Picker_Nothing';
import unfit from '@salesforce/label/c.Accord_Set_Picker_Unfit';

export default {
    help,
    more,
    nothing,
    unfit
};
