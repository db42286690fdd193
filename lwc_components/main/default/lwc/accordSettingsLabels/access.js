/** The page Access */
import admin from '@salesforce/label/c.Accord_Set_Access_Admin';
import assign from '@salesforce/label/c.Accord_Set_Access_Assign';
import assigned from '@salesforce/label/c.Accord_Set_Access_Assigned';
import assignedOne from '@salesforce/label/c.Accord_Set_Access_Assigned_One';
import cancel from '@salesforce/label/c.Accord_Set_Access_Cancel';
import cannot from '@salesforce/label/c.Accord_Set_Access_Cannot';
import choose from '@salesforce/label/c.Accord_Set_Access_Choose';
import chosen from '@salesforce/label/c.Accord_Set_Access_Chosen';
import chosenOne from '@salesforce/label/c.Accord_Set_Access_Chosen_One';
import count from '@salesforce/label/c.Accord_Set_Access_Count';
import doneTitle from '@salesforce/label/c.Accord_Set_Access_Done_Title';
import flow from '@salesforce/label/c.Accord_Set_Access_Flow';
import give from '@salesforce/label/c.Accord_Set_Access_Give';
import gives from '@salesforce/label/c.Accord_Set_Access_Gives';
import givesNobody from '@salesforce/label/c.Accord_Set_Access_Gives_Nobody';
import givesOne from '@salesforce/label/c.Accord_Set_Access_Gives_One';
import lacking from '@salesforce/label/c.Accord_Set_Access_Lacking';
import missing from '@salesforce/label/c.Accord_Set_Access_Missing';
import more from '@salesforce/label/c.Accord_Set_Access_More';
import name from '@salesforce/label/c.Accord_Set_Access_Name';
import no from '@salesforce/label/c.Accord_Set_Access_No';
import none from '@salesforce/label/c.Accord_Set_Access_None';
import ok from '@salesforce/label/c.Accord_Set_Access_Ok';
import preview from '@salesforce/label/c.Accord_Set_Access_Preview';
import previewNone from '@salesforce/label/c.Accord_Set_Access_Preview_None';
import previewTitle from '@salesforce/label/c.Accord_Set_Access_Preview_Title';
import process from '@salesforce/label/c.Accord_Set_Access_Process';
import refused from '@salesforce/label/c.Accord_Set_Access_Refused';
import rep from '@salesforce/label/c.Accord_Set_Access_Rep';
import search from '@salesforce/label/c.Accord_Set_Access_Search';
import set from '@salesforce/label/c.Accord_Set_Access_Set';
import setAdmin from '@salesforce/label/c.Accord_Set_Access_Set_Admin';
import setRep from '@salesforce/label/c.Accord_Set_Access_Set_Rep';
import skips from '@salesforce/label/c.Accord_Set_Access_Skips';
import tableLabel from '@salesforce/label/c.Accord_Set_Access_Table_Label';
import working from '@salesforce/label/c.Accord_Set_Access_Working';
import yes from '@salesforce/label/c.Accord_Set_Access_Yes';

export default {
    admin,
    assign,
    assigned,
    assignedOne,
    cancel,
    cannot,
    choose,
    chosen,
    chosenOne,
    count,
    doneTitle,
    flow,
    give,
    gives,
    givesNobody,
    givesOne,
    lacking,
    missing,
    more,
    name,
    no,
    none,
    ok,
    preview,
    previewNone,
    previewTitle,
    process,
    refused,
    rep,
    search,
    set,
    setAdmin,
    setRep,
    skips,
    tableLabel,
    working,
    yes
};
