"""The queue's tasks: the clock and one call each."""

from celery import shared_task

from ccm_portal.core import clock
from reporting.domain import pdfs


@shared_task(name=pdfs.RENDER)
def render_pdf_task(*, pk: int) -> None:
    pdfs.make(pk=pk, at=clock.now())
