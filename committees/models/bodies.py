"""Bodies of the Convention, as data: committees, themes with coordinators, the coordination body, informal bodies."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from ccm_portal.core.models.names import Named, NamedQuerySet, language_column
from committees.enums import BodyNature


class BodyKind(Named):
    """What a body is called: "committee", "coordinators", "working group". The name is data, the nature is not."""

    key = models.SlugField(max_length=30, unique=True)
    nature = models.CharField(max_length=12, choices=BodyNature)

    objects = NamedQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(nature__in=BodyNature.values), name="body_nature_known")]

    def __str__(self) -> str:
        return self.name


class Body(Named):
    """A body. Below ``parent`` in the tree: an informal body feeds the committee above it."""

    key = models.SlugField(max_length=60, unique=True)
    kind = models.ForeignKey(BodyKind, on_delete=models.PROTECT, related_name="bodies")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    committees = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="themes")
    position = models.PositiveSmallIntegerField(default=0)
    subject = models.TextField(blank=True)  # the subject matter, in English, as the paper gives it
    subject_fr = models.TextField(blank=True)
    subject_ar = models.TextField(blank=True)
    subject_es = models.TextField(blank=True)
    subject_ru = models.TextField(blank=True)
    subject_zh = models.TextField(blank=True)
    mandate = models.TextField(blank=True)
    mandate_source = models.CharField(max_length=200, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)  # excluded
    seats = models.PositiveSmallIntegerField(default=2)  # how many States lead it together
    term_years = models.PositiveSmallIntegerField(default=2)
    version = models.PositiveIntegerField(default=1)

    objects = NamedQuerySet.as_manager()

    class Meta:
        permissions = [("work_in_body", "Work in the workspace of a body")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gte=F("starts")), name="body_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="body_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("committees:body-detail", args=[self.key])

    @property
    def subject_matter(self) -> str:
        """In the active language; in English where it is missing."""
        column = language_column()
        told = self.subject if column == "en" else getattr(self, f"subject_{column}")
        return told or self.subject


class ActionPlan(Named):
    """What a Review Conference agreed for the years to the next one."""

    key = models.SlugField(max_length=40, unique=True)
    starts = models.DateField()
    ends = models.DateField()
    source = models.CharField(max_length=300, blank=True)

    objects = NamedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class PlanAction(models.Model):
    """One numbered action of an action plan. Its theme is given where it is known."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="actions")
    number = models.PositiveSmallIntegerField()
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_actions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="action_number_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"
