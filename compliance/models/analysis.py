"""What happens to a request after it was lodged: the analysis group, questions, comments, the analysis, benchmarks."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ccm_portal.core.models import Document, Organisation, State
from compliance.enums import BenchmarkStage, GroupPart
from compliance.models.requests import ExtensionRequest


class GroupMember(models.Model):
    """A State or an organisation in the group that analyses a request. A conflict is said, and who has one stands
    aside."""

    request = models.ForeignKey(ExtensionRequest, on_delete=models.CASCADE, related_name="group")
    state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=6, choices=GroupPart, default=GroupPart.MEMBER)
    conflict = models.TextField(blank=True)  # in words; found by the portal or declared
    stands_aside = models.BooleanField(default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__isnull=False, organisation=None) | Q(state=None, organisation__isnull=False),
                name="group_member_is_one",
            ),
            models.UniqueConstraint(
                fields=["request", "state"], condition=Q(state__isnull=False), name="group_state_once"
            ),
            models.UniqueConstraint(
                fields=["request", "organisation"],
                condition=Q(organisation__isnull=False),
                name="group_organisation_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.state or self.organisation)


class RequestQuestion(models.Model):
    """The analysis group asks, the State answers. Between the two until the answer is given; public from then on."""

    request = models.ForeignKey(ExtensionRequest, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=20, blank=True)  # the section it is about
    text = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="request_question_once")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.number}"


class RequestComment(models.Model):
    """What another State or an organisation says of a lodged request, in its own name. Withdrawn, it stays as such."""

    request = models.ForeignKey(ExtensionRequest, on_delete=models.CASCADE, related_name="comments")
    state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__isnull=False, organisation=None) | Q(state=None, organisation__isnull=False),
                name="request_comment_is_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.pk}"


class Analysis(models.Model):
    """The group's analysis with a draft decision. A draft is the group's and the ISO's; as a paper it is public."""

    request = models.OneToOneField(ExtensionRequest, on_delete=models.CASCADE, related_name="analysis")
    text = models.TextField(blank=True)
    draft_decision = models.TextField(blank=True)
    recommended_until = models.DateField(null=True, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.request_id}"


class Benchmark(models.Model):
    """Something to be reached by a day while an extension runs. Those that a decision sets become due."""

    request = models.ForeignKey(ExtensionRequest, on_delete=models.CASCADE, related_name="benchmarks")
    stage = models.CharField(max_length=8, choices=BenchmarkStage)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    due = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    met_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "stage", "number"], name="benchmark_number_once"),
            models.CheckConstraint(condition=Q(stage__in=BenchmarkStage.values), name="benchmark_stage_known"),
        ]
        indexes = [models.Index(fields=["stage", "due"], name="benchmark_due")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.number}"
