"""The workspace of a body: who is named to it, its work plan, papers, contacts, problems and what follows."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from guardian.models import UserObjectPermissionBase

from ccm_portal.core.models import Document, Organisation, State
from committees import office_names
from committees.enums import ContactChannel, ContactKind, ContactLevel, PlaceInWorkspace, PlanStatus, ProblemStatus
from committees.models.bodies import Body, PlanAction
from committees.models.leadership import Term

WORK_IN_BODY = "work_in_body"


class WorkspacePlace(UserObjectPermissionBase):
    """A person named to the workspace of a body without leading it: a grant that dies with the body."""

    content_object = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="places")
    place = models.CharField(max_length=8, choices=PlaceInWorkspace, default=PlaceInWorkspace.PARTNER)
    acts_for = models.CharField(max_length=160, blank=True)  # in words: the body or State the person comes from
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.content_object_id} {self.user_id}"


class WorkPlan(models.Model):
    """What a body sets out to do in a cycle."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT)
    starts = models.DateField()
    ends = models.DateField()  # excluded
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="plan_is_for_a_time"),
            models.CheckConstraint(condition=Q(status__in=PlanStatus.values), name="plan_status_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """One step of a work plan, tied to actions of the action plan."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="milestones")
    text = models.CharField(max_length=300)
    actions = models.ManyToManyField(PlanAction, blank=True, related_name="milestones")
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # whose it is
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.text


class BodyPaper(models.Model):
    """A paper of a body: its members read it, everybody once the paper is published."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="papers")
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="body_paper")
    meeting_key = models.SlugField(max_length=60, blank=True)  # of which minutes these are
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.body_id} {self.document_id}"


class Contact(models.Model):
    """A contact between meetings: with whom, when, about what."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=12, choices=ContactKind)
    channel = models.CharField(max_length=8, choices=ContactChannel)
    level = models.CharField(max_length=10, choices=ContactLevel, default=ContactLevel.WORKING)
    held_on = models.DateField()
    with_states = models.ManyToManyField(State, blank=True, related_name="contacts")
    with_organisations = models.ManyToManyField(Organisation, blank=True, related_name="contacts")
    with_others = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["body", "-held_on"], name="contact_list")]

    def __str__(self) -> str:
        return self.about


class Problem(models.Model):
    """A problem that a body has identified, and ways forward that it suggests."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="problems")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    ways_forward = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=ProblemStatus, default=ProblemStatus.OPEN)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="problems")
    meeting_key = models.SlugField(max_length=60, blank=True)  # on whose agenda it is
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ProblemStatus.values), name="problem_status_known"),
        ]

    def __str__(self) -> str:
        return self.title


class FollowUp(models.Model):
    """Something somebody is to do by a day: after a contact, in an action list, or for the next meeting.

    Whose it is: a person with an account, a State's term, or somebody in words; at least one of them.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="follow_ups")
    what = models.CharField(max_length=300)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="follow_ups")
    problem = models.ForeignKey(Problem, null=True, blank=True, on_delete=models.CASCADE, related_name="follow_ups")
    state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # about whom
    meeting_key = models.SlugField(max_length=60, blank=True)  # what it prepares, or the meeting that decided it
    prepares = models.BooleanField(default=False)  # it is owed *for* that meeting: the preparation board
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups")
    owner_name = models.CharField(max_length=160, blank=True)
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.TextField(blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(term__isnull=False) | ~Q(owner_name=""),
                name="follow_up_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(prepares=False) | ~Q(meeting_key=""), name="follow_up_prepares_something"
            ),
        ]
        indexes = [models.Index(fields=["due"], condition=Q(done_on=None), name="follow_up_open")]

    def __str__(self) -> str:
        return self.what

    @property
    def whose(self) -> str:
        """In words: the person, the State that holds the term, or what was written."""
        if self.owner:
            return self.owner.name
        return self.term.state.name if self.term else office_names.in_words(self.owner_name)

    def is_overdue(self, on: date) -> bool:
        """Due, not done, and the day has ended."""
        return self.done_on is None and self.due is not None and self.due < on
