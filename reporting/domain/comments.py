"""Comments between the colleagues who write one draft. They are no part of the report: filing deletes them.

Only those who may write in a section see its comments. The register holds none of them, and no mail does.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import plain
from reporting.form.answers import locate
from reporting.form.editions import edition as edition_of
from reporting.form.parts import Section, UnknownPlace
from reporting.models import DraftComment, SectionDraft

LONGEST = 4000  # characters
LONGEST_PATH = 120  # what the table keeps; every path of the form is far shorter


class CommentRefused(Exception):
    """It cannot be stored. The message is fit to show the person, who keeps the text."""


@transaction.atomic
def comment(*, section: SectionDraft, path: str, text: str, by: User, at: datetime) -> DraftComment:
    """Say something about a place: a cell, a part, or with "" the whole section. The same words of the same person
    at the same place, not yet settled, are one comment, however often the page is sent.

    :raises CommentRefused: if it is empty or too long, the place is none of the form, or the report is filed.
    """
    text = plain(text)
    if not text:
        raise CommentRefused(_("Write the comment first."))
    if len(text) > LONGEST:
        raise CommentRefused(
            ngettext(
                "This comment is too long: there is room for %(longest)s character.",
                "This comment is too long: there is room for %(longest)s characters.",
                LONGEST,
            )
            % {"longest": LONGEST}
        )
    if not is_place(edition_of(section.report.edition).section(section.key), path):
        raise CommentRefused(_("This place is not part of the form any more. Choose another one."))
    if not locked(section.report).is_open:
        raise CommentRefused(_("This report has been filed meanwhile. Comments on it are over."))
    said, _new = DraftComment.objects.get_or_create(
        section=section, path=path, text=text, written_by=by, settled_at=None, defaults={"written_at": at}
    )
    return said


def settle(*, comment: DraftComment, by: User, at: datetime) -> DraftComment:
    """It is dealt with: folded away, and no longer counted. Settling it twice changes nothing."""
    DraftComment.objects.filter(pk=comment.pk, settled_at=None).update(settled_by=by, settled_at=at)
    return comment


def reopen(*, comment: DraftComment, by: User, at: datetime) -> DraftComment:
    """It is not dealt with after all."""
    DraftComment.objects.filter(pk=comment.pk).update(settled_by=None, settled_at=None)
    return comment


def is_place(section: Section, path: str) -> bool:
    """Whether the form has this place: the section itself, a part of it, or a cell."""
    if len(path) > LONGEST_PATH:
        return False
    if path == "" or path in {part.key for part in section.parts}:
        return True
    try:
        locate(section, path)
    except UnknownPlace:
        return False
    return True


def open_ones(comments: Iterable[DraftComment]) -> list[DraftComment]:
    return [comment for comment in comments if comment.settled_at is None]
