// The texts of the plan with its stages and steps.
import add from '@salesforce/label/c.Accord_Plan_Add';
import archived from '@salesforce/label/c.Accord_Plan_Archived';
import commentAudience from '@salesforce/label/c.Accord_Plan_Comment_Audience';
import commentBy from '@salesforce/label/c.Accord_Plan_Comment_By';
import commentByCustomer from '@salesforce/label/c.Accord_Plan_Comment_By_Customer';
import commentInternal from '@salesforce/label/c.Accord_Plan_Comment_Internal';
import commentNew from '@salesforce/label/c.Accord_Plan_Comment_New';
import comments from '@salesforce/label/c.Accord_Plan_Comments';
import commentSaved from '@salesforce/label/c.Accord_Plan_Comment_Saved';
import commentSeen from '@salesforce/label/c.Accord_Plan_Comment_Seen';
import commentSend from '@salesforce/label/c.Accord_Plan_Comment_Send';
import commentsLoading from '@salesforce/label/c.Accord_Plan_Comments_Loading';
import commentsMore from '@salesforce/label/c.Accord_Plan_Comments_More';
import commentsNone from '@salesforce/label/c.Accord_Plan_Comments_None';
import commentsOf from '@salesforce/label/c.Accord_Plan_Comments_Of';
import commentVisible from '@salesforce/label/c.Accord_Plan_Comment_Visible';
import completed from '@salesforce/label/c.Accord_Plan_Step_Completed';
import completedOn from '@salesforce/label/c.Accord_Plan_Step_Completed_On';
import draft from '@salesforce/label/c.Accord_Plan_Draft';
import due from '@salesforce/label/c.Accord_Plan_Step_Due';
import internal from '@salesforce/label/c.Accord_Plan_Internal';
import internalChoice from '@salesforce/label/c.Accord_Plan_Internal_Choice';
import invite from '@salesforce/label/c.Accord_Plan_Invite';
import inviteAs from '@salesforce/label/c.Accord_Plan_Invite_As';
import inviteDo from '@salesforce/label/c.Accord_Plan_Invite_Do';
import inviteEmail from '@salesforce/label/c.Accord_Plan_Invite_Email';
import inviteHint from '@salesforce/label/c.Accord_Plan_Invite_Hint';
import inviteName from '@salesforce/label/c.Accord_Plan_Invite_Name';
import inviting from '@salesforce/label/c.Accord_Plan_Inviting';
import isInvited from '@salesforce/label/c.Accord_Plan_Is_Invited';
import isPublished from '@salesforce/label/c.Accord_Plan_Is_Published';
import meanwhile from '@salesforce/label/c.Accord_Plan_Meanwhile';
import meanwhileAgain from '@salesforce/label/c.Accord_Plan_Meanwhile_Again';
import meanwhileForm from '@salesforce/label/c.Accord_Plan_Meanwhile_Form';
import noOwner from '@salesforce/label/c.Accord_Plan_Step_No_Owner';
import noStagesText from '@salesforce/label/c.Accord_Plan_No_Stages_Text';
import noSteps from '@salesforce/label/c.Accord_Plan_No_Steps';
import noStepsText from '@salesforce/label/c.Accord_Plan_No_Steps_Text';
import nothing from '@salesforce/label/c.Accord_Plan_Nothing';
import overdueMany from '@salesforce/label/c.Accord_Plan_Overdue_Many';
import overdueOne from '@salesforce/label/c.Accord_Plan_Overdue_One';
import people from '@salesforce/label/c.Accord_Plan_People';
import personAccepted from '@salesforce/label/c.Accord_Plan_Person_Accepted';
import personAdded from '@salesforce/label/c.Accord_Plan_Person_Added';
import personInvited from '@salesforce/label/c.Accord_Plan_Person_Invited';
import publish from '@salesforce/label/c.Accord_Plan_Publish';
import publishAgain from '@salesforce/label/c.Accord_Plan_Publish_Again';
import publishing from '@salesforce/label/c.Accord_Plan_Publishing';
import roleCustomer from '@salesforce/label/c.Accord_Plan_Role_Customer';
import roleOurs from '@salesforce/label/c.Accord_Plan_Role_Ours';
import rolePartner from '@salesforce/label/c.Accord_Plan_Role_Partner';
import score from '@salesforce/label/c.Accord_Plan_Score';
import scoreAccepted from '@salesforce/label/c.Accord_Plan_Score_Accepted';
import scoreCriteria from '@salesforce/label/c.Accord_Plan_Score_Criteria';
import scoreDeal from '@salesforce/label/c.Accord_Plan_Score_Deal';
import scoreFactor from '@salesforce/label/c.Accord_Plan_Score_Factor';
import scoreHow from '@salesforce/label/c.Accord_Plan_Score_How';
import scoreInvited from '@salesforce/label/c.Accord_Plan_Score_Invited';
import scoreNotHere from '@salesforce/label/c.Accord_Plan_Score_Not_Here';
import scoreOf from '@salesforce/label/c.Accord_Plan_Score_Of';
import scorePoints from '@salesforce/label/c.Accord_Plan_Score_Points';
import scoreProgress from '@salesforce/label/c.Accord_Plan_Score_Progress';
import scoreReached from '@salesforce/label/c.Accord_Plan_Score_Reached';
import scoreText from '@salesforce/label/c.Accord_Plan_Score_Text';
import scoreTogether from '@salesforce/label/c.Accord_Plan_Score_Together';
import stageAdd from '@salesforce/label/c.Accord_Plan_Stage_Add';
import stageAdded from '@salesforce/label/c.Accord_Plan_Stage_Added';
import stageCurrent from '@salesforce/label/c.Accord_Plan_Stage_Current';
import stageDone from '@salesforce/label/c.Accord_Plan_Stage_Done';
import stageNew from '@salesforce/label/c.Accord_Plan_Stage_New';
import stageSteps from '@salesforce/label/c.Accord_Plan_Stage_Steps';
import stepAdd from '@salesforce/label/c.Accord_Plan_Step_Add';
import stepAddTo from '@salesforce/label/c.Accord_Plan_Step_Add_To';
import stepDelete from '@salesforce/label/c.Accord_Plan_Step_Delete';
import stepDeleteAsk from '@salesforce/label/c.Accord_Plan_Step_Delete_Ask';
import stepDeleteDo from '@salesforce/label/c.Accord_Plan_Step_Delete_Do';
import stepDeleteOf from '@salesforce/label/c.Accord_Plan_Step_Delete_Of';
import stepDeleting from '@salesforce/label/c.Accord_Plan_Step_Deleting';
import stepDue from '@salesforce/label/c.Accord_Plan_Step_Due_Date';
import stepEdit from '@salesforce/label/c.Accord_Plan_Step_Edit';
import stepEditOf from '@salesforce/label/c.Accord_Plan_Step_Edit_Of';
import stepGone from '@salesforce/label/c.Accord_Plan_Step_Gone';
import stepIsAdded from '@salesforce/label/c.Accord_Plan_Step_Is_Added';
import stepIsDeleted from '@salesforce/label/c.Accord_Plan_Step_Is_Deleted';
import stepIsDone from '@salesforce/label/c.Accord_Plan_Step_Is_Done';
import stepIsOpen from '@salesforce/label/c.Accord_Plan_Step_Is_Open';
import stepIsSaved from '@salesforce/label/c.Accord_Plan_Step_Is_Saved';
import stepOwner from '@salesforce/label/c.Accord_Plan_Step_Owner';
import stepsFailed from '@salesforce/label/c.Accord_Plan_Steps_Failed';
import stepsLoading from '@salesforce/label/c.Accord_Plan_Steps_Loading';
import stepTitle from '@salesforce/label/c.Accord_Plan_Step_Title';
import wasDue from '@salesforce/label/c.Accord_Plan_Step_Was_Due';
import wasIsNow from '@salesforce/label/c.Accord_Plan_Was_Is_Now';
import xOfY from '@salesforce/label/c.Accord_Plan_X_Of_Y';

export default {
    add,
    archived,
    commentAudience,
    commentBy,
    commentByCustomer,
    commentInternal,
    commentNew,
    comments,
    commentSaved,
    commentSeen,
    commentSend,
    commentsLoading,
    commentsMore,
    commentsNone,
    commentsOf,
    commentVisible,
    completed,
    completedOn,
    draft,
    due,
    internal,
    internalChoice,
    invite,
    inviteAs,
    inviteDo,
    inviteEmail,
    inviteHint,
    inviteName,
    inviting,
    isInvited,
    isPublished,
    meanwhile,
    meanwhileAgain,
    meanwhileForm,
    noOwner,
    noStagesText,
    noSteps,
    noStepsText,
    nothing,
    overdueMany,
    overdueOne,
    people,
    personAccepted,
    personAdded,
    personInvited,
    publish,
    publishAgain,
    publishing,
    roleCustomer,
    roleOurs,
    rolePartner,
    score,
    scoreAccepted,
    scoreCriteria,
    scoreDeal,
    scoreFactor,
    scoreHow,
    scoreInvited,
    scoreNotHere,
    scoreOf,
    scorePoints,
    scoreProgress,
    scoreReached,
    scoreText,
    scoreTogether,
    stageAdd,
    stageAdded,
    stageCurrent,
    stageDone,
    stageNew,
    stageSteps,
    stepAdd,
    stepAddTo,
    stepDelete,
    stepDeleteAsk,
    stepDeleteDo,
    stepDeleteOf,
    stepDeleting,
    stepDue,
    stepEdit,
    stepEditOf,
    stepGone,
    stepIsAdded,
    stepIsDeleted,
    stepIsDone,
    stepIsOpen,
    stepIsSaved,
    stepOwner,
    stepsFailed,
    stepsLoading,
    stepTitle,
    wasDue,
    wasIsNow,
    xOfY
};
