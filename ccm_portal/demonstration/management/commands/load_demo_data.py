"""Load the demonstration accounts and reports. Run again, it changes nothing.

Refuses on a database that has accounts which are not demonstration accounts.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from ccm_portal.core import clock
from ccm_portal.core.enums import MessageStatus
from ccm_portal.core.models import OutgoingMessage, User
from ccm_portal.demonstration import accounts, reports
from reporting.enums import Audience, PdfStatus
from reporting.models import ReportPdf

LOADER = "demonstration@example.org"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        if User.objects.filter(is_demonstration=False).exists():
            raise CommandError("This database has accounts of its own. Demonstration data are not for it.")
        at = clock.now()
        settings.VAR.mkdir(parents=True, exist_ok=True)
        made = accounts.load(at=at, path=settings.VAR / "demo-accounts.json")
        with transaction.atomic():
            loader = self._loader()
            real = reports.load_real(by=loader)
            invented = reports.load_invented(by=loader)
            begun = reports.load_drafts(at=at)
            # What was filed years ago was announced years ago.
            OutgoingMessage.objects.filter(status=MessageStatus.OWED, owed_at__lt=at).update(
                status=MessageStatus.WITHDRAWN, settled_at=at
            )
            # The whole copy went out with them; only what the public reads is made again.
            ReportPdf.objects.filter(audience=Audience.FULL, status=PdfStatus.OWED, version__filed_by=loader).delete()
        self.stdout.write(
            f"{len(made)} accounts; {real} real and {invented} invented reports filed, {begun} drafts begun"
        )

    def _loader(self) -> User:
        user, new = User.objects.get_or_create(
            email=LOADER, defaults={"name": "Demonstration data", "is_demonstration": True}
        )
        if new:
            user.set_unusable_password()
            user.save()
        return user
