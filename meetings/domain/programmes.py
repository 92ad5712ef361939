"""The annotated programme of a revision on paper, in each language of the meeting: owed when it is published, made by a
worker, and found again by the sweeper if the worker is lost. A row with a file is made; nothing makes it anew."""

import json
import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core import doorbell, files, writing
from ccm_portal.core.pdf import order
from ccm_portal.core.pdf.process import NotRendered
from ccm_portal.core.pdf.texts import direction_of, printable
from meetings.domain.agenda_clock import Slot, programme
from meetings.domain.agenda_public import by_day
from meetings.domain.agenda_reading import Item, revision_items, sittings_in
from meetings.domain.reading import sentence
from meetings.domain.words import clock_text, offset_text, weekday_text
from meetings.models import AgendaRevision, ProgrammePdf

log = logging.getLogger(__name__)

RENDER = "meetings.render_programme"
RING_AGAIN_AFTER = timedelta(seconds=45)
LOST_AFTER = timedelta(minutes=3)
ATTEMPTS = 3
AT_ONCE = 30
CSS = Path(__file__).resolve().parents[1] / "pdf" / "programme.css"


def owe(*, revision: AgendaRevision) -> None:
    """Owe one document a language, in the transaction that publishes."""
    known = dict(settings.LANGUAGES)
    for language in json.loads(revision.content)["languages"]:
        if language in known:
            row, _new = ProgrammePdf.objects.get_or_create(revision=revision, language=language)
            doorbell.ring(RENDER, row.pk)


def make(*, pk: int, at: datetime) -> bool:
    """Make one owed document. Returns whether it is made now; quiet if another worker has it or it is done."""
    row = _claim(pk, at)
    if row is None:
        return False
    try:
        content = pdf(row.revision, row.language)
    except NotRendered as why:
        return _not_made(row, str(why))
    except Exception as wrong:
        log.exception("programme %s could not be written", row)
        return _not_made(row, f"{type(wrong).__name__}: {wrong}")
    with transaction.atomic():
        mine = ProgrammePdf.objects.select_for_update().filter(pk=row.pk, attempts=row.attempts, file=None).first()
        if mine is None:
            return False
        mine.file = files.store(content=content, name=file_name(row), at=at)
        mine.error = ""
        mine.save()
    return True


def sweep(*, at: datetime) -> int:
    """Find the documents that the queue lost, and those whose worker did not come back."""
    lost, overdue = at - LOST_AFTER, at - RING_AGAIN_AFTER
    owed = _owed().filter(
        Q(claimed_at__lt=lost)
        | (Q(claimed_at__lt=overdue) & ~Q(error=""))
        | Q(claimed_at=None, revision__published_at__lt=overdue)
    )
    pks = list(owed.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in pks:
        doorbell.ring_now(RENDER, pk)
    return len(pks)


def pdf(revision: AgendaRevision, language: str) -> bytes:
    """The document, set in a process of its own: the same revision gives the same file.

    :raises NotRendered: if the renderer ran into a limit.
    """
    meeting = revision.meeting
    with translation.override(language):
        items = revision_items(revision)
        content = json.loads(revision.content)
        planned = programme(items, list(sittings_in(content).values()))
        zone = content["time_zone"]
        numbered = _("Revision %(number)s") % {"number": revision.number}
        days = [
            {
                "day": weekday_text(day.day),
                "sittings": [
                    {
                        "hours": f"{clock_text(one.sitting.starts_at, zone)}–{clock_text(one.sitting.ends_at, zone)}",
                        "offset": offset_text(one.sitting.starts_at, zone),
                        "room": printable(one.sitting.room),
                        "slots": [_slot(slot, zone) for slot in one.slots],
                    }
                    for one in day.loads
                    if one.slots
                ],
            }
            for day in by_day(planned, zone)
            if any(one.slots for one in day.loads)
        ]
        context = {
            "meeting_name": printable(meeting.name),
            "when_where": sentence(meeting),
            "revision": numbered,
            "published": writing.date_text(revision.published_at),
            "note": _said(revision.note),
            "items": [_line(item) for item in items],
            "days": days,
            "zone": zone,
        }
        page = order.Page(
            language=language,
            title=_("%(meeting)s: annotated programme of work") % {"meeting": meeting.name},
            author=_("Implementation Support Office"),
            at=revision.published_at.isoformat(timespec="seconds"),
            head_start=printable(meeting.name),
            head_end=_("Annotated programme of work"),
            foot=numbered,
            is_demonstration=settings.DEMONSTRATION,
        )
    return order.pdf(
        "meetings/pdf/programme.html",
        context,
        page=page,
        identifier=f"{meeting.key} programme {revision.number} {revision.content_hash} {language}",
        sheets=[CSS],
    )


def file_name(row: ProgrammePdf) -> str:
    """ccm-14msp-programme-r2-fr.pdf"""
    return f"ccm-{row.revision.meeting.key}-programme-r{row.revision.number}-{row.language}.pdf"


def _owed() -> QuerySet[ProgrammePdf]:
    return ProgrammePdf.objects.filter(file=None, attempts__lt=ATTEMPTS)


def _claim(pk: int, at: datetime) -> ProgrammePdf | None:
    with transaction.atomic():
        row = (
            _owed()
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("revision__meeting")
            .filter(Q(claimed_at=None) | Q(claimed_at__lt=at - LOST_AFTER) | ~Q(error=""), pk=pk)
            .first()
        )
        if row is None:
            return None
        row.claimed_at, row.error = at, ""
        row.attempts += 1
        row.save(update_fields=["claimed_at", "error", "attempts"])
        return row


def _not_made(row: ProgrammePdf, why: str) -> bool:
    level = logging.ERROR if row.attempts >= ATTEMPTS else logging.WARNING
    log.log(level, "programme %s, attempt %s of %s: %s", row, row.attempts, ATTEMPTS, why)
    ProgrammePdf.objects.filter(pk=row.pk, attempts=row.attempts, file=None).update(error=why[:500])
    return False


def _line(item: Item) -> dict[str, object]:
    lead = "" if item.lead.casefold() == item.title.casefold() else item.lead
    about = item.about_state.name if item.about_state else ""
    return {
        "number": item.number,
        "depth": item.depth,
        "title": _said(item.title),
        "title_language": item.language,
        "text": _said(item.text),
        "text_language": item.text_language,
        "beside": printable(" · ".join(filter(None, [about, lead]))),
    }


def _slot(slot: Slot, zone: str) -> dict[str, object]:
    return {
        "at": clock_text(slot.starts_at, zone),
        "number": slot.item.number,
        "title": _said(slot.item.title),
        "language": slot.item.language,
        "continued": slot.continued,
    }


def _said(text: str) -> dict[str, str]:
    return {"text": printable(text), "runs": direction_of(text)}
