"""Stored files. Never served from a public folder: every byte passes the check of its object."""

import uuid

from django.db import models


def storage_name(stored: "StoredFile", name: str) -> str:
    """A name that says nothing and cannot be guessed; the readable one is a column."""
    return f"{stored.key.hex[:2]}/{stored.key.hex}"


class StoredFile(models.Model):
    """A file as it was checked and stored. It is never changed; a new one takes its place."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(upload_to=storage_name, max_length=100)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
