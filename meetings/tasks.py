"""The queue's tasks: the clock and one call each."""

from celery import shared_task

from ccm_portal.core import clock
from meetings.domain import programmes


@shared_task(name=programmes.RENDER)
def render_programme_task(*, pk: int) -> None:
    programmes.make(pk=pk, at=clock.now())
