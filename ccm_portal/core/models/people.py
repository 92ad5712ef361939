"""One person, one account; a membership says for whom and in which role a person acts."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import clock, grants
from ccm_portal.core.enums import APPROVING_ROLES, ROLES_WITHOUT_SECOND_FACTOR, STATE_ROLES, Role
from ccm_portal.core.models.names import Named, NamedQuerySet
from ccm_portal.core.models.states import State


class Organisation(Named):
    """A body that is not a State: the office, the coalition, an agency of the United Nations."""

    key = models.SlugField(max_length=30, unique=True)
    kind = models.CharField(max_length=30)
    observer = models.CharField(max_length=30, blank=True)
    website = models.CharField(max_length=200, blank=True)

    objects = NamedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Accounts by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Rights come from memberships alone; being a superuser opens the admin site only."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_demonstration = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=clock.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_address"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def memberships_now(self) -> "list[Membership]":
        """The memberships in force today. One query a request; ended ones are gone at once.

        Every save of a box asks this, so it asks for nothing that only a page shows."""
        if not self.is_active:
            return []
        return list(Membership.objects.running(clock.today()).filter(user=self))

    @cached_property
    def memberships_named(self) -> "list[Membership]":
        """The same with the State or body of each, for pages."""
        models.prefetch_related_objects(self.memberships_now, "state", "organisation")
        return self.memberships_now

    @property
    def roles(self) -> set[str]:
        return {membership.role for membership in self.memberships_now}

    @property
    def acts(self) -> bool:
        """Whether this person acts for anybody today. Grants and terms give nothing to who acts for nobody."""
        return bool(self.memberships_now)

    @property
    def any_state_ids(self) -> set[int]:
        """The ids of the States for which this person acts, in whatever role."""
        return {m.state_id for m in self.memberships_now if m.state_id}

    def states_as(self, roles: Iterable[str]) -> set[int]:
        """The ids of the States for which this person acts in one of ``roles``."""
        wanted = set(roles)
        return {m.state_id for m in self.memberships_now if m.state_id and m.role in wanted}

    @property
    def state_ids(self) -> set[int]:
        return self.states_as(STATE_ROLES)

    @property
    def approving_state_ids(self) -> set[int]:
        return self.states_as(APPROVING_ROLES)

    @property
    def states(self) -> list[State]:
        """The States this person acts for, each once."""
        return list({m.state_id: m.state for m in self.memberships_named if m.state and m.role in STATE_ROLES}.values())

    @property
    def needs_second_factor(self) -> bool:
        """Everyone who can see anything unpublished, and everyone who can reach the admin site."""
        by_role = self.is_staff or self.is_superuser or bool(self.roles - ROLES_WITHOUT_SECOND_FACTOR)
        return by_role or grants.held_by(self)


class MembershipQuerySet(models.QuerySet):
    """Who acts for whom, when."""

    def running(self, day: date) -> "MembershipQuerySet":
        """Accepted, begun and not ended."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gt=day), accepted_at__isnull=False, starts__lte=day)

    def in_force(self, day: date) -> "MembershipQuerySet":
        """Running, and of active accounts."""
        return self.running(day).filter(user__is_active=True)


class Membership(models.Model):
    """A person acts for a State or an organisation in a role, over a period (``ends`` exclusive).

    Invited but not accepted gives nothing; ended gives nothing from the next request on.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    state = models.ForeignKey(State, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships_given"
    )
    version = models.PositiveIntegerField(default=1)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__isnull=False, organisation__isnull=True)
                | Q(state__isnull=True, organisation__isnull=False),
                name="membership_is_of_a_state_or_an_organisation",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(STATE_ROLES)) | Q(state__isnull=False),
                name="a_delegate_acts_for_a_state",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="membership_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "state"],
                condition=Q(ends__isnull=True, state__isnull=False),
                name="one_running_membership_per_role_and_state",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=Q(ends__isnull=True, organisation__isnull=False),
                name="one_running_membership_per_role_and_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.acts_for}"

    def is_over(self, day: date) -> bool:
        """Ended on or before ``day``."""
        return self.ends is not None and self.ends <= day

    @property
    def acts_for(self) -> "State | Organisation | None":
        return self.state or self.organisation


class Invitation(models.Model):
    """An offer of a membership to an address; without a role, of an account alone, to which a State gives a
    right on one object.

    The link travels by mail; the code is told by the inviter on another way, so that a mailbox
    alone opens nothing. Only hashes are kept.
    """

    email = models.EmailField()
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=10, default="en")
    role = models.CharField(max_length=20, choices=Role, blank=True)
    state = models.ForeignKey(State, on_delete=models.PROTECT, null=True, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=128)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations_given")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations_accepted"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__isnull=False, organisation__isnull=True)
                | Q(state__isnull=True, organisation__isnull=False),
                name="invitation_is_for_a_state_or_an_organisation",
            ),
            models.CheckConstraint(
                condition=~Q(role="") | Q(state__isnull=False, ends__isnull=True),
                name="an_account_alone_is_offered_by_a_state",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.email}"

    @property
    def acts_for(self) -> "State | Organisation | None":
        return self.state or self.organisation
