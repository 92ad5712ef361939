"""Messages that are owed."""

from django.db import models
from django.db.models import Q

from ccm_portal.core.enums import MessageStatus


class OutgoingMessage(models.Model):
    """One message to one recipient, owed in the transaction of the fact that causes it.

    It holds ids, no text: the text is written when it leaves, with what is true then.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    user = models.ForeignKey("core.User", on_delete=models.CASCADE, null=True, blank=True)
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")
    ids = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=MessageStatus, default=MessageStatus.OWED)
    attempts = models.PositiveSmallIntegerField(default=0)
    owed_at = models.DateTimeField()
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, address="") | (Q(user__isnull=True) & ~Q(address="")),
                name="message_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=~Q(status=MessageStatus.SENT) | Q(settled_at__isnull=False),
                name="sent_message_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="messages_to_send",
                condition=Q(status__in=[MessageStatus.OWED, MessageStatus.CLAIMED]),
            )
        ]

    def __str__(self) -> str:
        return self.key


class PeriodicRun(models.Model):
    """When a periodic job last came to its end: a silent one is noticed."""

    name = models.CharField(max_length=60, unique=True)
    succeeded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
