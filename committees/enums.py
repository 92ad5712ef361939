"""The fixed words of bodies, terms and follow-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BodyNature(models.TextChoices):
    """What the portal does with a kind of body, whatever it is called this year."""

    COMMITTEE = "committee", _("Thematic committee")
    THEME = "theme", _("Theme with coordinators")
    COORDINATION = "coordination", _("Coordination body")
    INFORMAL = "informal", _("Informal body, with a mandate and an end")


class NominationStatus(models.TextChoices):
    """The life of a nomination to lead a body."""

    NOMINATED = "nominated", pgettext_lazy("nomination status", "Nominated")
    ENDORSED = "endorsed", pgettext_lazy("nomination status", "Endorsed")
    ELECTED = "elected", pgettext_lazy("nomination status", "Elected")
    NOT_ELECTED = "not_elected", pgettext_lazy("nomination status", "Not elected")
    WITHDRAWN = "withdrawn", pgettext_lazy("nomination status", "Withdrawn")


class Gender(models.TextChoices):
    """As a person says; only counted, never shown beside a name."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", pgettext_lazy("gender", "Other")
    NOT_SAID = "", _("Not said")


class PlaceInWorkspace(models.TextChoices):
    """What a person named to a body's workspace may do there."""

    PARTNER = "partner", _("Partner: reads, and writes contacts and problems")
    READER = "reader", _("Reader")


class PlanStatus(models.TextChoices):
    """A work plan is a draft of the leaders until they show it to everybody."""

    DRAFT = "draft", pgettext_lazy("work plan status", "Draft")
    PUBLISHED = "published", pgettext_lazy("work plan status", "Published")
    CLOSED = "closed", pgettext_lazy("work plan status", "Closed")


class ContactKind(models.TextChoices):
    """With one side, or with several."""

    BILATERAL = "bilateral", _("Bilateral")
    MULTILATERAL = "multilateral", _("Multilateral")


class ContactChannel(models.TextChoices):
    """How a contact took place."""

    MEETING = "meeting", pgettext_lazy("contact", "Meeting")
    CALL = "call", pgettext_lazy("contact", "Call")
    LETTER = "letter", pgettext_lazy("contact", "Letter or note verbale")
    MAIL = "mail", pgettext_lazy("contact", "E-mail")
    MARGINS = "margins", pgettext_lazy("contact", "In the margins of a meeting")
    VISIT = "visit", pgettext_lazy("contact", "Visit")


class ContactLevel(models.TextChoices):
    """How high the other side was."""

    WORKING = "working", _("Working level")
    AMBASSADOR = "ambassador", _("Ambassador")
    MINISTER = "minister", _("Minister")
    PARLIAMENT = "parliament", _("Parliament")
    HEAD = "head", _("Head of State or Government")


class ProblemStatus(models.TextChoices):
    """The life of a problem that a body has identified."""

    OPEN = "open", pgettext_lazy("problem status", "Open")
    ON_AGENDA = "on_agenda", pgettext_lazy("problem status", "Put on an agenda")
    SETTLED = "settled", pgettext_lazy("problem status", "Settled")


class JoiningStep(models.TextChoices):
    """How far a State is on its way to joining, as it was last told."""

    UNKNOWN = "unknown", pgettext_lazy("step to joining", "Not known")
    NOT_CONSIDERED = "not_considered", pgettext_lazy("step to joining", "Not considered now")
    CONSIDERED = "considered", pgettext_lazy("step to joining", "Under study in government")
    CONSULTED = "consulted", pgettext_lazy("step to joining", "Between ministries")
    PARLIAMENT = "parliament", pgettext_lazy("step to joining", "Before parliament")
    APPROVED = "approved", pgettext_lazy("step to joining", "Approved, instrument not deposited")
    DEPOSITED = "deposited", pgettext_lazy("step to joining", "Instrument deposited")


class AssemblyVote(models.TextChoices):
    """The vote on the General Assembly's yearly resolution on the Convention."""

    YES = "yes", pgettext_lazy("vote", "Yes")
    NO = "no", pgettext_lazy("vote", "No")
    ABSTAINED = "abstained", pgettext_lazy("vote", "Abstained")
    ABSENT = "absent", pgettext_lazy("vote", "Did not vote")


class WithdrawalStatus(models.TextChoices):
    """A withdrawal takes effect six months after receipt; until then it can be thought over (Article 20)."""

    RUNNING = "running", pgettext_lazy("withdrawal status", "Six months are running")
    REVOKED = "revoked", pgettext_lazy("withdrawal status", "Taken back")
    EFFECTIVE = "effective", pgettext_lazy("withdrawal status", "In effect")
