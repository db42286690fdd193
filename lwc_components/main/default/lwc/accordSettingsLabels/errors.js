/** The page Errors */
import fields from '@salesforce/label/c.Accord_Set_Errors_Fields';
import none from '@salesforce/label/c.Accord_Set_Errors_None';
import parked from '@salesforce/label/c.Accord_Set_Errors_Parked';
import parkedOne from '@salesforce/label/c.Accord_Set_Errors_Parked_One';
import pausedOnly from '@salesforce/label/c.Accord_Set_Errors_Paused_Only';
import reload from '@salesforce/label/c.Accord_Set_Errors_Reload';
import retried from '@salesforce/label/c.Accord_Set_Errors_Retried';
import retriedOne from '@salesforce/label/c.Accord_Set_Errors_Retried_One';
import retry from '@salesforce/label/c.Accord_Set_Errors_Retry';
import retryOf from '@salesforce/label/c.Accord_Set_Errors_Retry_Of';
import said from '@salesforce/label/c.Accord_Set_Errors_Said';
import since from '@salesforce/label/c.Accord_Set_Errors_Since';
import until from '@salesforce/label/c.Accord_Set_Errors_Until';
import untilPerson from '@salesforce/label/c.Accord_Set_Errors_Until_Person';
import writes from '@salesforce/label/c.Accord_Set_Errors_Writes';
import writesOne from '@salesforce/label/c.Accord_Set_Errors_Writes_One';

export default {
    fields,
    none,
    parked,
    parkedOne,
    pausedOnly,
    reload,
    retried,
    retriedOne,
    retry,
    retryOf,
    said,
    since,
    until,
    untilPerson,
    writes,
    writesOne
};
