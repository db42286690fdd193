// The texts of "Why this value?".
import became from '@salesforce/label/c.Accord_Why_Became';
import becameKnown from '@salesforce/label/c.Accord_Why_Became_Known';
import becameTo from '@salesforce/label/c.Accord_Why_Became_To';
import before from '@salesforce/label/c.Accord_Why_Before';
import changedAt from '@salesforce/label/c.Accord_Why_Changed_At';
import close from '@salesforce/label/c.Accord_Why_Close';
import hidden from '@salesforce/label/c.Accord_Why_Hidden';
import loading from '@salesforce/label/c.Accord_Why_Loading';
import loginIntegration from '@salesforce/label/c.Accord_Why_Login_Integration';
import loginNamed from '@salesforce/label/c.Accord_Why_Login_Named';
import loginOwn from '@salesforce/label/c.Accord_Why_Login_Own';
import needsLogin from '@salesforce/label/c.Accord_Why_Needs_Login';
import never from '@salesforce/label/c.Accord_Why_Never';
import nothing from '@salesforce/label/c.Accord_Why_Nothing';
import notWritten from '@salesforce/label/c.Accord_Why_Not_Written';
import of from '@salesforce/label/c.Accord_Why_Of';
import title from '@salesforce/label/c.Accord_Why_Title';
import tryAgain from '@salesforce/label/c.Accord_Try_Again';
import until from '@salesforce/label/c.Accord_Why_Until';
import waiting from '@salesforce/label/c.Accord_Why_Waiting';

export default {
    became,
    becameKnown,
    becameTo,
    before,
    changedAt,
    close,
    hidden,
    loading,
    loginIntegration,
    loginNamed,
    loginOwn,
    needsLogin,
    never,
    nothing,
    notWritten,
    of,
    title,
    tryAgain,
    until,
    waiting
};
