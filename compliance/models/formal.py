"""The formal track of Article 8, and the President's report to a meeting."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ccm_portal.core.models import Document, State
from compliance.enums import AccountStatus, FormalStatus, PassageStatus
from compliance.models.cases import CaseEntry, ComplianceCase
from compliance.models.obligations import CirculatedClarification
from meetings.models import Decision, Meeting


class ClarificationRequest(models.Model):
    """A Request for Clarification (Article 8(2)), through the Secretary-General. Fenced like its case."""

    case = models.OneToOneField(ComplianceCase, on_delete=models.CASCADE, related_name="formal")
    status = models.CharField(max_length=14, choices=FormalStatus, default=FormalStatus.LODGED)
    text = models.TextField()
    lodged_on = models.DateField()
    transmitted_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)  # the 28 days count from here
    received_basis = models.CharField(max_length=300, blank=True)  # how the day of receipt is known
    reply = models.TextField(blank=True)
    reply_is_own = models.BooleanField(
        default=False
    )  # whoever is named for the State wrote it here: it alone changes it
    replied_on = models.DateField(null=True, blank=True)
    reply_through_un_on = models.DateField(null=True, blank=True)
    reply_satisfies = models.BooleanField(null=True, blank=True)  # in the eyes of the requesting States
    submitted_on = models.DateField(null=True, blank=True)  # to the next formal meeting, Article 8(3)
    submission = models.TextField(blank=True)
    circulated_on = models.DateField(null=True, blank=True)  # by the Secretary-General, to all States Parties
    public = models.OneToOneField(  # what everybody knows of it since
        CirculatedClarification, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.PositiveIntegerField(null=True, blank=True)  # of the agenda item
    state_response = models.TextField(blank=True)  # of the State concerned to the submission
    response_is_own = models.BooleanField(default=False)  # as ``reply_is_own``
    good_offices_on = models.DateField(null=True, blank=True)  # Article 8(4)
    good_offices_note = models.TextField(blank=True)
    considered_on = models.DateField(null=True, blank=True)  # the meeting decided whether to consider it: Article 8(5)
    meeting_says = models.TextField(blank=True)  # ways to resolve it, cooperative measures
    beyond_control = models.BooleanField(default=False)  # causes beyond the State's control, Article 6 measures
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    procedures = models.TextField(blank=True)  # adopted later under Article 8(6)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=FormalStatus.values), name="formal_status_known"),
            models.CheckConstraint(
                condition=Q(transmitted_on=None) | Q(transmitted_on__gte=F("lodged_on")), name="transmitted_once_lodged"
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(received_on__gte=F("lodged_on")), name="received_once_lodged"
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | ~Q(received_basis=""), name="receipt_says_its_basis"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class RequestingState(models.Model):
    """A State Party that requests the clarification."""

    request = models.ForeignKey(ClarificationRequest, on_delete=models.CASCADE, related_name="requesting")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "state"], name="requesting_state_once")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.state_id}"


class PresidentReport(models.Model):
    """The President's report on compliance to a meeting. A draft is the President's and the second reader's alone."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=11, choices=AccountStatus, default=AccountStatus.DRAFT)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    second_reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opening = models.TextField(blank=True)
    closing = models.TextField(blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    sent_back_note = models.TextField(blank=True)  # what the second reader wants otherwise
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=AccountStatus.values), name="account_status_known"),
            models.CheckConstraint(
                condition=~Q(status="issued") | Q(issued_at__isnull=False), name="account_issued_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}"

    @property
    def register_chain(self) -> str:
        """A draft has a chain of the register of its own, which shows like the draft."""
        return f"account:{self.pk}"


class ReportPassage(models.Model):
    """A passage of that report: the words taken from an entry of a case, redacted, agreed or left out."""

    report = models.ForeignKey(PresidentReport, on_delete=models.CASCADE, related_name="passages")
    case = models.ForeignKey(ComplianceCase, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(CaseEntry, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    heading = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    status = models.CharField(max_length=9, choices=PassageStatus, default=PassageStatus.PROPOSED)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=PassageStatus.values), name="passage_status_known"),
        ]
        indexes = [models.Index(fields=["report", "position"], name="passages_in_order")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.pk}"


class IssuedReport(models.Model):
    """The President's report as it was issued: agreed words alone, for everybody. The database refuses to change it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="president_report")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    content = models.TextField()  # canonical JSON
    content_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.meeting_id}"
