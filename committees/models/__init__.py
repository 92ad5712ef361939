"""Bodies, who leads them, and what they do between meetings."""

from committees.models.bodies import ActionPlan, Body, BodyKind, PlanAction
from committees.models.joining import JoiningEntry, ResolutionVote, Withdrawal
from committees.models.leadership import Endorsement, Nomination, Presidency, Term, TermPerson
from committees.models.workspace import (
    WORK_IN_BODY,
    BodyPaper,
    Contact,
    FollowUp,
    Milestone,
    Problem,
    WorkPlan,
    WorkspacePlace,
)

__all__ = [
    "WORK_IN_BODY",
    "ActionPlan",
    "Body",
    "BodyKind",
    "BodyPaper",
    "Contact",
    "Endorsement",
    "FollowUp",
    "JoiningEntry",
    "Milestone",
    "Nomination",
    "PlanAction",
    "Presidency",
    "Problem",
    "ResolutionVote",
    "Term",
    "TermPerson",
    "Withdrawal",
    "WorkPlan",
    "WorkspacePlace",
]
