"""Load the demonstration accounts and reports. Run again, it changes nothing.

Refuses on a database that has accounts of its own and none for demonstration. Whoever accepted an invitation
in a demonstration has an account of their own there; that is still a demonstration.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Max, Model

from ccm_portal.core import clock
from ccm_portal.core.enums import MessageStatus
from ccm_portal.core.models import OutgoingMessage, User
from ccm_portal.demonstration import accounts, reminders, reports
from ccm_portal.demonstration.afterwards import load_afterwards
from ccm_portal.demonstration.analysis import load_analysis
from ccm_portal.demonstration.corrections import load_corrections
from ccm_portal.demonstration.extension_requests import load_requests
from ccm_portal.demonstration.gatherings import load_gatherings
from ccm_portal.demonstration.matters import load_cases
from ccm_portal.demonstration.positions import load_positions
from ccm_portal.demonstration.sponsorship import load_sponsorship
from reporting.enums import Audience, PdfStatus
from reporting.models import ReportPdf

LOADER = "demonstration@example.org"


def last_pk(model: type[Model]) -> int:
    """The newest row that is there already."""
    return model._default_manager.aggregate(last=Max("pk"))["last"] or 0


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        if not User.objects.filter(is_demonstration=True).exists() and User.objects.exists():
            raise CommandError("This database has accounts of its own. Demonstration data are not for it.")
        at = clock.now()
        settings.VAR.mkdir(parents=True, exist_ok=True)
        known = User.objects.count()
        accounts.load(at=at, path=settings.VAR / "demo-accounts.json")
        with transaction.atomic():
            loader = self._loader()
            last_message, last_pdf = last_pk(OutgoingMessage), last_pk(ReportPdf)
            real = reports.load_real(by=loader)
            invented = reports.load_invented(by=loader)
            load_corrections(by=loader, at=at)
            begun = reports.load_drafts(at=at)
            load_afterwards(at=at)
            met = load_gatherings(at=at)
            met = load_requests(at=at) or met
            met = load_analysis(at=at) or met
            load_positions(at=at)
            met = load_cases(at=at) or met
            met = load_sponsorship(at=at) or met
            # What was filed years ago was announced years ago.
            OutgoingMessage.objects.filter(pk__gt=last_message, status=MessageStatus.OWED, owed_at__lt=at).update(
                status=MessageStatus.WITHDRAWN, settled_at=at
            )
            reminders.load(by=loader, at=at)
            # The whole copy went out with them; only what the public reads is made again.
            made = ReportPdf.objects.filter(pk__gt=last_pdf, audience=Audience.FULL, status=PdfStatus.OWED)
            made.filter(version__filed_by=loader).delete()
        added = User.objects.count() - known
        if added or real or invented or begun or met:
            meetings = "; committees and meetings" if met else ""
            self.stdout.write(
                f"{added} accounts; {real} real and {invented} invented reports filed, {begun} drafts begun{meetings}"
            )
        else:
            self.stdout.write("The demonstration data are there already.")

    def _loader(self) -> User:
        user, new = User.objects.get_or_create(
            email=LOADER, defaults={"name": "Demonstration data", "is_demonstration": True}
        )
        if new:
            user.set_unusable_password()
            user.save()
        return user
