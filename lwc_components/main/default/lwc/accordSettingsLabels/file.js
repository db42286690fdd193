/** The page Settings file */
import again from '@salesforce/label/c.Accord_Set_File_Again';
import applied from '@salesforce/label/c.Accord_Set_File_Applied';
import apply from '@salesforce/label/c.Accord_Set_File_Apply';
import applyText from '@salesforce/label/c.Accord_Set_File_Apply_Text';
import checking from '@salesforce/label/c.Accord_Set_File_Checking';
import choose from '@salesforce/label/c.Accord_Set_File_Choose';
import chooseHint from '@salesforce/label/c.Accord_Set_File_Choose_Hint';
import differs from '@salesforce/label/c.Accord_Set_File_Differs';
import lacks from '@salesforce/label/c.Accord_Set_File_Lacks';
import lacksText from '@salesforce/label/c.Accord_Set_File_Lacks_Text';
import notJson from '@salesforce/label/c.Accord_Set_File_Not_Json';
import org from '@salesforce/label/c.Accord_Set_File_Org';
import orgAt from '@salesforce/label/c.Accord_Set_File_Org_At';
import pageOf from '@salesforce/label/c.Accord_Set_File_Page_Of';
import pageOfOne from '@salesforce/label/c.Accord_Set_File_Page_Of_One';
import same from '@salesforce/label/c.Accord_Set_File_Same';
import save from '@salesforce/label/c.Accord_Set_File_Save';
import saved from '@salesforce/label/c.Accord_Set_File_Saved';
import saveHint from '@salesforce/label/c.Accord_Set_File_Save_Hint';
import saveTitle from '@salesforce/label/c.Accord_Set_File_Save_Title';
import takeTitle from '@salesforce/label/c.Accord_Set_File_Take_Title';
import tooLarge from '@salesforce/label/c.Accord_Set_File_Too_Large';
import tooLargeForApex from '@salesforce/label/c.Accord_Set_File_Too_Large_For_Apex';
import working from '@salesforce/label/c.Accord_Set_File_Working';

export default {
    again,
    applied,
    apply,
    applyText,
    checking,
    choose,
    chooseHint,
    differs,
    lacks,
    lacksText,
    notJson,
    org,
    orgAt,
    pageOf,
    pageOfOne,
    same,
    save,
    saved,
    saveHint,
    saveTitle,
    takeTitle,
    tooLarge,
    tooLargeForApex,
    working
};
