"""Compliance cases: known only to those named in them. The database itself keeps them from everybody else.

Every table here is fenced (migration 0002): a row shows only to the person whom ``compliance.fence`` lets in.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from guardian.models import UserObjectPermissionBase

from ccm_portal.core.models import Organisation, State, StoredFile
from compliance.enums import (
    OPEN_CASES,
    Access,
    CaseStatus,
    EntryKind,
    EntryReaders,
    Origin,
    Protection,
    ResponseStatus,
    Side,
    Subject,
)

READ_CASE = "read_case"


class ComplianceCase(models.Model):
    """A matter: one question about one State's obligation. Its address cannot be guessed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")  # the State concerned
    article = models.CharField(max_length=5, choices=Subject)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=CaseStatus, default=CaseStatus.NOTED)
    origin = models.CharField(max_length=8, choices=Origin)
    obligation_key = models.CharField(max_length=60, blank=True)  # of the overdue obligation that it came from
    facts = models.TextField()  # as alleged
    restricted_words = models.JSONField(default=list)  # that no report may hold, beside the sources
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    next_action = models.CharField(max_length=300, blank=True)
    next_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    next_due = models.DateField(null=True, blank=True)
    outcome_note = models.TextField(blank=True)  # reasons, or what was clarified or agreed
    settled_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        permissions = [("read_case", "Be named in a case")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=CaseStatus.values), name="case_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=sorted(OPEN_CASES)) | ~Q(outcome_note=""), name="settled_case_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # never its title: this string ends up in logs

    def get_absolute_url(self) -> str:
        return reverse("compliance:case", args=[self.pk])

    @property
    def register_chain(self) -> str:
        """A case has a chain of the register of its own, so that no gap in a numbering betrays it."""
        return f"case:{self.pk}"


class CasePlace(UserObjectPermissionBase):
    """A person named in a case: what they may do, on whose side. One click ends it."""

    content_object = models.ForeignKey(ComplianceCase, on_delete=models.CASCADE, related_name="places")
    access = models.CharField(max_length=5, choices=Access, default=Access.READ)
    side = models.CharField(max_length=9, choices=Side, default=Side.TEAM)
    acts_for = models.CharField(max_length=160, blank=True)  # in words: the State or body the person comes from
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["content_object"], condition=Q(access="lead"), name="one_leads_a_case"),
            models.UniqueConstraint(fields=["content_object", "user"], name="named_once_in_a_case"),
            models.CheckConstraint(condition=~Q(access="lead") | Q(side="team"), name="lead_is_of_the_team"),
        ]

    def __str__(self) -> str:
        return f"{self.content_object_id} {self.user_id}"


class CaseLink(models.Model):
    """Two matters belong together. Each side is shown only to whoever is named there."""

    case = models.ForeignKey(ComplianceCase, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(ComplianceCase, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="cases_linked_once"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="case_not_linked_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.other_id}"


class CaseSource(models.Model):
    """Where what is alleged comes from, and how far it may be known."""

    case = models.ForeignKey(ComplianceCase, on_delete=models.CASCADE, related_name="sources")
    name = models.CharField(max_length=200)
    said = models.TextField(blank=True)
    reference = models.CharField(max_length=300, blank=True)  # where it can be read
    protection = models.CharField(max_length=5, choices=Protection, default=Protection.TEAM)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(protection__in=Protection.values), name="protection_known")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.pk}"


class CaseEntry(models.Model):
    """One thing in the time line of a case. ``sayable`` is what the President's report may take from it."""

    case = models.ForeignKey(ComplianceCase, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=8, choices=EntryKind)
    on = models.DateField()
    with_whom = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    readers = models.CharField(max_length=6, choices=EntryReaders, default=EntryReaders.TEAM)
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    sayable = models.TextField(blank=True)
    step = models.CharField(max_length=10, choices=CaseStatus, blank=True)  # of a step of the case: where it led
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_known"),
            models.CheckConstraint(condition=Q(readers__in=EntryReaders.values), name="entry_readers_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=["concern", "reply"]) | Q(readers="all"), name="concern_and_reply_seen_by_both"
            ),
        ]
        indexes = [models.Index(fields=["case", "-on"], name="case_time_line")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.pk}"


class EntryReader(models.Model):
    """A person chosen to read one entry, where its readers are chosen."""

    entry = models.ForeignKey(CaseEntry, on_delete=models.CASCADE, related_name="chosen")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "user"], name="entry_reader_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.user_id}"


class CaseFile(models.Model):
    """A letter or a document on an entry: read by whoever reads the entry."""

    entry = models.ForeignKey(CaseEntry, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.entry_id} {self.pk}"


class CaseResponse(models.Model):
    """A response suggested to other States Parties. Each of those reads it only once the President has released it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(ComplianceCase, on_delete=models.CASCADE, related_name="responses")
    status = models.CharField(max_length=10, choices=ResponseStatus, default=ResponseStatus.PROPOSED)
    title = models.CharField(max_length=200)  # what the States it is addressed to read, with ``text``
    text = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    settled_note = models.TextField(blank=True)  # why it was not agreed
    follow_up = models.CharField(max_length=300, blank=True)
    owner_name = models.CharField(max_length=160, blank=True)
    due = models.DateField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ResponseStatus.values), name="response_status_known"),
            models.CheckConstraint(
                condition=~Q(status="released") | Q(released_at__isnull=False), name="response_released_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ResponseAddressee(models.Model):
    """A State Party to which a response is addressed, and what it answered."""

    response = models.ForeignKey(CaseResponse, on_delete=models.CASCADE, related_name="addressees")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "state"], name="response_addressed_once")]

    def __str__(self) -> str:
        return f"{self.response_id} {self.state_id}"


class CaseReading(models.Model):
    """Somebody read a case: who, what of it, when. The database refuses to change or delete a row."""

    case = models.ForeignKey(ComplianceCase, on_delete=models.PROTECT, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=60)  # "case", "file:12"
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="case_readings")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}"


class MatterSetAside(models.Model):
    """An overdue obligation that the President looked at and opened no matter for, with the reason. Fenced."""

    obligation_key = models.CharField(max_length=60)
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    reason = models.TextField()
    set_aside_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_aside_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state", "obligation_key"], name="matter_set_aside_once"),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.obligation_key}"
