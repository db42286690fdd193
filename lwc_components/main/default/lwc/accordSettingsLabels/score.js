/** The page Execution Score */
import acceptedText from '@salesforce/label/c.Accord_Set_Score_Accepted_Text';
import criteriaText from '@salesforce/label/c.Accord_Set_Score_Criteria_Text';
import dealText from '@salesforce/label/c.Accord_Set_Score_Deal_Text';
import intro from '@salesforce/label/c.Accord_Set_Score_Intro';
import invitedText from '@salesforce/label/c.Accord_Set_Score_Invited_Text';
import isDefault from '@salesforce/label/c.Accord_Set_Score_Is_Default';
import isVersion from '@salesforce/label/c.Accord_Set_Score_Is_Version';
import isVersionBy from '@salesforce/label/c.Accord_Set_Score_Is_Version_By';
import progressText from '@salesforce/label/c.Accord_Set_Score_Progress_Text';
import shares from '@salesforce/label/c.Accord_Set_Score_Shares';
import sum from '@salesforce/label/c.Accord_Set_Score_Sum';
import sumLess from '@salesforce/label/c.Accord_Set_Score_Sum_Less';
import sumMore from '@salesforce/label/c.Accord_Set_Score_Sum_More';
import title from '@salesforce/label/c.Accord_Set_Score_Title';

export default {
    acceptedText,
    criteriaText,
    dealText,
    intro,
    invitedText,
    isDefault,
    isVersion,
    isVersionBy,
    progressText,
    shares,
    sum,
    sumLess,
    sumMore,
    title
};
