"""Photographs and documents of reports: sent in beside an answer, and given out to who may see them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.file_kinds import FileRefused
from ccm_portal.core.files import MEGABYTE, refuse_large
from ccm_portal.core.http import PrivateRequest, number_of, private_page, public_page
from ccm_portal.core.models import User
from ccm_portal.core.permissions import require
from ccm_portal.core.views.giving_out import given_out
from ccm_portal.core.writing import labelled
from reporting.domain import report_files
from reporting.domain.section_edits import EditRefused, UnknownPlace
from reporting.domain.sections import DraftClosed, Seen
from reporting.form.answers import cell_at, locate
from reporting.form.editions import edition as edition_of
from reporting.forms import PAGE_LENGTH
from reporting.models import PUBLIC_COPY, SectionDraft
from reporting.rules import published_versions, visible_files, visible_sections
from reporting.views.file_boxes import file_box

SENT = "file:"  # before the path of an answer: the name of its box
DETACH = "detach"
LARGEST_POST = 60 * MEGABYTE  # a page with its files, sent without script


@private_page
@require_safe
def draft_attachment(request: PrivateRequest, state: str, slug: str, sha256: str) -> HttpResponseBase:
    """A file of a report as its State works on it."""
    one = get_object_or_404(visible_files(request.user), report__state__slug=state, report__slug=slug, sha256=sha256)
    return given_out(request, one.stored, one.stored.name, cache="private, no-cache")


@public_page()
def report_attachment(
    request: HttpRequest, state: str, slug: str, number: int, sha256: str, name: str
) -> HttpResponseBase:
    """A file that a public part of a filed version names. ``name`` is for who saves it, and decides nothing."""
    version = get_object_or_404(
        published_versions().only(*PUBLIC_COPY, "report__state__slug"),
        report__state__slug=state,
        report__slug=slug,
        number=number,
    )
    one = report_files.public_file(version, sha256)
    if one is None:
        raise Http404
    return given_out(request, one.stored, one.stored.name, cache="public, max-age=60")


@private_page
@require_POST
def section_files(request: PrivateRequest, state: str, slug: str, key: str) -> HttpResponse:
    """What the page's script sends: one file, or the name of one to take out. Answers with the box as it then is."""
    draft = get_object_or_404(
        visible_sections(request.user).select_related("report__state"),
        report__state__slug=state,
        report__slug=slug,
        key=key,
    )
    require(request.user, "reporting.edit_section", draft)
    try:
        path, sent = request.POST.get("path", ""), request.FILES.get("file")
    except RequestDataTooBig:
        return JsonResponse({"problem": _("This is too much to be sent at once.")}, status=413)
    seen = seen_of(request)
    try:
        if sha256 := request.POST.get(DETACH):
            saved = report_files.remove_file(
                section=draft, path=path, sha256=sha256, seen=seen, by=request.user, at=clock.now()
            )
        elif sent:
            saved = report_files.add_file(
                section=draft,
                path=path,
                content=content_of(sent),
                name=sent.name or "",
                seen=seen,
                by=request.user,
                at=clock.now(),
            )
        else:
            return JsonResponse({"problem": _("Choose the file first.")}, status=400)
    except (FileRefused, EditRefused) as refusal:
        return JsonResponse({"problem": str(refusal)}, status=422)
    except UnknownPlace:
        return JsonResponse({"problem": _("This box is not part of the form.")}, status=400)
    except DraftClosed as closed:
        return JsonResponse({"problem": str(closed)}, status=410)
    return JsonResponse({"box": _drawn(request, saved.draft, path), "version": saved.draft.version})


def _drawn(request: HttpRequest, draft: SectionDraft, path: str) -> str:
    section = edition_of(draft.report.edition).section(draft.key)
    question = locate(section, path)[2]
    box = file_box(path, question, cell_at(section, draft.answers, path))
    context = {"files": box, "state": draft.report.state, "report": draft.report}
    return render_to_string("reporting/parts/file_list.html", context, request)


def seen_of(request: HttpRequest) -> Seen:
    return Seen(
        version=number_of(request.POST.get("version", "")),
        page=request.POST.get("page", "")[:PAGE_LENGTH].replace("\x00", ""),
        language=get_language() or "en",
    )


def content_of(sent: UploadedFile) -> bytes:
    """:raises FileRefused: if it is too large; it is not read then."""
    refuse_large(sent.size or 0)
    return bytes(sent.read())


@dataclass
class Taken:
    """What became of the files that a section's page was sent with: those refused, by place, each with a sentence."""

    refused: dict[str, str] = field(default_factory=dict)
    changed: bool = False

    def words(self, before: str = "") -> str:
        return " ".join([one for one in (before, *self.refused.values()) if one])


def taken(request: HttpRequest, draft: SectionDraft, *, by: User) -> Taken:
    """Take in the files of a section's page, or take out the one whose button was pressed. The texts are stored by
    then, so that a file that is refused takes no word with it.

    :raises DraftClosed: if the report was filed meanwhile.
    """
    found = Taken()
    seen, at = seen_of(request), clock.now()
    for path, sent in _sent(request):
        try:
            report_files.add_file(
                section=draft, path=path, content=content_of(sent), name=sent.name or "", seen=seen, by=by, at=at
            )
        except (FileRefused, EditRefused) as refusal:
            sentence = labelled(sent.name or _("file"), str(refusal))
            found.refused[path] = f"{found.refused.get(path, '')} {sentence}".strip()
        except UnknownPlace:
            found.refused[path] = _("This box is not part of the form.")
        found.changed = True
    act, _colon, place = request.POST.get("do", "").partition(":")
    if act == DETACH:
        path, _dot, sha256 = place.rpartition(":")
        try:
            report_files.remove_file(section=draft, path=path, sha256=sha256, seen=seen, by=by, at=at)
        except (EditRefused, UnknownPlace) as refusal:
            found.refused[path] = str(refusal)
        found.changed = True
    return found


def _sent(request: HttpRequest) -> Iterator[tuple[str, UploadedFile]]:
    for name in request.FILES:
        if name.startswith(SENT):
            for sent in request.FILES.getlist(name):
                yield name.removeprefix(SENT), sent
