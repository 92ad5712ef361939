"""States, people, the register, messages and files: what every app stands on."""

from ccm_portal.core.models.documents import Document, DocumentIssuer, DocumentText, Follow
from ccm_portal.core.models.files import StoredFile
from ccm_portal.core.models.outbox import OutgoingMessage, PeriodicRun
from ccm_portal.core.models.people import Invitation, Membership, Organisation, User
from ccm_portal.core.models.register import RegisterEntry
from ccm_portal.core.models.reminders import ReminderPause
from ccm_portal.core.models.states import RegionGroup, State, StateClock

__all__ = [
    "Document",
    "DocumentIssuer",
    "DocumentText",
    "Follow",
    "Invitation",
    "Membership",
    "Organisation",
    "OutgoingMessage",
    "PeriodicRun",
    "RegionGroup",
    "RegisterEntry",
    "ReminderPause",
    "State",
    "StateClock",
    "StoredFile",
    "User",
]
