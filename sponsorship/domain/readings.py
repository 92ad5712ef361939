"""The log of readings of a round: who read what, when."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ccm_portal.core.writing import labelled
from sponsorship.domain.bank_changes import READING as BANK_CHANGE
from sponsorship.enums import SealedKind
from sponsorship.models import Nominee, Round, SealedReading

SHORT = 8  # signs of a person's number


def of_round(round: Round) -> QuerySet[SealedReading]:
    """The newest first."""
    return SealedReading.objects.filter(round=round).select_related("user").order_by("-at", "-pk")


def rows(found: Iterable[SealedReading], *, named: bool) -> list[dict[str, Any]]:
    """Readings with their words. Whom they were about: by name and State for who may know who was nominated, and as
    long as the name is there; else by a number."""
    logged = list(found)
    about = {one.nominee_key for one in logged}
    people = (
        {one.pk: one for one in Nominee.objects.filter(pk__in=about).select_related("application__state")}
        if named
        else {}
    )
    return [
        {"reading": one, "what": what_text(one.what), "whom": _whom(one, people.get(one.nominee_key))} for one in logged
    ]


def what_text(what: str) -> str:
    """Passport; File: passport."""
    part, _colon, kind = what.rpartition(":")
    words = {str(value): str(label) for value, label in SealedKind.choices} | {
        "receipt": pgettext("sealed file", "Receipt"),
        BANK_CHANGE: _("Changed bank account"),
    }
    text = words.get(kind, kind)
    return labelled(_("File"), text) if part else text


def _whom(reading: SealedReading, person: Nominee | None) -> str:
    number = str(reading.nominee_key)[:SHORT]
    if person is None:
        return number
    return f"{person.name or number} · {person.state.name}"
