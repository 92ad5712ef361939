"""Annexes of a request: a work plan, a map, a budget, a law. Checked by their content; public with the first version
that names them. One that was lodged is never deleted: it stands until the next version leaves it out."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import files, register
from ccm_portal.core.file_kinds import DOCUMENTS
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkRefused, said
from compliance.domain.request_drafts import held
from compliance.models import ExtensionRequest, RequestFile, clock_slug

MOST_FILES = 40


@transaction.atomic
def add(
    *, request: ExtensionRequest, title: str, language: str, content: bytes, name: str, by: User, at: datetime
) -> RequestFile:
    """Add an annex to the draft.

    :raises WorkRefused: if it has no title, the same file is there already, or there are too many.
    :raises FileRefused: if the file cannot be taken.
    :raises PermissionDenied: if the person may no longer write.
    """
    request = held(request, by=by)
    here = current(request)
    if len(here) >= MOST_FILES:
        raise WorkRefused(_("A request takes at most %(limit)s annexes.") % {"limit": MOST_FILES})
    title = said(title, longest=200, empty=_("Give the annex a title."))
    if files.digest(content) in {one.file.sha256 for one in here}:
        raise WorkRefused(_("This file is among the annexes already."))
    stored = files.store(content=content, name=name, at=at, kinds=DOCUMENTS)
    annex = RequestFile.objects.create(
        request=request, title=title, language=language, file=stored, added_by=by, added_at=at
    )
    _noted("add_file", request, by=by, at=at, sha256=stored.sha256)
    return annex


@transaction.atomic
def remove(*, annex: RequestFile, by: User, at: datetime) -> None:
    """Take an annex out of the draft. One that was lodged stays with the versions that name it.

    :raises WorkRefused: if it is out already.
    :raises PermissionDenied: if the person may no longer write.
    """
    request = held(annex.request, by=by)
    annex = locked(annex)
    if annex.until_version:
        raise WorkRefused(_("This annex is out already."))
    if annex.since_version is None:
        annex.delete()
    else:
        annex.until_version = request.versions.count()
        annex.save(update_fields=["until_version"])
    _noted("remove_file", request, by=by, at=at, sha256=annex.file.sha256)


def current(request: ExtensionRequest) -> list[RequestFile]:
    """What the draft names now."""
    return list(request.files.filter(until_version=None).select_related("file").order_by("pk"))


def freeze(annexes: Iterable[RequestFile], *, number: int) -> None:
    """They are lodged with version ``number``: public from now on. Called in the transaction of the lodging."""
    for annex in annexes:
        if annex.since_version is None:
            annex.since_version = number
            annex.save(update_fields=["since_version"])


def _noted(act: str, request: ExtensionRequest, *, by: User, at: datetime, **data: object) -> None:
    told = {"clock": clock_slug(request.clock), "number": request.number}
    register.append(
        action=f"compliance.extensionrequest.{act}", by=by, at=at, state=request.state, obj=request, data=told | data
    )
