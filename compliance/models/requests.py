"""Extension requests (Articles 3 and 4): one thread from the intent to the new deadline."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from guardian.models import UserObjectPermissionBase

from ccm_portal.core.models import Document, State, StateClock, StoredFile
from compliance.enums import Access, RequestOutcome, RequestStatus
from meetings.models import Decision, Meeting

DRAFT_REQUEST = "draft_request"


class ExtensionRequest(models.Model):
    """A State asks for more time on one of its clocks. Renewals chain by ``renews``."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="extension_requests")
    clock = models.ForeignKey(StateClock, on_delete=models.PROTECT, related_name="requests")
    number = models.PositiveSmallIntegerField()  # of the requests on this clock
    renews = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewed_by")
    status = models.CharField(max_length=10, choices=RequestStatus, default=RequestStatus.INTENT)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    intent_on = models.DateField(null=True, blank=True)
    intent_source = models.CharField(max_length=300, blank=True)
    shown_to_iso_at = models.DateTimeField(null=True, blank=True)  # while it is a draft
    asked_until = models.DateField(null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="extension_requests"
    )  # that decides; recomputed while it is not decided
    code = models.PositiveIntegerField(null=True, blank=True)  # of its agenda item there
    # As they were when it was lodged, and kept so.
    deadline_then = models.DateField(null=True, blank=True)
    lodging_due = models.DateField(null=True, blank=True)
    lodged_on = models.DateField(null=True, blank=True)
    lodged_at = models.DateTimeField(null=True, blank=True)  # none of those that are history
    days_late = models.PositiveIntegerField(default=0)
    recommended_until = models.DateField(null=True, blank=True)  # by the analysis
    outcome = models.CharField(max_length=12, choices=RequestOutcome, blank=True)
    granted_until = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decision = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="extension_request"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=300, blank=True)  # of one that is history
    about = models.TextField(blank=True)  # of one that is history: what is known of it besides, in English
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        permissions = [("draft_request", "Work on the draft of an extension request")]
        constraints = [
            models.UniqueConstraint(fields=["clock", "number"], name="request_number_once_a_clock"),
            models.UniqueConstraint(
                fields=["clock"],
                condition=Q(status__in=["intent", "draft", "lodged", "analysed"]),
                name="one_open_request_a_clock",
            ),
            models.CheckConstraint(condition=Q(status__in=RequestStatus.values), name="request_status_known"),
            models.CheckConstraint(
                condition=~Q(status__in=["lodged", "analysed"]) | Q(lodged_on__isnull=False),
                name="lodged_request_has_a_day",
            ),
            models.CheckConstraint(
                # Of history the day is not always known; then the source says from where it is known at all.
                condition=~Q(status="decided") | (~Q(outcome="") & (Q(decided_on__isnull=False) | ~Q(source=""))),
                name="decided_request_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["granted", "granted_less"]) | Q(granted_until__isnull=False),
                name="granted_until_a_day",
            ),
        ]
        indexes = [models.Index(fields=["status", "-lodged_on"], name="request_list")]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("compliance:request-detail", kwargs=self.address)

    @property
    def address(self) -> dict[str, str | int]:
        """What its addresses name: the State, the clock and the number."""
        return {"state": self.state.slug, "clock": clock_slug(self.clock), "number": self.number}

    @property
    def is_demonstration(self) -> bool:
        """Whether an account of the demonstration began it, or recorded what was decided on it."""
        recorded_by = self.decision.recorded_by if self.decision else None
        return any(person.is_demonstration for person in (self.begun_by, recorded_by) if person)


def clock_slug(clock: StateClock) -> str:
    """A clock in an address: art3, art4, art4b-2023."""
    return f"{clock.clock}-{clock.key}" if clock.key else clock.clock


def of_address(state: str, clock: str, number: int) -> Q:
    """The request that an address names."""
    kind, _dash, key = clock.partition("-")
    return Q(state__slug=state, clock__clock=kind, clock__key=key, number=number)


class RequestPlace(UserObjectPermissionBase):
    """A person whom the State invites to the draft of its request: a grant that dies with the request."""

    content_object = models.ForeignKey(ExtensionRequest, on_delete=models.CASCADE, related_name="places")
    access = models.CharField(max_length=5, choices=Access, default=Access.READ)
    acts_for = models.CharField(max_length=160, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.content_object_id} {self.user_id}"


class RequestSection(models.Model):
    """One required section of the draft (Articles 3(4) and 4(6)), with a version of its own."""

    request = models.ForeignKey(ExtensionRequest, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=20)  # "duration", "reasons", …: declared in domain/request_form.py
    text = models.TextField(blank=True)
    day = models.DateField(null=True, blank=True)  # of "duration": until which day is asked; public once lodged
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "key"], name="section_once_a_request")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.key}"


class RequestVersion(models.Model):
    """A request as it was lodged or revised. The database refuses to change or delete a row."""

    request = models.ForeignKey(ExtensionRequest, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()  # canonical JSON
    content_hash = models.CharField(max_length=64)
    note = models.TextField(blank=True)  # what a revision changes, and why
    lodged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="request_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="request_versions_start_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.number}"


class RequestFile(models.Model):
    """An annex: work plan, map, budget, law. Public with the first version that names it; a replaced one stays."""

    request = models.ForeignKey(ExtensionRequest, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    since_version = models.PositiveSmallIntegerField(null=True, blank=True)  # none while it is in the draft alone
    until_version = models.PositiveSmallIntegerField(null=True, blank=True)  # the last that named it
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.request_id} {self.title}"
