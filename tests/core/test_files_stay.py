"""What was stored stays as it was stored."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from ccm_portal.core import files
from ccm_portal.core.models import StoredFile

pytestmark = pytest.mark.django_db


def test_the_database_refuses_to_change_a_stored_file():
    stored = files.store(content=b"%PDF-1.7 ...", name="report.pdf", at=datetime(2026, 1, 1, tzinfo=UTC))

    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(sha256="0" * 64)

    stored.refresh_from_db()
    assert (stored.name, stored.size, stored.content_type) == ("report.pdf", 12, "application/pdf")
