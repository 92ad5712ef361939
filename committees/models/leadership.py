"""Who leads: terms held by States, persons under them, nominations, and the presidency."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ccm_portal.core.models import Organisation, State
from committees.enums import Gender, NominationStatus
from committees.models.bodies import Body


class Nomination(models.Model):
    """A State is put forward to lead a body, with the criteria of the paper of 2010 answered in words."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="nominations")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="nominations")
    status = models.CharField(max_length=12, choices=NominationStatus, default=NominationStatus.NOMINATED)
    starts = models.DateField()
    ends = models.DateField()  # excluded
    experience = models.TextField()
    capacity = models.TextField()
    record = models.TextField()  # of leadership, and of respect for the Convention
    person_name = models.CharField(max_length=120, blank=True)
    person_gender = models.CharField(max_length=6, choices=Gender, default=Gender.NOT_SAID, blank=True)
    note_reference = models.CharField(max_length=120, blank=True)  # of the note verbale
    nominated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)  # the day of the election or agreement
    basis = models.CharField(max_length=300, blank=True)  # "13MSP, final report, paragraph 40"
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="nomination_is_for_a_time"),
            models.CheckConstraint(condition=Q(status__in=NominationStatus.values), name="nomination_status_known"),
            models.UniqueConstraint(
                fields=["body", "state", "starts"],
                condition=Q(status__in=["nominated", "endorsed"]),
                name="nominated_once_for_a_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.state_id}"

    @property
    def badge(self) -> str:
        """Which colour its status has."""
        return {"elected": "done", "nominated": "waiting", "endorsed": "in-progress"}.get(self.status, "")

    @property
    def last_day(self) -> date:
        """The last day of the term, as people say it: ``ends`` is the day after."""
        return self.ends - timedelta(days=1)


class Endorsement(models.Model):
    """A State or an organisation of the coordination body supports a nomination."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="endorsements")
    state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__isnull=False, organisation=None) | Q(state=None, organisation__isnull=False),
                name="endorsed_by_one",
            ),
            models.UniqueConstraint(
                fields=["nomination", "state"], condition=Q(state__isnull=False), name="endorsed_once_by_a_state"
            ),
            models.UniqueConstraint(
                fields=["nomination", "organisation"],
                condition=Q(organisation__isnull=False),
                name="endorsed_once_by_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.state or self.organisation}"


class TermQuerySet(models.QuerySet):
    """Terms by day."""

    def running(self, day: object) -> "TermQuerySet":
        """Begun and not over on ``day``."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gt=day), starts__lte=day)


class Term(models.Model):
    """A State leads a body over a period (``ends`` excluded)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="terms")
    nomination = models.OneToOneField(Nomination, null=True, blank=True, on_delete=models.PROTECT, related_name="term")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=300, blank=True)  # the meeting or agreement that gave it
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("starts")), name="term_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["body", "starts"], name="term_of_body")]

    def __str__(self) -> str:
        return f"{self.body_id} {self.state_id} {self.starts}"

    @property
    def last_day(self) -> date | None:
        """The last day of the term, as people say it: ``ends`` is the day after."""
        return self.ends - timedelta(days=1) if self.ends else None


class TermPersonQuerySet(models.QuerySet):
    """Persons under terms, by day."""

    def running(self, day: object) -> "TermPersonQuerySet":
        """Begun and not over on ``day``, whatever of the term."""
        return self.filter(Q(ends=None) | Q(ends__gt=day), starts__lte=day)

    def leading(self, day: object) -> "TermPersonQuerySet":
        """Running under a term that runs on ``day`` too."""
        return self.running(day).filter(Q(term__ends=None) | Q(term__ends__gt=day), term__starts__lte=day)


class TermPerson(models.Model):
    """A person under a term: a contact, and with an account the one who writes in the workspace."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="persons")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="term_places"
    )
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=160, blank=True)
    gender = models.CharField(max_length=6, choices=Gender, default=Gender.NOT_SAID, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = TermPersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="term_person_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Presidency(models.Model):
    """A State presides from the end of the meeting before until the end of its own (``ends`` excluded).

    ``meeting_key`` names the meeting over which it presides; the app above keeps the dates in step with it.
    """

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="presidencies")
    meeting_key = models.SlugField(max_length=40, unique=True)
    person_name = models.CharField(max_length=120, blank=True)
    designated_on = models.DateField(null=True, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gt=F("starts")), name="presidency_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_key} {self.state_id}"

    @property
    def last_day(self) -> date | None:
        """The last day in office: ``ends`` is the day after."""
        return self.ends - timedelta(days=1) if self.ends else None
