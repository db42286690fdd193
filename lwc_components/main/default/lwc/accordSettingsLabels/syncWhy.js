/** Why a synced field has its value, on the page Sync Accord data to Salesforce */
import deals from '@salesforce/label/c.Accord_Set_Syncwhy_Deals';
import found from '@salesforce/label/c.Accord_Set_Syncwhy_Found';
import foundOne from '@salesforce/label/c.Accord_Set_Syncwhy_Found_One';
import hidden from '@salesforce/label/c.Accord_Set_Syncwhy_Hidden';
import inOrder from '@salesforce/label/c.Accord_Set_Syncwhy_In_Order';
import isOff from '@salesforce/label/c.Accord_Set_Syncwhy_Is_Off';
import loading from '@salesforce/label/c.Accord_Set_Syncwhy_Loading';
import none from '@salesforce/label/c.Accord_Set_Syncwhy_None';
import noRows from '@salesforce/label/c.Accord_Set_Syncwhy_No_Rows';
import nothing from '@salesforce/label/c.Accord_Set_Syncwhy_Nothing';
import of from '@salesforce/label/c.Accord_Set_Syncwhy_Of';
import search from '@salesforce/label/c.Accord_Set_Syncwhy_Search';
import searchFor from '@salesforce/label/c.Accord_Set_Syncwhy_Search_For';
import text from '@salesforce/label/c.Accord_Set_Syncwhy_Text';
import title from '@salesforce/label/c.Accord_Set_Syncwhy_Title';
import to from '@salesforce/label/c.Accord_Set_Syncwhy_To';

export default {
    deals,
    found,
    foundOne,
    hidden,
    inOrder,
    isOff,
    loading,
    none,
    noRows,
    nothing,
    of,
    search,
    searchFor,
    text,
    title,
    to
};
