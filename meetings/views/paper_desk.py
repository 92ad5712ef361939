"""The page on which one paper is run: accepted or not, its texts, its items, its revisions."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import clock
from ccm_portal.core.domain import document_texts, documents
from ccm_portal.core.domain.documents import WITHOUT_SYMBOL, DocumentRefused
from ccm_portal.core.enums import TAKEN_IN, DocumentStatus, TextStage
from ccm_portal.core.file_kinds import FileRefused
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.models import Document
from ccm_portal.core.permissions import require
from ccm_portal.core.seen import SeenForm, stands_now
from ccm_portal.core.symbols import SymbolRefused
from meetings.domain import own_papers, paper_reading, papers
from meetings.domain.agenda_reading import public_items
from meetings.forms_papers import AcceptForm, ItemsForm, NameForm, ReasonForm, SymbolForm, TextForm, content_of
from meetings.models import Meeting
from meetings.rules_papers import managed_papers
from meetings.views.acting import MANAGE, meeting_for

Forms = dict[str, Any]


@private_page
def desk_paper(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    meeting = meeting_for(request, key, MANAGE)
    document = get_object_or_404(managed_papers(request.user).filter(meetings__meeting=meeting), pk=pk)
    require(request.user, "meetings.manage_paper", document)
    if request.method != "POST":
        return _page(request, meeting, document)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return _page(request, meeting, document)
    name, form, run = act(request, meeting, document)
    if form.is_valid():
        try:
            told, where = run(form)
        except SymbolRefused as refusal:
            form.add_error("symbol" if "symbol" in form.fields else None, str(refusal))
        except (DocumentRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, told)
            return redirect("meetings:desk-paper", meeting.key, (where or document).pk)
    return _page(request, meeting, document, {name: form})


# What an act gives: under which name its form is shown again, the form, and what to do with it once it is valid.
Run = Callable[[Any], tuple[str, Document | None]]
Act = tuple[str, forms.Form, Run]


def _accept(request: PrivateRequest, meeting: Meeting, document: Document) -> Act:
    def run(form: AcceptForm) -> tuple[str, None]:
        taken = papers.accept(
            document=document,
            meeting=meeting,
            symbol=form.cleaned_data["symbol"],
            codes=form.codes,
            version=form.cleaned_data["version"],
            by=request.user,
            at=clock.now(),
        )
        if taken.symbol:
            return _("Accepted as %(symbol)s. Whoever proposed it is told.") % {"symbol": taken.symbol}, None
        return _("Accepted. Whoever proposed it is told."), None

    items = papers.item_choices(meeting, for_desk=True)
    needed = document.kind not in WITHOUT_SYMBOL
    return "accept", AcceptForm(request.POST, items=items, needs_symbol=needed, auto_id="accept_%s"), run


def _refuse(request: PrivateRequest, meeting: Meeting, document: Document) -> Act:
    def run(form: ReasonForm) -> tuple[str, None]:
        papers.refuse(document=document, by=request.user, at=clock.now(), **form.cleaned_data)
        return _("Not accepted. Whoever proposed it is told, and reads why on its page."), None

    return "refuse", ReasonForm(request.POST, auto_id="refuse_%s"), run


def _text(request: PrivateRequest, meeting: Meeting, document: Document) -> Act:
    def run(form: TextForm) -> tuple[str, None]:
        cleaned = form.cleaned_data
        before = document.texts.filter(language=cleaned["language"], replaced_at=None).first()
        publish = cleaned["publish"] or bool(before and before.published_at)
        if publish:
            papers.refuse_unpublishable(document)
        document_texts.add_text(
            document=document,
            language=cleaned["language"],
            title=cleaned["title"],
            stage=cleaned["stage"],
            content=content_of(cleaned["file"]),
            name=cleaned["file"].name or "",
            version=cleaned["version"],
            publish=publish,
            by=request.user,
            at=clock.now(),
        )
        return _("The text is added and published.") if publish else _(
            "The text is added. It waits to be published."
        ), None

    return "text", TextForm(request.POST, request.FILES, auto_id="text_%s"), run


def _publish(request: PrivateRequest, meeting: Meeting, document: Document) -> Act:
    language = request.POST.get("language", "").replace("\x00", "")

    def run(form: SeenForm) -> tuple[str, None]:
        waiting = document.texts.filter(published_at=None, replaced_at=None)
        count = (waiting.filter(language=language) if language else waiting).count()
        papers.publish(
            document=document,
            version=form.cleaned_data["version"],
            languages=[language] if language else None,
            by=request.user,
            at=clock.now(),
        )
        words = ngettext("%(count)s text is public now.", "%(count)s texts are public now.", count)
        return words % {"count": count}, None

    return "publish", SeenForm(request.POST), run


def _remove(request: PrivateRequest, meeting: Meeting, document: Document) -> Act:
    def run(form: SeenForm) -> tuple[str, None]:
        document_texts.remove_text(
            document=document,
            language=request.POST.get("language", "").replace("\x00", ""),
            version=form.cleaned_data["version"],
            by=request.user,
            at=clock.now(),
        )
        return _("The text is taken out. Nobody else had read it."), None

    return "publish", SeenForm(request.POST), run


def _items(request: PrivateRequest, meeting: Meeting, document: Document) -> Act:
    def run(form: ItemsForm) -> tuple[str, None]:
        papers.put_on_items(
            document=document,
            meeting=meeting,
            codes=form.codes,
            version=form.cleaned_data["version"],
            by=request.user,
            at=clock.now(),
        )
        return _("The paper stands on the items that you chose."), None

    items = papers.item_choices(meeting, for_desk=True)
    return "items", ItemsForm(request.POST, items=items, auto_id="items_%s"), run


def _name(request: PrivateRequest, meeting: Meeting, document: Document) -> Act:
    def run(form: NameForm) -> tuple[str, None]:
        issuers = documents.issuers_of(document)
        documents.describe(document=document, issuers=issuers, by=request.user, at=clock.now(), **form.cleaned_data)
        return _("Changed."), None

    return "name", NameForm(request.POST, auto_id="name_%s"), run


def _symbol(request: PrivateRequest, meeting: Meeting, document: Document) -> Act:
    def run(form: SymbolForm) -> tuple[str, None]:
        papers.correct_symbol(document=document, by=request.user, at=clock.now(), **form.cleaned_data)
        return _("Changed."), None

    needed = document.kind not in WITHOUT_SYMBOL
    return "symbol", SymbolForm(request.POST, needs_symbol=needed, auto_id="symbol_%s"), run


def _revise(request: PrivateRequest, meeting: Meeting, document: Document) -> Act:
    def run(form: SeenForm) -> tuple[str, Document]:
        new = papers.revise(document=document, by=request.user, at=clock.now())
        return _("This is the revision %(symbol)s. Add its texts, then publish them.") % {"symbol": new.symbol}, new

    return "revise", SeenForm(request.POST), run


def _withdraw(request: PrivateRequest, meeting: Meeting, document: Document) -> Act:
    def run(form: SeenForm) -> tuple[str, None]:
        documents.withdraw(document=document, version=form.cleaned_data["version"], by=request.user, at=clock.now())
        return _("The paper is withdrawn."), None

    return "revise", SeenForm(request.POST), run


def _take_back(request: PrivateRequest, meeting: Meeting, document: Document) -> Act:
    def run(form: ReasonForm) -> tuple[str, None]:
        documents.take_back(document=document, by=request.user, at=clock.now(), **form.cleaned_data)
        return _("The paper is taken back. Its page says when and why."), None

    return "take_back", ReasonForm(request.POST, auto_id="back_%s"), run


ACTS: dict[str, Callable[[PrivateRequest, Meeting, Document], Act]] = {
    "accept": _accept,
    "refuse": _refuse,
    "text": _text,
    "publish": _publish,
    "remove": _remove,
    "items": _items,
    "name": _name,
    "symbol": _symbol,
    "revise": _revise,
    "withdraw": _withdraw,
    "take_back": _take_back,
}


def _page(request: PrivateRequest, meeting: Meeting, document: Document, sent: Forms | None = None) -> HttpResponse:
    """The page as the paper is now. A form that was refused keeps what was typed, over the version that stands."""
    sent = sent or {}
    document.refresh_from_db()
    seen = {"version": document.version}
    for form in sent.values():
        stands_now(form, document.version)
    items = papers.item_choices(meeting, for_desk=True)
    codes = own_papers.codes_of(document, meeting)
    hidden = paper_reading.not_yet_public(document, meeting, public_items(meeting))
    texts = own_papers.texts_of(document)
    is_open = document.status == DocumentStatus.PROPOSED
    is_in = document.status in TAKEN_IN
    stage = TextStage.FINAL if texts else TextStage.ADVANCE
    given: Forms = {}
    if is_open:
        symbol = papers.proposed_symbol(document, meeting)
        given["accept"] = AcceptForm(
            initial={**seen, "symbol": symbol, "items": codes},
            items=items,
            needs_symbol=document.kind not in WITHOUT_SYMBOL,
            auto_id="accept_%s",
        )
        given["refuse"] = ReasonForm(initial=seen, auto_id="refuse_%s")
    if is_open or is_in:
        first = {**seen, "language": document.original_language, "stage": stage}
        given["text"] = TextForm(initial=first, auto_id="text_%s")
    if is_in:
        given["items"] = ItemsForm(initial={**seen, "items": codes}, items=items, auto_id="items_%s") if items else None
        named = {"title": document.title, "kind": document.kind, "language": document.original_language}
        needed = document.kind not in WITHOUT_SYMBOL
        first = {**seen, "symbol": document.symbol}
        given["symbol"] = SymbolForm(initial=first, needs_symbol=needed, auto_id="symbol_%s")
        given["name"] = NameForm(initial=seen | named, auto_id="name_%s")
    if document.status == DocumentStatus.PUBLISHED:
        given["take_back"] = ReasonForm(initial=seen, auto_id="back_%s")
    context = {
        "meeting": meeting,
        "document": document,
        "row": own_papers.rows(own_papers.listed(managed_papers(request.user).filter(pk=document.pk)))[0],
        "texts": texts,
        "waiting": [text for text in texts if not text.published_at and not text.replaced_at],
        "on_items": own_papers.labels_of(codes, items),
        "hidden": own_papers.labels_of(hidden, items),
        "lost": [code for code in codes if code not in dict(items) and code in hidden],
        "others": list(Meeting.objects.filter(papers__document=document).exclude(pk=meeting.pk)),
        "is_open": is_open,
        "is_in": is_in,
        "can_be_revised": is_in and document.symbol and not document.revised_by.exists(),
        "refused": sent,
        "told": [
            {"words": [str(words) for words in form.non_field_errors()], "typed": form.data.get("note", "")}
            for name, form in sent.items()
            if name not in given
        ],
        **{f"{name}_form": form for name, form in (given | sent).items()},
    }
    return render(request, "meetings/desk_paper.html", context, status=422 if sent else 200)
