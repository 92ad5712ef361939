"""Meetings and everything that happens in them."""

from meetings.models.agendas import (
    Agenda,
    AgendaItem,
    AgendaRevision,
    AgendaStep,
    ItemPaper,
    MeetingPaper,
    ProgrammePdf,
)
from meetings.models.calendar import CalendarLink, NeighbourMeeting
from meetings.models.decisions import Decision, DecisionFollowUp, DecisionText, DecisionVote, SilenceObjection
from meetings.models.floor import (
    CHAIR_MEETING,
    ChairPlace,
    Room,
    SpeakersList,
    SpeakerSlot,
    Statement,
    StatementText,
)
from meetings.models.meetings import (
    DateChange,
    Meeting,
    MeetingElection,
    MeetingPart,
    Officer,
    Sitting,
    VenueProposal,
)
from meetings.models.participation import Delegation, MeetingPresence, Participant

__all__ = [
    "CHAIR_MEETING",
    "Agenda",
    "AgendaItem",
    "AgendaRevision",
    "AgendaStep",
    "CalendarLink",
    "ChairPlace",
    "DateChange",
    "Decision",
    "DecisionFollowUp",
    "DecisionText",
    "DecisionVote",
    "Delegation",
    "ItemPaper",
    "Meeting",
    "MeetingElection",
    "MeetingPaper",
    "MeetingPart",
    "MeetingPresence",
    "NeighbourMeeting",
    "Officer",
    "Participant",
    "ProgrammePdf",
    "Room",
    "SilenceObjection",
    "Sitting",
    "SpeakerSlot",
    "SpeakersList",
    "Statement",
    "StatementText",
    "VenueProposal",
]
