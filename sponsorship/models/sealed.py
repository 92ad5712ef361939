"""Passport, bank and health data: sealed with one data key a round, which a key outside the database wraps."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ccm_portal.core.models import State
from sponsorship.enums import BankChangeStatus, SealedKind
from sponsorship.models.applications import Nominee
from sponsorship.models.rounds import Round


class RoundKey(models.Model):
    """The data key of a round, wrapped. What unwraps it lies in a folder that no backup takes: without it, neither the
    rows of today nor those of an old backup open."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="sealing_key")
    wrapped = models.TextField(blank=True)  # emptied at the purge
    made_at = models.DateTimeField()
    purged_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.round_id}"


class SealedRecord(models.Model):
    """What is kept sealed of a person, one row a kind: a JSON object under the round's data key."""

    nominee = models.ForeignKey(Nominee, on_delete=models.CASCADE, related_name="sealed_records")
    kind = models.CharField(max_length=8, choices=SealedKind)
    sealed = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nominee", "kind"], name="sealed_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.nominee_id} {self.kind}"


class SealedFile(models.Model):
    """A scan of a passport, a certificate, a receipt: its bytes and its name are sealed, so no dump shows them."""

    nominee = models.ForeignKey(Nominee, on_delete=models.CASCADE, related_name="sealed_files")
    kind = models.CharField(max_length=8, choices=SealedKind, blank=True)  # none of a receipt
    name = models.TextField()  # sealed
    content = models.BinaryField()  # sealed
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # as it came
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.nominee_id} {self.pk}"


class SealedReading(models.Model):
    """Who read what, when. The database refuses to change or delete a row; it names no person who was read about."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="readings")
    nominee_key = models.UUIDField()  # of a row that may be gone
    what = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["round", "at"], name="readings_of_a_round")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.what} {self.at:%Y-%m-%d %H:%M}"


class BankChange(models.Model):
    """A bank account that is to replace another: it waits until a second officer has confirmed it."""

    nominee = models.ForeignKey(Nominee, on_delete=models.CASCADE, related_name="bank_changes")
    status = models.CharField(max_length=9, choices=BankChangeStatus, default=BankChangeStatus.PROPOSED)
    sealed = models.TextField()  # emptied once it is settled
    reason = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )  # nobody where the person did by their own link
    # Who made the personal link by which it came: they cannot be the second person.
    link_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nominee"], condition=Q(status="proposed"), name="one_open_change_of_an_account"
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None) | Q(proposed_by=None) | ~Q(settled_by=models.F("proposed_by")),
                name="a_second_person_settles_it",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None) | Q(link_by=None) | ~Q(settled_by=models.F("link_by")),
                name="nor_who_made_the_link",
            ),
            models.CheckConstraint(condition=Q(status__in=BankChangeStatus.values), name="bank_change_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.nominee_id} {self.status}"

    @property
    def state(self) -> State:
        return self.nominee.state
