"""The fixed words of meetings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(models.TextChoices):
    """What a meeting is."""

    MSP = "msp", _("Meeting of States Parties")
    REVIEW_CONFERENCE = "rc", _("Review Conference")
    PREPARATORY = "preparatory", _("Preparatory meeting")
    INTERSESSIONAL = "intersessional", _("Intersessional meeting")
    COORDINATION = "coordination", _("Meeting of the coordination body")
    BODY = "body", _("Meeting of a committee or working group")
    BILATERAL = "bilateral", _("Bilateral meeting")
    LEADERS = "leaders", _("Meeting of leaders across conventions")


FORMAL_KINDS = frozenset({MeetingKind.MSP, MeetingKind.REVIEW_CONFERENCE})


class MeetingStatus(models.TextChoices):
    """The life of a meeting. Whether it is over follows from its dates."""

    DRAFT = "draft", pgettext_lazy("meeting status", "Being prepared")
    PLANNED = "planned", pgettext_lazy("meeting status", "Announced")
    CANCELLED = "cancelled", pgettext_lazy("meeting status", "Cancelled")


class MeetingFormat(models.TextChoices):
    """Where its participants are."""

    IN_PERSON = "in_person", _("In person")
    VIRTUAL = "virtual", _("Virtual")
    HYBRID = "hybrid", _("Hybrid")


class MeetingAudience(models.TextChoices):
    """Who may know of it and take part."""

    OPEN = "open", _("Open to all")
    MEMBERS = "members", _("Only the members of the bodies that convene it")


class DatePrecision(models.TextChoices):
    """How exactly the days are known."""

    DAY = "day", pgettext_lazy("date known to", "The days")
    MONTH = "month", pgettext_lazy("date known to", "The month only")


class Office(models.TextChoices):
    """An office in a meeting."""

    PRESIDENT = "president", _("President")
    VICE_PRESIDENT = "vice_president", _("Vice-President")
    SECRETARY_GENERAL = "secretary_general", _("Secretary-General of the meeting")
    CHAIR = "chair", pgettext_lazy("office in a meeting", "Chair")
    RAPPORTEUR = "rapporteur", _("Rapporteur")


class ProposalStatus(models.TextChoices):
    """A proposal to hold a meeting somewhere."""

    PROPOSED = "proposed", pgettext_lazy("venue proposal", "Proposed")
    CHOSEN = "chosen", pgettext_lazy("venue proposal", "Chosen")
    NOT_CHOSEN = "not_chosen", pgettext_lazy("venue proposal", "Not chosen")
    WITHDRAWN = "withdrawn", pgettext_lazy("venue proposal", "Withdrawn")


class ItemKind(models.TextChoices):
    """What an agenda item is for."""

    CEREMONIAL = "ceremonial", _("Opening and closing")
    DECISION = "decision", pgettext_lazy("agenda item", "Decision")
    EXTENSION_REQUEST = "extension_request", _("Extension request")
    PROGRESS = "progress", _("Statements on progress by States with obligations")
    INTERPRETATION = "interpretation", _("Interpretation of the Convention")
    THEMATIC = "thematic", _("Thematic discussion")
    COMPLIANCE = "compliance", _("Compliance")
    GENERAL_EXCHANGE = "general_exchange", _("General exchange of views")
    OFFICE_FINANCE = "office_finance", _("Implementation support and finance")
    OTHER = "other", pgettext_lazy("agenda item", "Other")


# What the paper of 2010 asks enough time for, and which kinds of item count towards each.
DECISION_KINDS = frozenset({ItemKind.DECISION, ItemKind.EXTENSION_REQUEST, ItemKind.OFFICE_FINANCE})
STATEMENT_KINDS = frozenset({ItemKind.GENERAL_EXCHANGE, ItemKind.PROGRESS, ItemKind.INTERPRETATION})
CHALLENGE_KINDS = frozenset({ItemKind.THEMATIC, ItemKind.COMPLIANCE})


class DelegationKind(models.TextChoices):
    """As what a delegation takes part."""

    STATE_PARTY = "state_party", _("State Party")
    SIGNATORY = "signatory", _("Signatory")
    STATE = "state", _("State not party")
    RIGHT = "right", _("Observer as of right")
    INVITED = "invited", _("Observer by invitation")
    EXPERT = "expert", _("Technical expert or field worker, invited in person")


class DelegationStatus(models.TextChoices):
    """The life of a delegation at a meeting."""

    ASKED = "asked", pgettext_lazy("delegation status", "Asks to be invited")
    INVITED = "invited", pgettext_lazy("delegation status", "Invited provisionally")
    DECLINED = "declined", pgettext_lazy("delegation status", "Not invited")
    EXPECTED = "expected", pgettext_lazy("delegation status", "Expected")
    NOTIFIED = "notified", pgettext_lazy("delegation status", "Notified")
    WITHDRAWN = "withdrawn", pgettext_lazy("delegation status", "Does not take part")


class CredentialsStatus(models.TextChoices):
    """How far the credentials are. Accreditation itself stays with the United Nations."""

    NONE = "none", pgettext_lazy("credentials", "Nothing received")
    INFORMATION = "information", pgettext_lazy("credentials", "Names communicated")
    COPY = "copy", pgettext_lazy("credentials", "Copy received")
    ORIGINAL = "original", pgettext_lazy("credentials", "Original received")
    ACCEPTED = "accepted", pgettext_lazy("credentials", "Accepted by the meeting")
    QUESTIONED = "questioned", pgettext_lazy("credentials", "Not in order")


class SpeakersOrder(models.TextChoices):
    """In which order the list is called."""

    STATES_FIRST = "states_first", _("States before organisations, each in order of request")
    REQUESTS = "requests", _("In order of request")
    CHAIR = "chair", _("As the chair sets")


class SpeakersStatus(models.TextChoices):
    """Whether the list takes requests."""

    OPEN = "open", pgettext_lazy("speakers' list", "Open")
    CLOSED = "closed", pgettext_lazy("speakers' list", "Closed")


class SlotKind(models.TextChoices):
    """As what the floor is asked for."""

    NATIONAL = "national", _("National statement")
    GROUP = "group", _("Statement for a group")
    ORGANISATION = "organisation", _("Statement of an organisation")
    REPLY = "reply", _("Right of reply")
    PRESENTATION = "presentation", _("Presentation")


class SlotStatus(models.TextChoices):
    """The life of a request for the floor."""

    WAITING = "waiting", pgettext_lazy("speaker", "Waiting")
    SPEAKING = "speaking", pgettext_lazy("speaker", "Speaking")
    SPOKEN = "spoken", pgettext_lazy("speaker", "Has spoken")
    PASSED = "passed", pgettext_lazy("speaker", "Not in the room when called")
    WITHDRAWN = "withdrawn", pgettext_lazy("speaker", "Withdrawn")


class StatementStatus(models.TextChoices):
    """A text is held until it is given, or until it is released."""

    HELD = "held", pgettext_lazy("statement status", "Not yet public")
    PUBLISHED = "published", pgettext_lazy("statement status", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("statement status", "Withdrawn")


class StatementRelease(models.TextChoices):
    """When the text becomes public."""

    WHEN_GIVEN = "when_given", _("When it has been given")
    WHEN_RELEASED = "when_released", _("When we release it")


class DecisionKind(models.TextChoices):
    """What a decision is about."""

    EXTENSION = "extension", _("Extension")
    BUDGET = "budget", pgettext_lazy("decision", "Budget and costs")
    VENUE = "venue", pgettext_lazy("decision", "Dates and venue")
    OFFICERS = "officers", pgettext_lazy("decision", "Officers and leaders")
    GUIDANCE = "guidance", pgettext_lazy("decision", "Guidance")
    REPORT = "report", pgettext_lazy("decision", "Documents of the meeting")
    PROCEDURE = "procedure", pgettext_lazy("decision", "Procedure")
    COMPLIANCE = "compliance", pgettext_lazy("decision", "Compliance")
    OTHER = "other", pgettext_lazy("decision", "Other")


class DecisionStatus(models.TextChoices):
    """The life of a decision."""

    DRAFT = "draft", pgettext_lazy("decision status", "Draft")
    OPEN = "open", pgettext_lazy("decision status", "Silence procedure running")
    VOTING = "voting", pgettext_lazy("decision status", "Being voted on")
    TAKEN = "taken", pgettext_lazy("decision status", "Recorded")


class DecisionOutcome(models.TextChoices):
    """What became of a proposal."""

    ADOPTED = "adopted", pgettext_lazy("decision outcome", "Adopted")
    AMENDED = "amended", pgettext_lazy("decision outcome", "Adopted as amended")
    NOT_ADOPTED = "not_adopted", pgettext_lazy("decision outcome", "Not adopted")
    DEFERRED = "deferred", pgettext_lazy("decision outcome", "Deferred")


class DecisionMethod(models.TextChoices):
    """How it was taken."""

    AGREEMENT = "agreement", _("By general agreement")
    VOTE = "vote", _("By vote")
    SILENCE = "silence", _("By silence procedure")


class Majority(models.TextChoices):
    """Of the States Parties present and voting; abstentions do not count."""

    SIMPLE = "simple", _("Simple majority (procedure)")
    TWO_THIRDS = "two_thirds", _("Two thirds (substance)")
    EXTENSION = "extension", _("Majority of States Parties present and voting (Articles 3(5) and 4(7))")
    AMENDMENT = "amendment", _("Two thirds of States Parties present and voting (Article 13)")


class Ballot(models.TextChoices):
    """What a State says when it is called in a vote."""

    YES = "yes", pgettext_lazy("vote", "Yes")
    NO = "no", pgettext_lazy("vote", "No")
    ABSTAIN = "abstain", pgettext_lazy("vote", "Abstains")


class Instrument(models.TextChoices):
    """Related instruments whose meetings stand in the calendar."""

    APMBC = "apmbc", _("Mine Ban Convention")
    CCW = "ccw", _("Convention on Certain Conventional Weapons")
    CCW_APII = "ccw_apii", _("Amended Protocol II to the CCW")
    CCW_PV = "ccw_pv", _("Protocol V to the CCW")
    ATT = "att", _("Arms Trade Treaty")
    BWC = "bwc", _("Biological Weapons Convention")
    CRPD = "crpd", _("Convention on the Rights of Persons with Disabilities")
    FIRST_COMMITTEE = "first_committee", _("First Committee of the General Assembly")
    MINE_ACTION = "mine_action", _("Mine action, across conventions")
    OTHER = "other", pgettext_lazy("instrument", "Other")
