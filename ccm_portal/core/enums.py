"""The fixed words of the kernel."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TreatyStatus(models.TextChoices):
    """Where a State stands, by the Depositary's dates."""

    STATE_PARTY = "state_party", _("State Party")
    SIGNATORY = "signatory", _("Signatory")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NON_PARTY = "non_party", _("Not a party")


class InstrumentKind(models.TextChoices):
    """The four ways to consent to be bound (Article 16)."""

    RATIFICATION = "ratification", _("Ratification")
    ACCEPTANCE = "acceptance", _("Acceptance")
    APPROVAL = "approval", _("Approval")
    ACCESSION = "accession", _("Accession")


class Known(models.TextChoices):
    """Yes, no, or not known: three different answers."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Unknown")


class Clock(models.TextChoices):
    """A State's clocks that can be extended or overridden."""

    INITIAL_REPORT = "initial_report", _("Initial report (Article 7)")
    ART3 = "art3", _("Stockpile destruction (Article 3)")
    ART4 = "art4", _("Clearance (Article 4)")
    NEW_CLEARANCE = "art4b", _("Clearance of later contamination (Article 4(1)(b))")


class Role(models.TextChoices):
    """The roles in which a person acts, once and for all."""

    DRAFTER = "drafter", _("Drafter")
    APPROVER = "approver", _("Approver")
    HEAD_OF_DELEGATION = "head_of_delegation", _("Head of delegation")
    ISO_STAFF = "iso_staff", _("ISO staff")
    SPONSORSHIP_OFFICER = "sponsorship_officer", _("Sponsorship officer")
    OBSERVER = "observer", _("Observer")
    COMMITTEE_LEADER = "committee_leader", _("Committee leader")
    PRESIDENT = "president", _("President")
    CASE_COLLABORATOR = "case_collaborator", _("Case collaborator")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


STATE_ROLES = frozenset({Role.DRAFTER, Role.APPROVER, Role.HEAD_OF_DELEGATION})
APPROVING_ROLES = frozenset({Role.APPROVER, Role.HEAD_OF_DELEGATION})
# Roles that can see nothing unpublished may do without a second factor.
ROLES_WITHOUT_SECOND_FACTOR = frozenset({Role.OBSERVER})


class MessageStatus(models.TextChoices):
    """The life of a message that is owed."""

    OWED = "owed", pgettext_lazy("message status", "Owed")
    CLAIMED = "claimed", pgettext_lazy("message status", "Being sent")
    SENT = "sent", pgettext_lazy("message status", "Sent")
    WITHDRAWN = "withdrawn", pgettext_lazy("message status", "No longer needed")
    UNCLEAR = "unclear", pgettext_lazy("message status", "Outcome unclear")
    FAILED = "failed", pgettext_lazy("message status", "Could not be sent")
    BOUNCED = "bounced", pgettext_lazy("message status", "Came back")


class DocumentKind(models.TextChoices):
    """What a paper is."""

    AGENDA = "agenda", _("Agenda")
    PROGRAMME = "programme", _("Annotated programme of work")
    WORKING_PAPER = "working_paper", _("Working paper")
    WORK_PLAN = "work_plan", _("Work plan")
    PROGRESS_REPORT = "progress_report", _("Progress report")
    REQUEST = "request", _("Extension request")
    ANALYSIS = "analysis", _("Analysis of a request")
    BUDGET = "budget", _("Budget, costs and accounts")
    RULES = "rules", _("Rules of procedure")
    REPORT = "report", _("Report of a meeting")
    MINUTES = "minutes", pgettext_lazy("kind of paper", "Minutes")
    NON_PAPER = "non_paper", _("Non-paper")
    INFORMATION = "information", _("Information")
    OTHER = "other", pgettext_lazy("kind of paper", "Other")


class DocumentStatus(models.TextChoices):
    """The life of a paper: proposed, accepted or not by the ISO, published once one text of it is out."""

    PROPOSED = "proposed", pgettext_lazy("paper status", "Proposed")
    ACCEPTED = "accepted", pgettext_lazy("paper status", "Accepted")
    PUBLISHED = "published", pgettext_lazy("paper status", "Published")
    REFUSED = "refused", pgettext_lazy("paper status", "Not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("paper status", "Withdrawn")


# A paper that the office has taken in, whether or not a text of it is out.
TAKEN_IN = (DocumentStatus.ACCEPTED, DocumentStatus.PUBLISHED)


class TextStage(models.TextChoices):
    """How far a text of a paper is."""

    ADVANCE = "advance", _("Advance copy")
    FINAL = "final", pgettext_lazy("text of a paper", "Edited")
