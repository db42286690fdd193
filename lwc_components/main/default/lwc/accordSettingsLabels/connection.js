/** The page Connections and doctor */
import address from '@salesforce/label/c.Accord_Set_Connection_Address';
import doctor from '@salesforce/label/c.Accord_Set_Connection_Doctor';
import doctorText from '@salesforce/label/c.Accord_Set_Connection_Doctor_Text';
import failed from '@salesforce/label/c.Accord_Set_Connection_Failed';
import held from '@salesforce/label/c.Accord_Set_Connection_Held';
import id from '@salesforce/label/c.Accord_Set_Connection_Id';
import ill from '@salesforce/label/c.Accord_Set_Connection_Ill';
import illOne from '@salesforce/label/c.Accord_Set_Connection_Ill_One';
import kind from '@salesforce/label/c.Accord_Set_Connection_Kind';
import live from '@salesforce/label/c.Accord_Set_Connection_Live';
import look from '@salesforce/label/c.Accord_Set_Connection_Look';
import lookAgain from '@salesforce/label/c.Accord_Set_Connection_Look_Again';
import looking from '@salesforce/label/c.Accord_Set_Connection_Looking';
import name from '@salesforce/label/c.Accord_Set_Connection_Name';
import noNotices from '@salesforce/label/c.Accord_Set_Connection_No_Notices';
import notAllSeen from '@salesforce/label/c.Accord_Set_Connection_Not_All_Seen';
import notices from '@salesforce/label/c.Accord_Set_Connection_Notices';
import org from '@salesforce/label/c.Accord_Set_Connection_Org';
import owner from '@salesforce/label/c.Accord_Set_Connection_Owner';
import passed from '@salesforce/label/c.Accord_Set_Connection_Passed';
import production from '@salesforce/label/c.Accord_Set_Connection_Production';
import sandbox from '@salesforce/label/c.Accord_Set_Connection_Sandbox';
import status from '@salesforce/label/c.Accord_Set_Connection_Status';
import unknown from '@salesforce/label/c.Accord_Set_Connection_Unknown';
import warnings from '@salesforce/label/c.Accord_Set_Connection_Warnings';
import well from '@salesforce/label/c.Accord_Set_Connection_Well';

export default {
    address,
    doctor,
    doctorText,
    failed,
    held,
    id,
    ill,
    illOne,
    kind,
    live,
    look,
    lookAgain,
    looking,
    name,
    noNotices,
    notAllSeen,
    notices,
    org,
    owner,
    passed,
    production,
    sandbox,
    status,
    unknown,
    warnings,
    well
};
