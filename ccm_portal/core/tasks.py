"""The kernel's tasks: the clock and one call each."""

from datetime import datetime

from celery import shared_task

from ccm_portal.core import clock, emails, outbox, reminders, sweeper
from ccm_portal.core.domain import standings
from ccm_portal.core.models import PeriodicRun


def _ran(name: str, at: datetime) -> None:
    PeriodicRun.objects.update_or_create(name=name, defaults={"succeeded_at": at})


@shared_task(name="core.deliver")
def deliver_task(*, pk: int) -> None:
    outbox.deliver(pk=pk, at=clock.now())


@shared_task(name="core.sweep")
def sweep_task() -> None:
    at = clock.now()
    sweeper.sweep_all(at=at)
    _ran("core.sweep", at)


@shared_task(name="core.remind")
def remind_task() -> None:
    at = clock.now()
    reminders.remind(on=at.date(), at=at)
    _ran("core.remind", at)


@shared_task(name="core.mail_register_head")
def mail_register_head_task() -> None:
    at = clock.now()
    emails.register_head(on=at.date(), at=at)


@shared_task(name="core.bring_standings_up_to_date")
def bring_standings_task() -> None:
    at = clock.now()
    standings.bring_standings_up_to(on=at.date(), at=at)
