"""How applications are weighed, who is offered a place, how the waiting list moves."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from ccm_portal.core.models import State
from sponsorship.enums import OfferStatus, SettlementStatus, TicketStatus
from sponsorship.models.applications import Nominee
from sponsorship.models.rounds import Round


class ConflictDeclaration(models.Model):
    """What an assessor declares before reading a round: the States on which they do not decide, or none."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="conflict_declarations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    states = models.ManyToManyField(State, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    declared_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)  # when they chose to see the ranking, and to score no more
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="declares_once_a_round")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.user_id}"


class Score(models.Model):
    """What one assessor gives one nominated person, with the reason."""

    nominee = models.ForeignKey(Nominee, on_delete=models.CASCADE, related_name="scores")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    reason = models.TextField()
    given_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nominee", "user"], name="one_score_an_assessor"),
            models.CheckConstraint(condition=Q(points__lte=10), name="at_most_ten_points"),
            models.CheckConstraint(condition=~Q(reason=""), name="score_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.nominee_id} {self.points}"


class Offer(models.Model):
    """A place offered to a person, with what it may cost, in the round's currency, as it was assumed that day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="offers")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="offers")
    status = models.CharField(max_length=10, choices=OfferStatus, default=OfferStatus.OFFERED)
    settlement = models.CharField(max_length=8, choices=SettlementStatus, default=SettlementStatus.OPEN)
    ticket = models.DecimalField(max_digits=10, decimal_places=2)
    nights = models.PositiveSmallIntegerField()
    night_rate = models.DecimalField(max_digits=8, decimal_places=2)
    days = models.PositiveSmallIntegerField()
    daily_rate = models.DecimalField(max_digits=8, decimal_places=2)
    terminal = models.DecimalField(max_digits=8, decimal_places=2)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    reply_by = models.DateTimeField()
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)
    reply_note = models.TextField(blank=True)  # why declined or withdrawn
    absence_reason = models.TextField(blank=True)  # why somebody did not come
    absence_excused = models.BooleanField(null=True, blank=True)  # what is not excused counts next time
    ticket_status = models.CharField(max_length=8, choices=TicketStatus, default=TicketStatus.NONE)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settlement_note = models.CharField(max_length=300, blank=True)  # why it was opened again
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nominee"],
                condition=Q(status__in=["offered", "accepted", "travelled"]),
                name="one_standing_offer_a_person",
            ),
            models.CheckConstraint(condition=Q(status__in=OfferStatus.values), name="offer_status_known"),
        ]
        indexes = [models.Index(fields=["round", "status"], name="offers_of_a_round")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.nominee_id}"

    @property
    def total(self) -> Decimal:
        """What the place may cost, in the round's currency."""
        return self.ticket + self.nights * self.night_rate + self.days * self.daily_rate + self.terminal

    @property
    def state_id(self) -> int:
        return self.nominee.state_id

    @property
    def state(self) -> State:
        return self.nominee.state


class WaitingMove(models.Model):
    """One step of the waiting list: a place came free, and who got it or was passed over, with the reason."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="waiting_moves")
    after = models.ForeignKey(Offer, null=True, blank=True, on_delete=models.PROTECT, related_name="moves_after")
    nominee = models.ForeignKey(Nominee, null=True, blank=True, on_delete=models.PROTECT, related_name="moves")
    offer = models.ForeignKey(Offer, null=True, blank=True, on_delete=models.PROTECT, related_name="made_by_move")
    reason = models.JSONField()  # a key of sponsorship.domain.waiting, and what its sentence needs
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.round_id} {self.at:%Y-%m-%d %H:%M}"
