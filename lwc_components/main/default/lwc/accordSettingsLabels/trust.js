/** Trust in the org: logins, certificates, applications, events */
import active from '@salesforce/label/c.Accord_Set_Trust_Active';
import certificates from '@salesforce/label/c.Accord_Set_Trust_Certificates';
import certificatesHint from '@salesforce/label/c.Accord_Set_Trust_Certificates_Hint';
import clientEnded from '@salesforce/label/c.Accord_Set_Trust_Client_Ended';
import clientFlow from '@salesforce/label/c.Accord_Set_Trust_Client_Flow';
import clientId from '@salesforce/label/c.Accord_Set_Trust_Client_Id';
import clientRole from '@salesforce/label/c.Accord_Set_Trust_Client_Role';
import clients from '@salesforce/label/c.Accord_Set_Trust_Clients';
import clientSecret from '@salesforce/label/c.Accord_Set_Trust_Client_Secret';
import clientService from '@salesforce/label/c.Accord_Set_Trust_Client_Service';
import clientsHint from '@salesforce/label/c.Accord_Set_Trust_Clients_Hint';
import clientSince from '@salesforce/label/c.Accord_Set_Trust_Client_Since';
import code from '@salesforce/label/c.Accord_Set_Trust_Code';
import codeAddress from '@salesforce/label/c.Accord_Set_Trust_Code_Address';
import codeText from '@salesforce/label/c.Accord_Set_Trust_Code_Text';
import credentials from '@salesforce/label/c.Accord_Set_Trust_Credentials';
import end from '@salesforce/label/c.Accord_Set_Trust_End';
import endAsk from '@salesforce/label/c.Accord_Set_Trust_End_Ask';
import ended from '@salesforce/label/c.Accord_Set_Trust_Ended';
import ending from '@salesforce/label/c.Accord_Set_Trust_Ending';
import endLabel from '@salesforce/label/c.Accord_Set_Trust_End_Label';
import endNow from '@salesforce/label/c.Accord_Set_Trust_End_Now';
import eventBy from '@salesforce/label/c.Accord_Set_Trust_Event_By';
import eventByOperator from '@salesforce/label/c.Accord_Set_Trust_Event_By_Operator';
import eventByUser from '@salesforce/label/c.Accord_Set_Trust_Event_By_User';
import events from '@salesforce/label/c.Accord_Set_Trust_Events';
import eventsNone from '@salesforce/label/c.Accord_Set_Trust_Events_None';
import eventsShow from '@salesforce/label/c.Accord_Set_Trust_Events_Show';
import hidden from '@salesforce/label/c.Accord_Set_Trust_Hidden';
import hide from '@salesforce/label/c.Accord_Set_Trust_Hide';
import jwt from '@salesforce/label/c.Accord_Set_Trust_Jwt';
import keyEnds from '@salesforce/label/c.Accord_Set_Trust_Key_Ends';
import kindAdminProved from '@salesforce/label/c.Accord_Set_Trust_Kind_Admin_Proved';
import kindCertificateRegistered from '@salesforce/label/c.Accord_Set_Trust_Kind_Certificate_Registered';
import kindCertificateRetired from '@salesforce/label/c.Accord_Set_Trust_Kind_Certificate_Retired';
import kindClientEnded from '@salesforce/label/c.Accord_Set_Trust_Kind_Client_Ended';
import kindClientMade from '@salesforce/label/c.Accord_Set_Trust_Kind_Client_Made';
import kindIntegrationChanged from '@salesforce/label/c.Accord_Set_Trust_Kind_Integration_Changed';
import kindLinkMade from '@salesforce/label/c.Accord_Set_Trust_Kind_Link_Made';
import kindOrgChangeSeen from '@salesforce/label/c.Accord_Set_Trust_Kind_Org_Change_Seen';
import kindOrgConfirmed from '@salesforce/label/c.Accord_Set_Trust_Kind_Org_Confirmed';
import kindOrgConnected from '@salesforce/label/c.Accord_Set_Trust_Kind_Org_Connected';
import kindOrgDisconnected from '@salesforce/label/c.Accord_Set_Trust_Kind_Org_Disconnected';
import kindSignInRefused from '@salesforce/label/c.Accord_Set_Trust_Kind_Sign_In_Refused';
import makeClient from '@salesforce/label/c.Accord_Set_Trust_Make_Client';
import makeCode from '@salesforce/label/c.Accord_Set_Trust_Make_Code';
import making from '@salesforce/label/c.Accord_Set_Trust_Making';
import methodEnds from '@salesforce/label/c.Accord_Set_Trust_Method_Ends';
import noCertificate from '@salesforce/label/c.Accord_Set_Trust_No_Certificate';
import noClients from '@salesforce/label/c.Accord_Set_Trust_No_Clients';
import noCrypto from '@salesforce/label/c.Accord_Set_Trust_No_Crypto';
import retire from '@salesforce/label/c.Accord_Set_Trust_Retire';
import retireAsk from '@salesforce/label/c.Accord_Set_Trust_Retire_Ask';
import retireAskLast from '@salesforce/label/c.Accord_Set_Trust_Retire_Ask_Last';
import retired from '@salesforce/label/c.Accord_Set_Trust_Retired';
import retiredNow from '@salesforce/label/c.Accord_Set_Trust_Retired_Now';
import retireLabel from '@salesforce/label/c.Accord_Set_Trust_Retire_Label';
import retireNow from '@salesforce/label/c.Accord_Set_Trust_Retire_Now';
import retiring from '@salesforce/label/c.Accord_Set_Trust_Retiring';
import secretEnds from '@salesforce/label/c.Accord_Set_Trust_Secret_Ends';
import secretText from '@salesforce/label/c.Accord_Set_Trust_Secret_Text';
import settings from '@salesforce/label/c.Accord_Set_Trust_Settings';
import settingsHint from '@salesforce/label/c.Accord_Set_Trust_Settings_Hint';
import way from '@salesforce/label/c.Accord_Set_Trust_Way';
import wayHint from '@salesforce/label/c.Accord_Set_Trust_Way_Hint';

export default {
    active,
    certificates,
    certificatesHint,
    clientEnded,
    clientFlow,
    clientId,
    clientRole,
    clients,
    clientSecret,
    clientService,
    clientsHint,
    clientSince,
    code,
    codeAddress,
    codeText,
    credentials,
    end,
    endAsk,
    ended,
    ending,
    endLabel,
    endNow,
    eventBy,
    eventByOperator,
    eventByUser,
    events,
    eventsNone,
    eventsShow,
    hidden,
    hide,
    jwt,
    keyEnds,
    kindAdminProved,
    kindCertificateRegistered,
    kindCertificateRetired,
    kindClientEnded,
    kindClientMade,
    kindIntegrationChanged,
    kindLinkMade,
    kindOrgChangeSeen,
    kindOrgConfirmed,
    kindOrgConnected,
    kindOrgDisconnected,
    kindSignInRefused,
    makeClient,
    makeCode,
    making,
    methodEnds,
    noCertificate,
    noClients,
    noCrypto,
    retire,
    retireAsk,
    retireAskLast,
    retired,
    retiredNow,
    retireLabel,
    retireNow,
    retiring,
    secretEnds,
    secretText,
    settings,
    settingsHint,
    way,
    wayHint
};
