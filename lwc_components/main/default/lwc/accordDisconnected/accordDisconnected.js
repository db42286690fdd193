import { LightningElement } from 'lwc';
import { disconnectLabels as labels } from 'c/accordSettingsLabels';

/** What stands where an org was disconnected: that it is, how it is connected again, and how the package is removed. */
export default class AccordDisconnected extends LightningElement {
    labels = labels;
    steps = [labels.packageUses, labels.packageSets, labels.packageGone, labels.packageApp];
}
