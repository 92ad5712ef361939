"""Who takes part: delegations as units with a head, and the persons in them for as long as they are needed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ccm_portal.core.models import Organisation, State
from committees.enums import Gender
from meetings.enums import CredentialsStatus, DelegationKind, DelegationStatus
from meetings.models.meetings import Meeting


class Delegation(models.Model):
    """A State, an organisation or an invited expert at a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="delegations")
    kind = models.CharField(max_length=12, choices=DelegationKind)
    status = models.CharField(max_length=10, choices=DelegationStatus, default=DelegationStatus.EXPECTED)
    state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="delegations")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="delegations"
    )
    name = models.CharField(max_length=200, blank=True)  # of an organisation or expert not in the reference data
    purpose = models.TextField(blank=True)  # why it asks to be invited: non-profit, how it fits the Convention
    note_reference = models.CharField(max_length=120, blank=True)  # of the note verbale
    note_date = models.DateField(null=True, blank=True)
    un_reference = models.CharField(max_length=120, blank=True)  # of the registration with the United Nations
    credentials = models.CharField(max_length=12, choices=CredentialsStatus, default=CredentialsStatus.NONE)
    credentials_note = models.CharField(max_length=300, blank=True)  # of the officers who look at them
    decided_note = models.CharField(max_length=300, blank=True)
    approved_on = models.DateField(null=True, blank=True)  # by the meeting, after a provisional invitation
    size = models.PositiveSmallIntegerField(default=0)  # kept when the persons are gone
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__isnull=False, organisation=None, name="")
                | Q(state=None, organisation__isnull=False, name="")
                | (Q(state=None, organisation=None) & ~Q(name="")),
                name="delegation_is_of_one",
            ),
            models.UniqueConstraint(
                fields=["meeting", "state"], condition=Q(state__isnull=False), name="one_delegation_a_state"
            ),
            models.UniqueConstraint(
                fields=["meeting", "organisation"],
                condition=Q(organisation__isnull=False),
                name="one_delegation_an_organisation",
            ),
            models.CheckConstraint(condition=Q(status__in=DelegationStatus.values), name="delegation_status_known"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.state or self.organisation)


class Participant(models.Model):
    """A person in a delegation. Only what the list of participants needs; deleted after the retention date."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=40, blank=True)  # H.E. Ms
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=160, blank=True)
    gender = models.CharField(max_length=6, choices=Gender, default=Gender.NOT_SAID, blank=True)
    is_head = models.BooleanField(default=False)
    is_online = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delegation"], condition=Q(is_head=True), name="one_head_a_delegation"),
        ]

    def __str__(self) -> str:
        return self.name


class MeetingPresence(models.Model):
    """States Parties present in the room at a time: what a quorum is counted from."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="presences")
    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="presences")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delegation", "day"], name="presence_once_a_day")]

    def __str__(self) -> str:
        return f"{self.delegation_id} {self.day}"
