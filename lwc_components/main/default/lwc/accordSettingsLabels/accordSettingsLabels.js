// Every text of the settings tab, one file for each page: translated in the package, imported here alone.
export { default as shellLabels } from './shell';
export { default as checklistLabels } from './checklist';
export { default as crmLabels } from './crm';
export { default as pickerLabels } from './picker';
export { default as slideoutLabels } from './slideout';
export { default as activityLabels } from './activity';
export { default as connectionLabels } from './connection';
export { default as errorsLabels } from './errors';
export { default as budgetLabels } from './budget';
export { default as flowLabels } from './flow';
export { default as fieldSyncLabels } from './fieldSync';
export { default as twoWayLabels } from './twoWay';
export { default as syncRunLabels } from './syncRun';
export { default as adminPagesLabels } from './adminPages';
export { default as bannerLabels } from './banner';
export { default as safetyLabels } from './safety';
