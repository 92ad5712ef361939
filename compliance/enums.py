"""The fixed words of compliance."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ObligationKind(models.TextChoices):
    """What a State owes under the Convention, one row a thing that falls due."""

    INITIAL_REPORT = "initial_report", _("Initial report")
    ANNUAL_REPORT = "annual_report", _("Annual report")
    RETENTION_REPORT = "retention_report", _("Report on munitions retained")
    STOCKPILE = "stockpile", _("Stockpile destruction")
    CLEARANCE = "clearance", _("Clearance")
    NEW_CLEARANCE = "new_clearance", _("Clearance of later contamination")
    DECLARATION = "declaration", _("Declaration of completion")
    LODGING = "lodging", _("Extension request to be lodged")
    CLARIFICATION = "clarification", _("Reply to a request for clarification")
    BENCHMARK = "benchmark", _("Benchmark")
    WITHDRAWAL = "withdrawal", _("Withdrawal takes effect")


class Standing(models.TextChoices):
    """How an obligation stands on a day. A deadline that passed while a request waits is a standing of its own; so is a
    clock of which no published list says that there is anything to destroy or clear, which is not a finding."""

    FULFILLED = "fulfilled", pgettext_lazy("obligation", "Fulfilled")
    RUNNING = "running", pgettext_lazy("obligation", "Running")
    LAPSED = "lapsed", pgettext_lazy("obligation", "Lapsed")
    LAPSED_PENDING = "lapsed_pending", pgettext_lazy("obligation", "Deadline passed, request pending")
    SUSPENDED = "suspended", pgettext_lazy("obligation", "Suspended")
    ENDED = "ended", pgettext_lazy("obligation", "Ended by withdrawal")
    NOTHING = "nothing", pgettext_lazy("obligation", "Nothing on the published lists")
    UNRECORDED = "unrecorded", pgettext_lazy("report in the record", "Before the portal’s record")


class RequestStatus(models.TextChoices):
    """The life of an extension request."""

    INTENT = "intent", pgettext_lazy("extension request", "Intent signalled")
    DRAFT = "draft", pgettext_lazy("extension request", "Being drafted")
    LODGED = "lodged", pgettext_lazy("extension request", "Lodged")
    ANALYSED = "analysed", pgettext_lazy("extension request", "Analysed")
    DECIDED = "decided", pgettext_lazy("extension request", "Decided")
    WITHDRAWN = "withdrawn", pgettext_lazy("extension request", "Withdrawn")


PUBLIC_REQUESTS = frozenset({RequestStatus.LODGED, RequestStatus.ANALYSED, RequestStatus.DECIDED})


class RequestOutcome(models.TextChoices):
    """What was decided on a request."""

    GRANTED = "granted", pgettext_lazy("extension request", "Granted")
    GRANTED_LESS = "granted_less", pgettext_lazy("extension request", "Granted for less than was asked")
    NOT_GRANTED = "not_granted", pgettext_lazy("extension request", "Not granted")
    DEFERRED = "deferred", pgettext_lazy("extension request", "Deferred")
    NOT_RECORDED = "not_recorded", pgettext_lazy("extension request", "Outcome not recorded")


GRANTS = frozenset({RequestOutcome.GRANTED, RequestOutcome.GRANTED_LESS})


class GroupPart(models.TextChoices):
    """What somebody does in an analysis group."""

    LEAD = "lead", pgettext_lazy("analysis group", "Leads")
    MEMBER = "member", pgettext_lazy("analysis group", "Member")
    EXPERT = "expert", pgettext_lazy("analysis group", "Asked for advice")


class BenchmarkStage(models.TextChoices):
    """Where a benchmark was set."""

    REQUEST = "request", pgettext_lazy("benchmark", "Offered in the request")
    ANALYSIS = "analysis", pgettext_lazy("benchmark", "Recommended in the analysis")
    DECISION = "decision", pgettext_lazy("benchmark", "Set by the decision")


class Access(models.TextChoices):
    """What a person named to a case, or invited to the draft of a request, may do."""

    LEAD = "lead", pgettext_lazy("case", "Leads it")
    WRITE = "write", pgettext_lazy("case", "Reads and writes")
    READ = "read", pgettext_lazy("case", "Reads")


class Side(models.TextChoices):
    """On whose side a person is named in a case."""

    TEAM = "team", pgettext_lazy("case", "With the President")
    CONCERNED = "concerned", pgettext_lazy("case", "For the State concerned")


class Subject(models.TextChoices):
    """Which article of the Convention a matter is about."""

    ART_1 = "1", _("Article 1: prohibitions")
    ART_3 = "3", _("Article 3: stockpiles")
    ART_4 = "4", _("Article 4: clearance")
    ART_5 = "5", _("Article 5: victim assistance")
    ART_7 = "7", _("Article 7: transparency")
    ART_9 = "9", _("Article 9: national implementation")
    ART_21 = "21", _("Article 21: relations with States outside the Convention")
    OTHER = "other", pgettext_lazy("matter", "Something else")


class Origin(models.TextChoices):
    """Where a matter came from."""

    REVIEW = "review", pgettext_lazy("matter", "Review of a report")
    OVERDUE = "overdue", pgettext_lazy("matter", "Overdue obligation")
    STATE = "state", pgettext_lazy("matter", "A State")
    CMC = "cmc", pgettext_lazy("matter", "Cluster Munition Coalition")
    ICRC = "icrc", pgettext_lazy("matter", "ICRC")
    UN = "un", pgettext_lazy("matter", "United Nations")
    MEDIA = "media", pgettext_lazy("matter", "Media")
    OTHER = "other", pgettext_lazy("matter", "Other")


class Protection(models.TextChoices):
    """How a source of a matter is protected."""

    OPEN = "open", pgettext_lazy("source", "May be named")
    TEAM = "team", pgettext_lazy("source", "Known to the team alone")
    LEAD = "lead", pgettext_lazy("source", "Known to the President alone")


class CaseStatus(models.TextChoices):
    """The life of a case."""

    NOTED = "noted", pgettext_lazy("case", "Noted")
    CLARIFYING = "clarifying", pgettext_lazy("case", "Being clarified informally")
    FORMAL = "formal", pgettext_lazy("case", "Formal request under Article 8")
    MEETING = "meeting", pgettext_lazy("case", "Taken to the meeting")
    CLARIFIED = "clarified", pgettext_lazy("case", "Clarified")
    AGREED = "agreed", pgettext_lazy("case", "Response agreed")
    CLOSED = "closed", pgettext_lazy("case", "Closed")


OPEN_CASES = frozenset({CaseStatus.NOTED, CaseStatus.CLARIFYING, CaseStatus.FORMAL, CaseStatus.MEETING})


class EntryKind(models.TextChoices):
    """What an entry in the time line of a case is."""

    MEETING = "meeting", pgettext_lazy("case entry", "Meeting")
    LETTER = "letter", pgettext_lazy("case entry", "Letter")
    CALL = "call", pgettext_lazy("case entry", "Call")
    NOTE = "note", pgettext_lazy("case entry", "Note")
    CONCERN = "concern", pgettext_lazy("case entry", "Concern put to the State")
    REPLY = "reply", pgettext_lazy("case entry", "Reply of the State concerned")
    STEP = "step", pgettext_lazy("case entry", "Step")


class EntryReaders(models.TextChoices):
    """Who may read an entry of a case."""

    LEAD = "lead", pgettext_lazy("case entry", "The President alone")
    CHOSEN = "chosen", pgettext_lazy("case entry", "The persons chosen")
    TEAM = "team", pgettext_lazy("case entry", "The team")
    ALL = "all", pgettext_lazy("case entry", "The team and the State concerned")


class ResponseStatus(models.TextChoices):
    """The life of a suggested response."""

    PROPOSED = "proposed", pgettext_lazy("response", "Proposed")
    AGREED = "agreed", pgettext_lazy("response", "Agreed")
    NOT_AGREED = "not_agreed", pgettext_lazy("response", "Not agreed")
    RELEASED = "released", pgettext_lazy("response", "Released")
    DONE = "done", pgettext_lazy("response", "Done")


class FormalStatus(models.TextChoices):
    """The steps of Article 8(2) to 8(6)."""

    LODGED = "lodged", pgettext_lazy("request for clarification", "Lodged")
    TRANSMITTED = "transmitted", pgettext_lazy("request for clarification", "Transmitted")
    RECEIVED = "received", pgettext_lazy("request for clarification", "Received, reply awaited")
    REPLIED = "replied", pgettext_lazy("request for clarification", "Replied")
    SILENT = "silent", pgettext_lazy("request for clarification", "No reply within 28 days")
    SUBMITTED = "submitted", pgettext_lazy("request for clarification", "Submitted to the meeting")
    CONSIDERED = "considered", pgettext_lazy("request for clarification", "Considered by the meeting")
    NOT_CONSIDERED = "not_considered", pgettext_lazy("request for clarification", "Not considered by the meeting")
    SETTLED = "settled", pgettext_lazy("request for clarification", "Settled")


class AccountStatus(models.TextChoices):
    """The life of the President's report to a meeting."""

    DRAFT = "draft", pgettext_lazy("President's report", "Being written")
    SECOND_LOOK = "second_look", pgettext_lazy("President's report", "Waits for a second look")
    AGREED = "agreed", pgettext_lazy("President's report", "Agreed")
    ISSUED = "issued", pgettext_lazy("President's report", "Issued as a paper")


class PassageStatus(models.TextChoices):
    """What becomes of a passage of the President's report."""

    PROPOSED = "proposed", pgettext_lazy("passage", "Proposed")
    REDACTED = "redacted", pgettext_lazy("passage", "Redacted")
    AGREED = "agreed", pgettext_lazy("passage", "Agreed")
    LEFT_OUT = "left_out", pgettext_lazy("passage", "Left out")


class PositionSource(models.TextChoices):
    """Where a State said what it said."""

    REPORT = "report", pgettext_lazy("position", "Article 7 report")
    STATEMENT = "statement", pgettext_lazy("position", "Statement in a meeting")
    SUBMISSION = "submission", pgettext_lazy("position", "Submission of the State")
    LAW = "law", pgettext_lazy("position", "Law or parliamentary paper")
    LETTER = "letter", pgettext_lazy("position", "Letter")
    OTHER = "other", pgettext_lazy("position", "Other")


class PositionStatus(models.TextChoices):
    """The life of a noted position."""

    PROPOSED = "proposed", pgettext_lazy("position", "Proposed")
    PUBLISHED = "published", pgettext_lazy("position", "Published")
    REFUSED = "refused", pgettext_lazy("position", "Not taken in")
    WITHDRAWN = "withdrawn", pgettext_lazy("position", "Withdrawn by the State")
