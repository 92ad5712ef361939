"""The symbol of a paper that was taken in under a wrong one: put right, and found again under the old one."""

import json
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.domain.documents import DocumentRefused, fitting, held, taken
from ccm_portal.core.enums import DocumentStatus
from ccm_portal.core.models import Document, RegisterEntry, User

ACTION = "core.document.correct_symbol"


@transaction.atomic
def correct_symbol(*, document: Document, symbol: str, version: int, by: User, at: datetime) -> Document:
    """Give a paper that was accepted another symbol; the register keeps the old one.

    :raises SymbolRefused: if the symbol is wrong.
    :raises SymbolTaken: if another paper has it.
    :raises DocumentChanged: if the paper has another version than the one seen.
    :raises DocumentRefused: if the paper was not accepted.
    """
    document = held(document, version)
    if document.status not in (DocumentStatus.ACCEPTED, DocumentStatus.PUBLISHED):
        raise DocumentRefused(
            _("“%(action)s” is not possible while the status is “%(status)s”.")
            % {"action": _("Correct the symbol"), "status": document.get_status_display()}
        )
    was, document.symbol = document.symbol, fitting(symbol, document)
    if document.symbol == was:
        return document
    document.version += 1
    try:
        with transaction.atomic():  # another officer may give the same symbol at this moment: the database says it
            document.save()
    except IntegrityError as same:
        raise taken(document.symbol) from same
    register.append(action=ACTION, by=by, at=at, obj=document, data={"symbol": document.symbol, "was": was})
    return document


def once_called(symbol: str) -> list[int]:
    """Which papers had this symbol before it was put right, the last one first, by their numbers here."""
    told = f'"was":{json.dumps(symbol)}'
    found = RegisterEntry.objects.filter(object_type=Document._meta.label, action=ACTION, payload__contains=told)
    return [int(one) for one in found.order_by("-number").values_list("object_id", flat=True)]
