"""What the pages send, cleaned. Nothing is stored here."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.forms import DAY
from ccm_portal.core.http import number_of
from ccm_portal.core.writing import plain
from reporting.domain.corrections import LONGEST_NOTE
from reporting.domain.recalls import LONGEST_REASON
from reporting.domain.sections import Seen
from reporting.enums import ReportKind, StartFrom
from reporting.form.common import StrOrPromise
from reporting.form.files import LARGEST
from reporting.models import ReportVersion

CELL = "cell:"
COMMENT, ABOUT = "comment:", "about:"  # and the part in which the box for a comment stands
FILE_ACTS = ("attach", "detach")  # a file goes in beside an answer, or out
COMMENT_ACTS = ("comment", "settle", "reopen")
PAGE_LENGTH = 32


class StartForm(forms.Form):
    """How a report begins."""

    kind = forms.ChoiceField(choices=ReportKind.choices, widget=forms.HiddenInput)
    year = forms.IntegerField(required=False, label=_("Year that the report covers"))
    how = forms.ChoiceField(label=_("How do you want to begin?"), choices=StartFrom.choices, widget=forms.RadioSelect)
    base = forms.ChoiceField(
        required=False,
        label=_("Carry forward from"),
        help_text=_("Any earlier report can be taken, also when years were missed."),
    )
    changed = forms.MultipleChoiceField(
        required=False,
        label=_("Which sections have changed?"),
        help_text=_("Only if some sections have changed. You can still open others later."),
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(
        required=False,
        label=_("File with the report"),
        help_text=_("Only if you start from a file: JSON in the format of this portal, 10 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the report"),
        help_text=_("The language you write in. Everyone can work on it with the page in another language."),
    )

    def __init__(
        self,
        data: MultiValueDict | None = None,
        sent: MultiValueDict | None = None,
        *,
        initial: Mapping[str, object],
        versions: Sequence[ReportVersion],
        sections: Sequence[tuple[str, str]],
        languages: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data, sent, initial=dict(initial))
        kind = (data or initial).get("kind")
        self.fields["language"].choices = languages
        self.fields["changed"].choices = sections
        self.fields["base"].choices = [(str(v.pk), v.report.title) for v in versions]
        if kind == ReportKind.INITIAL:
            del self.fields["year"]
            self._leave_out(StartFrom.NOTHING_CHANGED)
        elif kind == ReportKind.ANNUAL:
            self.fields["year"].widget = forms.HiddenInput()
        else:
            self.fields["year"].required = True
        if not versions:
            del self.fields["base"], self.fields["changed"]
            self._leave_out(StartFrom.NOTHING_CHANGED, StartFrom.SOME_CHANGED)
            self.fields["how"].initial = StartFrom.SCRATCH
            self.initial["how"] = StartFrom.SCRATCH

    def clean_file(self) -> UploadedFile | None:
        sent: UploadedFile | None = self.cleaned_data["file"]
        if sent and (sent.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than %(most)s MB.") % {"most": LARGEST // 1024 // 1024})
        return sent

    def clean(self) -> None:
        from_file, sent = self.cleaned_data.get("how") == StartFrom.FILE, self.cleaned_data.get("file")
        if from_file and not sent and "file" not in self.errors:
            self.add_error("file", _("Choose the file."))
        if sent and not from_file:
            self.add_error("how", _("You have chosen a file. Choose “From a file”, or leave the file out."))

    def _leave_out(self, *ways: str) -> None:
        field = self.fields["how"]
        field.choices = [choice for choice in field.choices if choice[0] not in ways]


def prose(rows: int) -> forms.Textarea:
    """A box for sentences, in whichever direction they are written."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class SeenField(forms.JSONField):
    """The versions of the sections that a page showed. ``outdated`` is said where it sends anything else."""

    widget = forms.HiddenInput

    def __init__(self, *, outdated: StrOrPromise) -> None:
        super().__init__()
        self.outdated = outdated

    def validate(self, value: object) -> None:
        super().validate(value)
        if not isinstance(value, dict) or not all(isinstance(version, int) for version in value.values()):
            raise forms.ValidationError(self.outdated)

    def to_python(self, value: object) -> object:
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as wrong:  # too deep, or a number of thousands of digits
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from wrong


class SeenForm(forms.Form):
    """A button, with the versions of the sections that its page showed."""

    seen = SeenField(outdated=_("This page is out of date. Load it again, then file."))


class FileForm(SeenForm):
    """The approver's word that this is what the State reports."""

    filing_key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    provisional = forms.BooleanField(required=False, label=_("The figures are provisional; a correction will follow."))
    confirmed = forms.BooleanField(
        label=_("I have read the report. It is what my State reports, and it may be published now."),
        error_messages={"required": _("Tick the box to confirm, then file.")},
    )


class CorrectionForm(FileForm):
    """The same for a correction, with the reason for everybody to read."""

    note = forms.CharField(
        label=_("Why is the report corrected?"),
        help_text=_("One or two sentences. Everybody will read them beside the correction."),
        widget=prose(3),
        max_length=LONGEST_NOTE,
        error_messages={"required": _("Say in a sentence why the report is corrected. Everybody will read it.")},
    )
    field_order = ("note", "provisional", "confirmed")


class NoteForm(forms.Form):
    """The note of a correction, before it is filed."""

    was = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    note = forms.CharField(
        required=False,
        label=_("Why is the report corrected?"),
        help_text=_("One or two sentences. Everybody will read them beside the correction."),
        widget=prose(4),
        max_length=LONGEST_NOTE,
    )


class RecallForm(forms.Form):
    """The State takes a report back."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why is the report recalled?"),
        help_text=_("One or two sentences. Everybody will read them where the report was."),
        widget=prose(3),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Say in a sentence why the report is recalled. Everybody will read it.")},
    )
    confirmed = forms.BooleanField(
        label=_("My State takes this report back. What it said is to be shown nowhere any more."),
        error_messages={"required": _("Tick the box to confirm, then recall it.")},
    )


class ReinstateForm(forms.Form):
    """The button that puts a recalled report back, with the moment of the recall that its page showed."""

    seen = forms.DateTimeField()


class AcknowledgeForm(forms.Form):
    """The United Nations has acknowledged a report."""

    on = forms.DateField(
        label=_("Day on which the United Nations acknowledged it"),
        widget=DAY,
    )
    reference = forms.CharField(
        max_length=120,
        label=_("Reference of the acknowledgement"),
        help_text=_("The number or date of the note or mail in which the United Nations said so."),
    )


class LendForm(forms.Form):
    """Which section, to whom."""

    section = forms.ChoiceField(label=_("Section"))
    email = forms.EmailField(label=_("E-mail address of the colleague"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
    message = forms.CharField(
        label=_("What you ask of them"),
        required=False,
        max_length=1000,
        widget=prose(3),
        help_text=_("They read it in the portal. It goes into no mail."),
    )

    def __init__(
        self,
        data: MultiValueDict | None = None,
        *,
        sections: Sequence[tuple[str, str]],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["section"].choices = sections


def mark_of(text: str) -> str:
    """A short mark of a text, so that a page posted whole tells which boxes were touched."""
    return hashlib.blake2s(plain(text).encode(), digest_size=5).hexdigest()


def _storable(text: str) -> str:
    """Without the signs that no database holds: nulls, and halves of letters."""
    return text.replace("\x00", "").encode(errors="ignore").decode()


@dataclass(frozen=True, kw_only=True)
class Autosave:
    """The boxes that were touched, as the page's script sends them."""

    seen: Seen
    texts: dict[str, str]
    keep: list[str]


def read_autosave(body: bytes, *, language: str) -> Autosave:
    """Read what the script sent.

    :raises ValueError: if it is anything else.
    """
    try:
        sent = json.loads(body)
        version, page = int(sent["version"]), _storable(str(sent["page"]))[:PAGE_LENGTH]
        texts = {str(path): _storable(str(text)) for path, text in sent.get("texts", {}).items()}
        keep = list(dict.fromkeys(str(path) for path in sent.get("keep", [])))
    except (TypeError, LookupError, AttributeError, OverflowError, RecursionError) as wrong:
        raise ValueError("This is no save of a section.") from wrong
    return Autosave(seen=Seen(version=version, page=page, language=language), texts=texts, keep=keep)


@dataclass(frozen=True, kw_only=True)
class CommentPost:
    """What the page says to colleagues: comments begun in the boxes for them, by part, and about which place each
    is; and which of them the button sends, or which comment it settles or opens again."""

    texts: dict[str, str]
    places: dict[str, str]
    act: str = ""
    target: str = ""


@dataclass(frozen=True, kw_only=True)
class SectionPost:
    """A section's page as it was posted: only what differs from what the page showed."""

    seen: Seen
    texts: dict[str, str]
    nones: dict[str, bool]
    withheld: dict[str, bool]
    standing: str | None
    act: str
    place: str
    leaves: bool
    comments: CommentPost


def read_section_post(data: MultiValueDict, *, language: str) -> SectionPost:
    """Read a section's page. Boxes of unknown name are left to the operation, which refuses them."""
    shown = _shown(data.get("was", ""))
    everything = {name.removeprefix(CELL): _storable(str(text)) for name, text in data.items() if name.startswith(CELL)}
    act, _colon, place = data.get("do", "").partition(":")
    texts = {path: text for path, text in everything.items() if shown.get(path) != mark_of(text)}
    if act == "theirs":
        texts.pop(place, None)
    standing = data.get("standing")
    return SectionPost(
        seen=Seen(
            version=number_of(data.get("version", "")),  # at 0 everything is checked for conflicts
            page=_storable(data.get("page", ""))[:PAGE_LENGTH],
            language=language,
        ),
        texts=texts,
        nones=_ticks(data, "none"),
        withheld=_ticks(data, "withheld"),
        standing=None if standing == data.get("standing-was") else standing,
        act="" if act in ("save", "next", "theirs", *FILE_ACTS, *COMMENT_ACTS) else act,
        place=place.rpartition(":")[0] if act in FILE_ACTS else "" if act in COMMENT_ACTS else place,
        leaves=act == "next",
        comments=_comments(data, act, place),
    )


def _comments(data: MultiValueDict, act: str, target: str) -> CommentPost:
    def those(name: str) -> dict[str, str]:
        return {key.removeprefix(name): _storable(str(text)) for key, text in data.items() if key.startswith(name)}

    sends = {"act": act, "target": target} if act in COMMENT_ACTS else {}
    return CommentPost(texts=those(COMMENT), places=those(ABOUT), **sends)


def _ticks(data: MultiValueDict, name: str) -> dict[str, bool]:
    """The ticks that differ from what the page showed."""
    shown, was, now = (set(data.getlist(f"{name}{ending}")) for ending in ("-shown", "-was", ""))
    return {part: part in now for part in shown if (part in now) != (part in was)}


def _shown(text: str) -> dict[str, str]:
    try:
        marks = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return marks if isinstance(marks, dict) else {}
