/** The banner about what keeps Accord from writing */
import byAccord from '@salesforce/label/c.Accord_Set_Banner_By_Accord';
import go from '@salesforce/label/c.Accord_Set_Banner_Go';
import label from '@salesforce/label/c.Accord_Set_Banner_Label';
import observed from '@salesforce/label/c.Accord_Set_Banner_Observed';
import quiet from '@salesforce/label/c.Accord_Set_Banner_Quiet';
import stopped from '@salesforce/label/c.Accord_Set_Banner_Stopped';

export default {
    byAccord,
    go,
    label,
    observed,
    quiet,
    stopped
};
