/** The page What leaves the org */
import copies from '@salesforce/label/c.Accord_Set_Leaving_Copies';
import copiesOnly from '@salesforce/label/c.Accord_Set_Leaving_Copies_Only';
import count from '@salesforce/label/c.Accord_Set_Leaving_Count';
import csv from '@salesforce/label/c.Accord_Set_Leaving_Csv';
import csvDone from '@salesforce/label/c.Accord_Set_Leaving_Csv_Done';
import field from '@salesforce/label/c.Accord_Set_Leaving_Field';
import kept from '@salesforce/label/c.Accord_Set_Leaving_Kept';
import keptFor from '@salesforce/label/c.Accord_Set_Leaving_Kept_For';
import noCopy from '@salesforce/label/c.Accord_Set_Leaving_No_Copy';
import none from '@salesforce/label/c.Accord_Set_Leaving_None';
import place from '@salesforce/label/c.Accord_Set_Leaving_Place';
import places from '@salesforce/label/c.Accord_Set_Leaving_Places';
import placesLabel from '@salesforce/label/c.Accord_Set_Leaving_Places_Label';
import placesText from '@salesforce/label/c.Accord_Set_Leaving_Places_Text';
import region from '@salesforce/label/c.Accord_Set_Leaving_Region';
import regionUnknown from '@salesforce/label/c.Accord_Set_Leaving_Region_Unknown';
import search from '@salesforce/label/c.Accord_Set_Leaving_Search';
import seen from '@salesforce/label/c.Accord_Set_Leaving_Seen';
import seenBy from '@salesforce/label/c.Accord_Set_Leaving_Seen_By';
import tableLabel from '@salesforce/label/c.Accord_Set_Leaving_Table_Label';
import what from '@salesforce/label/c.Accord_Set_Leaving_What';
import where from '@salesforce/label/c.Accord_Set_Leaving_Where';
import why from '@salesforce/label/c.Accord_Set_Leaving_Why';

export default {
    copies,
    copiesOnly,
    count,
    csv,
    csvDone,
    field,
    kept,
    keptFor,
    noCopy,
    none,
    place,
    places,
    placesLabel,
    placesText,
    region,
    regionUnknown,
    search,
    seen,
    seenBy,
    tableLabel,
    what,
    where,
    why
};
