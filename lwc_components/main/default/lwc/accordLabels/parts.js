// The texts of what belongs to a plan beside its steps: values that it shares with its deal, its menu, its lists.
import colleague from '@salesforce/label/c.Accord_Part_Colleague';
import colleagueNone from '@salesforce/label/c.Accord_Part_Colleague_None';
import colleagueWho from '@salesforce/label/c.Accord_Part_Colleague_Who';
import free from '@salesforce/label/c.Accord_Part_Free';
import freeDraft from '@salesforce/label/c.Accord_Part_Free_Draft';
import freeMore from '@salesforce/label/c.Accord_Part_Free_More';
import freeNone from '@salesforce/label/c.Accord_Part_Free_None';
import freeSteps from '@salesforce/label/c.Accord_Part_Free_Steps';
import freeTitle from '@salesforce/label/c.Accord_Part_Free_Title';
import freeUse from '@salesforce/label/c.Accord_Part_Free_Use';
import freeUseOf from '@salesforce/label/c.Accord_Part_Free_Use_Of';
import freeUsed from '@salesforce/label/c.Accord_Part_Free_Used';
import linkedAgain from '@salesforce/label/c.Accord_Part_Linked_Again';
import linkedApart from '@salesforce/label/c.Accord_Part_Linked_Apart';
import linkedAsk from '@salesforce/label/c.Accord_Part_Linked_Ask';
import linkedConflict from '@salesforce/label/c.Accord_Part_Linked_Conflict';
import linkedEndDate from '@salesforce/label/c.Accord_Part_Linked_End_Date';
import linkedEqual from '@salesforce/label/c.Accord_Part_Linked_Equal';
import linkedFailed from '@salesforce/label/c.Accord_Part_Linked_Failed';
import linkedFrozen from '@salesforce/label/c.Accord_Part_Linked_Frozen';
import linkedHidden from '@salesforce/label/c.Accord_Part_Linked_Hidden';
import linkedHiddenChoice from '@salesforce/label/c.Accord_Part_Linked_Hidden_Choice';
import linkedNoEdit from '@salesforce/label/c.Accord_Part_Linked_No_Edit';
import linkedNone from '@salesforce/label/c.Accord_Part_Linked_None';
import linkedNotRead from '@salesforce/label/c.Accord_Part_Linked_Not_Read';
import linkedOff from '@salesforce/label/c.Accord_Part_Linked_Off';
import linkedOnItsWay from '@salesforce/label/c.Accord_Part_Linked_On_Its_Way';
import linkedOurs from '@salesforce/label/c.Accord_Part_Linked_Ours';
import linkedSince from '@salesforce/label/c.Accord_Part_Linked_Since';
import linkedTakeOf from '@salesforce/label/c.Accord_Part_Linked_Take_Of';
import linkedTakeOurs from '@salesforce/label/c.Accord_Part_Linked_Take_Ours';
import linkedTakeTheirs from '@salesforce/label/c.Accord_Part_Linked_Take_Theirs';
import linkedTheirs from '@salesforce/label/c.Accord_Part_Linked_Theirs';
import linkedTitle from '@salesforce/label/c.Accord_Part_Linked_Title';
import linkedTookOurs from '@salesforce/label/c.Accord_Part_Linked_Took_Ours';
import linkedTookTheirs from '@salesforce/label/c.Accord_Part_Linked_Took_Theirs';
import linkedValue from '@salesforce/label/c.Accord_Part_Linked_Value';
import listAdded from '@salesforce/label/c.Accord_Part_List_Added';
import listRemove from '@salesforce/label/c.Accord_Part_List_Remove';
import listRemoveAsk from '@salesforce/label/c.Accord_Part_List_Remove_Ask';
import listRemoveOf from '@salesforce/label/c.Accord_Part_List_Remove_Of';
import listRemoved from '@salesforce/label/c.Accord_Part_List_Removed';
import listRemoving from '@salesforce/label/c.Accord_Part_List_Removing';
import menu from '@salesforce/label/c.Accord_Part_Menu';
import menuAgain from '@salesforce/label/c.Accord_Part_Menu_Again';
import menuArchive from '@salesforce/label/c.Accord_Part_Menu_Archive';
import menuArchiveAsk from '@salesforce/label/c.Accord_Part_Menu_Archive_Ask';
import menuArchived from '@salesforce/label/c.Accord_Part_Menu_Archived';
import menuArchiving from '@salesforce/label/c.Accord_Part_Menu_Archiving';
import menuDisconnect from '@salesforce/label/c.Accord_Part_Menu_Disconnect';
import menuDisconnectAsk from '@salesforce/label/c.Accord_Part_Menu_Disconnect_Ask';
import menuDisconnected from '@salesforce/label/c.Accord_Part_Menu_Disconnected';
import menuDisconnecting from '@salesforce/label/c.Accord_Part_Menu_Disconnecting';
import menuDuplicate from '@salesforce/label/c.Accord_Part_Menu_Duplicate';
import menuDuplicated from '@salesforce/label/c.Accord_Part_Menu_Duplicated';
import menuDuplicating from '@salesforce/label/c.Accord_Part_Menu_Duplicating';
import menuFollow from '@salesforce/label/c.Accord_Part_Menu_Follow';
import menuFollowed from '@salesforce/label/c.Accord_Part_Menu_Followed';
import menuFollowers from '@salesforce/label/c.Accord_Part_Menu_Followers';
import menuFollowing from '@salesforce/label/c.Accord_Part_Menu_Following';
import menuMove from '@salesforce/label/c.Accord_Part_Menu_Move';
import menuMoveFind from '@salesforce/label/c.Accord_Part_Menu_Move_Find';
import menuMoveHere from '@salesforce/label/c.Accord_Part_Menu_Move_Here';
import menuMoveHereOf from '@salesforce/label/c.Accord_Part_Menu_Move_Here_Of';
import menuMoveNone from '@salesforce/label/c.Accord_Part_Menu_Move_None';
import menuMoveSearch from '@salesforce/label/c.Accord_Part_Menu_Move_Search';
import menuMoveTaken from '@salesforce/label/c.Accord_Part_Menu_Move_Taken';
import menuMoveText from '@salesforce/label/c.Accord_Part_Menu_Move_Text';
import menuMoved from '@salesforce/label/c.Accord_Part_Menu_Moved';
import menuNotFollowing from '@salesforce/label/c.Accord_Part_Menu_Not_Following';
import menuRestore from '@salesforce/label/c.Accord_Part_Menu_Restore';
import menuRestored from '@salesforce/label/c.Accord_Part_Menu_Restored';
import menuUnfollow from '@salesforce/label/c.Accord_Part_Menu_Unfollow';
import menuUnfollowed from '@salesforce/label/c.Accord_Part_Menu_Unfollowed';
import movedAway from '@salesforce/label/c.Accord_Part_Moved_Away';
import partAgain from '@salesforce/label/c.Accord_Part_Part_Again';
import personRemoveAsk from '@salesforce/label/c.Accord_Part_Person_Remove_Ask';
import resourceAdd from '@salesforce/label/c.Accord_Part_Resource_Add';
import resourceByCustomer from '@salesforce/label/c.Accord_Part_Resource_By_Customer';
import resourceTitle from '@salesforce/label/c.Accord_Part_Resource_Title';
import resourceUrl from '@salesforce/label/c.Accord_Part_Resource_Url';
import resources from '@salesforce/label/c.Accord_Part_Resources';
import stageDelete from '@salesforce/label/c.Accord_Part_Stage_Delete';
import stageDeleteAsk from '@salesforce/label/c.Accord_Part_Stage_Delete_Ask';
import stageDeleteOf from '@salesforce/label/c.Accord_Part_Stage_Delete_Of';
import stageDeleted from '@salesforce/label/c.Accord_Part_Stage_Deleted';
import stageDeleting from '@salesforce/label/c.Accord_Part_Stage_Deleting';
import stageDown from '@salesforce/label/c.Accord_Part_Stage_Down';
import stageDownOf from '@salesforce/label/c.Accord_Part_Stage_Down_Of';
import stageMoved from '@salesforce/label/c.Accord_Part_Stage_Moved';
import stageRename from '@salesforce/label/c.Accord_Part_Stage_Rename';
import stageRenameOf from '@salesforce/label/c.Accord_Part_Stage_Rename_Of';
import stageSaved from '@salesforce/label/c.Accord_Part_Stage_Saved';
import stageTools from '@salesforce/label/c.Accord_Part_Stage_Tools';
import stageUp from '@salesforce/label/c.Accord_Part_Stage_Up';
import stageUpOf from '@salesforce/label/c.Accord_Part_Stage_Up_Of';
import stakeholderAdd from '@salesforce/label/c.Accord_Part_Stakeholder_Add';
import stakeholderEmail from '@salesforce/label/c.Accord_Part_Stakeholder_Email';
import stakeholderName from '@salesforce/label/c.Accord_Part_Stakeholder_Name';
import stakeholderTitle from '@salesforce/label/c.Accord_Part_Stakeholder_Title';
import stakeholders from '@salesforce/label/c.Accord_Part_Stakeholders';
import stepDescription from '@salesforce/label/c.Accord_Part_Step_Description';
import stepDownOf from '@salesforce/label/c.Accord_Part_Step_Down_Of';
import stepMoved from '@salesforce/label/c.Accord_Part_Step_Moved';
import stepStage from '@salesforce/label/c.Accord_Part_Step_Stage';
import stepUpOf from '@salesforce/label/c.Accord_Part_Step_Up_Of';

export default {
    colleague,
    colleagueNone,
    colleagueWho,
    free,
    freeDraft,
    freeMore,
    freeNone,
    freeSteps,
    freeTitle,
    freeUse,
    freeUseOf,
    freeUsed,
    linkedAgain,
    linkedApart,
    linkedAsk,
    linkedConflict,
    linkedEndDate,
    linkedEqual,
    linkedFailed,
    linkedFrozen,
    linkedHidden,
    linkedHiddenChoice,
    linkedNoEdit,
    linkedNone,
    linkedNotRead,
    linkedOff,
    linkedOnItsWay,
    linkedOurs,
    linkedSince,
    linkedTakeOf,
    linkedTakeOurs,
    linkedTakeTheirs,
    linkedTheirs,
    linkedTitle,
    linkedTookOurs,
    linkedTookTheirs,
    linkedValue,
    listAdded,
    listRemove,
    listRemoveAsk,
    listRemoveOf,
    listRemoved,
    listRemoving,
    menu,
    menuAgain,
    menuArchive,
    menuArchiveAsk,
    menuArchived,
    menuArchiving,
    menuDisconnect,
    menuDisconnectAsk,
    menuDisconnected,
    menuDisconnecting,
    menuDuplicate,
    menuDuplicated,
    menuDuplicating,
    menuFollow,
    menuFollowed,
    menuFollowers,
    menuFollowing,
    menuMove,
    menuMoveFind,
    menuMoveHere,
    menuMoveHereOf,
    menuMoveNone,
    menuMoveSearch,
    menuMoveTaken,
    menuMoveText,
    menuMoved,
    menuNotFollowing,
    menuRestore,
    menuRestored,
    menuUnfollow,
    menuUnfollowed,
    movedAway,
    partAgain,
    personRemoveAsk,
    resourceAdd,
    resourceByCustomer,
    resourceTitle,
    resourceUrl,
    resources,
    stageDelete,
    stageDeleteAsk,
    stageDeleteOf,
    stageDeleted,
    stageDeleting,
    stageDown,
    stageDownOf,
    stageMoved,
    stageRename,
    stageRenameOf,
    stageSaved,
    stageTools,
    stageUp,
    stageUpOf,
    stakeholderAdd,
    stakeholderEmail,
    stakeholderName,
    stakeholderTitle,
    stakeholders,
    stepDescription,
    stepDownOf,
    stepMoved,
    stepStage,
    stepUpOf
};
