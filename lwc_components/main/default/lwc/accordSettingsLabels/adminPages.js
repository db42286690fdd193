/** Pages of safety and privacy */
import safety from '@salesforce/label/c.Accord_Set_Admin_Pages_Safety';
import safetyIntro from '@salesforce/label/c.Accord_Set_Admin_Pages_Safety_Intro';

export default {
    safety,
    safetyIntro
};
