// The pages of the tab, in the order and the words in which admins look for them.
import {
    adminPagesLabels as admin,
    autoCreateLabels as autoCreate,
    contactsLabels as contacts,
    criteriaLabels as criteria,
    playbooksLabels as playbooks,
    scoreLabels as score,
    shellLabels as labels,
    variablesLabels as variables
} from 'c/accordSettingsLabels';

/** page -> {title, intro, parent}: the parent is the page of the left bar under which it stands. */
export const PAGES = {
    start: { title: labels.pageStart, intro: labels.introStart },
    crm: { title: labels.pageCrm, intro: labels.introCrm },
    slideout: { title: labels.pageSlideout, intro: labels.introSlideout, parent: 'crm' },
    fieldSync: { title: labels.pageFieldSync, intro: labels.introFieldSync, parent: 'crm' },
    twoWay: { title: labels.pageTwoWay, intro: labels.introTwoWay, parent: 'crm' },
    variables: { title: variables.title, intro: variables.intro, parent: 'crm' },
    contacts: { title: contacts.enabled, intro: contacts.intro, parent: 'crm' },
    autoCreate: { title: autoCreate.title, intro: autoCreate.intro, parent: 'crm' },
    playbooks: { title: playbooks.title, intro: playbooks.intro, parent: 'crm' },
    criteria: { title: criteria.title, intro: criteria.intro, parent: 'crm' },
    score: { title: score.title, intro: score.intro, parent: 'crm' },
    activity: { title: labels.pageActivity, intro: labels.introActivity, parent: 'crm' },
    connection: { title: labels.pageConnection, intro: labels.introConnection },
    access: { title: admin.access, intro: admin.accessIntro },
    file: { title: admin.file, intro: admin.fileIntro },
    safety: { title: admin.safety, intro: admin.safetyIntro },
    messages: { title: admin.messages, intro: admin.messagesIntro },
    errors: { title: labels.pageErrors, intro: labels.introErrors },
    budget: { title: labels.pageBudget, intro: labels.introBudget },
    cost: { title: admin.cost, intro: admin.costIntro },
    flowCalls: { title: labels.pageFlowCalls, intro: labels.introFlowCalls },
    audit: { title: admin.audit, intro: admin.auditIntro },
    writes: { title: admin.writes, intro: admin.writesIntro },
    leaving: { title: admin.leaving, intro: admin.leavingIntro },
    forget: { title: admin.forget, intro: admin.forgetIntro },
    support: { title: admin.support, intro: admin.supportIntro },
    disconnect: { title: admin.disconnect, intro: admin.disconnectIntro }
};

const groupOf = (title, ...pages) => ({ title, items: pages.map((page) => ({ page, title: PAGES[page].title })) });

export const GROUPS = [
    groupOf(labels.groupStart, 'start'),
    groupOf(labels.groupWorkspace, 'crm', 'connection', 'access', 'file'),
    groupOf(labels.groupHealth, 'safety', 'messages', 'errors', 'budget', 'cost', 'flowCalls', 'writes', 'audit'),
    groupOf(admin.groupPrivacy, 'leaving', 'forget', 'support', 'disconnect')
];
