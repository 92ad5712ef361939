"""The register's rows. Written by ``ccm_portal.core.register`` alone."""

from django.db import models


class RegisterEntry(models.Model):
    """One act: who, for whom, what, when, on what. The database refuses change and removal.

    ``payload`` is the canonical JSON that was hashed; the columns beside it serve queries.
    """

    chain = models.CharField(max_length=60, default="main")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey("core.User", on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=80)
    state = models.ForeignKey("core.State", on_delete=models.PROTECT, null=True, related_name="+")
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    payload = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="one_number_per_chain"),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id"]),
            models.Index(fields=["state", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.chain}/{self.number} {self.action}"
