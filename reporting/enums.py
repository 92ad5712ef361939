"""The words a report's life is told in."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ReportKind(TextChoices):
    INITIAL = "initial", pgettext_lazy("kind of report", "Initial report")
    ANNUAL = "annual", pgettext_lazy("kind of report", "Annual report")
    VOLUNTARY = "voluntary", pgettext_lazy("kind of report", "Voluntary report")


class ReportStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("report status", "Draft")
    FILED = "filed", pgettext_lazy("report status", "Filed")
    RECALLED = "recalled", pgettext_lazy("report status", "Recalled")


PUBLIC_STATUSES = frozenset({ReportStatus.FILED})


class Standing(TextChoices):
    """What the official cover page says of a section."""

    UNDECIDED = "", pgettext_lazy("standing of a section", "To do")
    CHANGED = "changed", pgettext_lazy("standing of a section", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("standing of a section", "Unchanged")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("standing of a section", "Not applicable")


class StartFrom(TextChoices):
    """How a new report begins."""

    NOTHING_CHANGED = "nothing_changed", pgettext_lazy("how a report starts", "Nothing has changed")
    SOME_CHANGED = "some", pgettext_lazy("how a report starts", "Some sections have changed")
    SCRATCH = "scratch", pgettext_lazy("how a report starts", "From an empty form")
    FILE = "file", pgettext_lazy("how a report starts", "From a file")


class Provenance(TextChoices):
    """Where a filed version comes from."""

    PORTAL = "portal", pgettext_lazy("provenance of a report", "Filed in this portal by the State")
    ISO = "iso", pgettext_lazy("provenance of a report", "Entered by the ISO from the State's paper")
    DEMONSTRATION = "demo", pgettext_lazy("provenance of a report", "Demonstration data")


class Audience(TextChoices):
    """For whom a copy of the report is made."""

    FULL = "full", pgettext_lazy("audience of a document", "United Nations and States Parties")
    PUBLIC = "public", pgettext_lazy("audience of a document", "Public")


class PdfStatus(TextChoices):
    OWED = "owed", pgettext_lazy("status of a document", "Waiting to be made")
    RENDERING = "rendering", pgettext_lazy("status of a document", "Being made")
    READY = "ready", pgettext_lazy("status of a document", "Ready")
    FAILED = "failed", pgettext_lazy("status of a document", "Could not be made")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of a document", "Not made: the report was recalled")


class FigurePrecision(TextChoices):
    """How sure a reported number is."""

    EXACT = "exact", pgettext_lazy("precision of a figure", "exact")
    ABOUT = "about", pgettext_lazy("precision of a figure", "about")
    AT_LEAST = "at_least", pgettext_lazy("precision of a figure", "at least")
    AT_MOST = "at_most", pgettext_lazy("precision of a figure", "at most")


class WorkbookStatus(TextChoices):
    READ = "read", pgettext_lazy("status of a workbook", "Read, not yet accepted")
    ACCEPTED = "accepted", pgettext_lazy("status of a workbook", "Accepted")
    DROPPED = "dropped", pgettext_lazy("status of a workbook", "Set aside")


class Channel(TextChoices):
    """On which way a report came that was not filed in the portal."""

    PAPER = "paper", pgettext_lazy("how a report came", "On paper")
    MAIL = "mail", pgettext_lazy("how a report came", "By e-mail")
    PUBLISHED = "published", pgettext_lazy("how a report came", "As published by the United Nations")


class Confirmation(TextChoices):
    """What a State says of a report that the ISO entered for it."""

    OPEN = "open", pgettext_lazy("confirmation by the State", "Not yet confirmed by the State")
    CONFIRMED = "confirmed", pgettext_lazy("confirmation by the State", "Confirmed by the State")
    CONTESTED = "contested", pgettext_lazy("confirmation by the State", "The State says the entry is not right")
