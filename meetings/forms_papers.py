"""What the pages about papers send, cleaned. Nothing is stored here."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.domain.document_texts import NewText
from ccm_portal.core.domain.documents import LONGEST_NOTE, LONGEST_TITLE, NEEDS_SYMBOL, Issuer
from ccm_portal.core.enums import DocumentKind, TextStage
from ccm_portal.core.files import refuse_large
from ccm_portal.core.forms import prose
from ccm_portal.core.models import Organisation, State
from ccm_portal.core.seen import SeenForm
from ccm_portal.core.symbols import LONGEST, SymbolRefused, parse
from ccm_portal.core.tick_lists import TickList, region_of

TAKEN = ".pdf,.docx,.odt,.xlsx,.ods"
FURTHER = (2, 3)  # rows for the paper in further languages
PROPOSABLE = (
    DocumentKind.WORKING_PAPER,
    DocumentKind.NON_PAPER,
    DocumentKind.INFORMATION,
    DocumentKind.PROGRESS_REPORT,
    DocumentKind.REQUEST,
    DocumentKind.OTHER,
)
NO_LANGUAGE = [("", "—")]


def _file(label: Any, *, required: bool = True, help_text: Any = "") -> forms.FileField:
    return forms.FileField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=1000,
        widget=forms.ClearableFileInput(attrs={"accept": TAKEN}),
    )


def content_of(sent: UploadedFile) -> bytes:
    """:raises FileRefused: if it is too large; it is not read then."""
    refuse_large(sent.size or 0)
    return bytes(sent.read())


class ItemsMixin(forms.Form):
    """On which items of the agenda."""

    items = forms.TypedMultipleChoiceField(
        label=_("Agenda items"),
        required=False,
        coerce=int,
        choices=[],
        widget=forms.CheckboxSelectMultiple,
    )

    def offer_items(self, items: Sequence[tuple[int, str]]) -> None:
        """The items to choose from; without any, nothing is asked."""
        if items:
            self.fields["items"].choices = items  # type: ignore[attr-defined]
        else:
            del self.fields["items"]

    @property
    def codes(self) -> list[int]:
        return list(self.cleaned_data.get("items") or [])


class DescribeForm(forms.Form):
    """What a paper is and who issues it."""

    title = forms.CharField(
        label=pgettext_lazy("of a paper", "Title"),
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    language = forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES)
    issuer = forms.ChoiceField(label=_("Issued by"), choices=[])
    together = forms.ModelMultipleChoiceField(
        label=_("Together with these States"),
        queryset=State.objects.none(),
        required=False,
        widget=TickList(group=region_of),
    )
    bodies = forms.ModelMultipleChoiceField(
        label=_("Together with these organisations"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=TickList(),
    )

    def __init__(self, *args: Any, issuers: Sequence[tuple[str, str, Issuer]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._issuers = {key: issuer for key, _label, issuer in issuers}
        self.fields["issuer"].choices = [(key, label) for key, label, _issuer in issuers]  # type: ignore[attr-defined]
        self.fields["together"].queryset = State.objects.select_related("region_group").by_name()  # type: ignore[attr-defined]
        self.fields["bodies"].queryset = Organisation.objects.by_name()  # type: ignore[attr-defined]

    @property
    def issuers(self) -> list[Issuer]:
        """Who issues it, the one who proposes first."""
        states = [Issuer(state=state) for state in self.cleaned_data["together"]]
        bodies = [Issuer(organisation=body) for body in self.cleaned_data["bodies"]]
        first = self._issuers[self.cleaned_data["issuer"]]
        return [one for one in (first, *states, *bodies) if one != Issuer()]


class ProposeForm(DescribeForm, ItemsMixin):
    """A paper with its file, and with further languages where there are any."""

    revises = forms.ChoiceField(
        label=_("It revises"), required=False, choices=[], help_text=_("Only where it takes the place of that paper.")
    )
    file = _file(
        _("The paper"),
        help_text=_("PDF, Word, Excel or OpenDocument, at most 25 MB. Everybody reads it once the ISO publishes it."),
    )
    language_2 = forms.ChoiceField(
        label=_("In another language"), required=False, choices=[*NO_LANGUAGE, *settings.LANGUAGES]
    )
    title_2 = forms.CharField(
        label=_("Its title in that language"),
        max_length=LONGEST_TITLE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    file_2 = _file(_("Its file in that language"), required=False)
    language_3 = forms.ChoiceField(
        label=_("In a third language"), required=False, choices=[*NO_LANGUAGE, *settings.LANGUAGES]
    )
    title_3 = forms.CharField(
        label=_("Its title in the third language"),
        max_length=LONGEST_TITLE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    file_3 = _file(_("Its file in the third language"), required=False)
    note = forms.CharField(
        label=_("Note to the ISO"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=prose(4),
        help_text=_("Read by the ISO and those who issue the paper."),
    )
    field_order = [
        "title",
        "kind",
        "language",
        "file",
        "issuer",
        "together",
        "bodies",
        "items",
        "revises",
        "language_2",
        "title_2",
        "file_2",
        "language_3",
        "title_3",
        "file_3",
        "note",
    ]

    def __init__(
        self,
        *args: Any,
        items: Sequence[tuple[int, str]],
        revisable: Sequence[tuple[int, str]] = (),
        kinds: Sequence[DocumentKind] = PROPOSABLE,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.offer_items(items)
        if revisable:
            choices = [("", _("No: it is a new paper")), *((str(pk), label) for pk, label in revisable)]
            self.fields["revises"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["revises"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [cleaned.get("language")]
        for row in FURTHER:
            language, sent = cleaned.get(f"language_{row}"), cleaned.get(f"file_{row}")
            if bool(language) != bool(sent):
                missing = "file" if language else "language"
                self.add_error(f"{missing}_{row}", _("A further text needs its language and its file."))
            elif language and language in chosen:
                self.add_error(f"language_{row}", _("Two files are in one language. A paper has one text in each."))
            chosen.append(language)
        return cleaned

    FURTHER_FIELDS = tuple(f"{name}_{row}" for row in FURTHER for name in ("language", "title", "file"))
    OTHER_ISSUERS = ("together", "bodies")

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What everybody fills in, down to the items; the note comes last on the page."""
        apart = {*self.FURTHER_FIELDS, *self.OTHER_ISSUERS, "note"}
        return [field for field in self if field.name not in apart]

    @property
    def other_issuers(self) -> list[forms.BoundField]:
        return [self[name] for name in self.OTHER_ISSUERS]

    @property
    def further_languages(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FURTHER_FIELDS]

    @property
    def uses_others(self) -> bool:
        """Whether something was chosen or is wrong there: it is shown open then."""
        return self.is_bound and any(self[name].value() or self[name].errors for name in self.OTHER_ISSUERS)

    @property
    def uses_languages(self) -> bool:
        return self.is_bound and any(self[name].value() or self[name].errors for name in self.FURTHER_FIELDS)

    def texts(self) -> list[NewText]:
        """The files in their languages.

        :raises FileRefused: if one is too large.
        """
        cleaned = self.cleaned_data
        found = [NewText(cleaned["language"], content_of(cleaned["file"]), cleaned["file"].name or "")]
        for row in FURTHER:
            if sent := cleaned.get(f"file_{row}"):
                language, title = cleaned[f"language_{row}"], cleaned[f"title_{row}"]
                found.append(NewText(language, content_of(sent), sent.name or "", title))
        return found


class NameForm(SeenForm):
    """What a paper is called and what it is."""

    title = forms.CharField(
        label=pgettext_lazy("of a paper", "Title"),
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    language = forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES)


class EnterForm(DescribeForm, ItemsMixin):
    """A paper of the office's own, with its symbol; its files come after."""

    symbol = forms.CharField(
        label=pgettext_lazy("of a paper", "Symbol"),
        max_length=LONGEST,
        required=False,
        help_text=_("Leave it empty for a non-paper."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["title", "kind", "symbol", "language", "issuer", "together", "bodies", "items"]

    def __init__(self, *args: Any, items: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_items(items)


class AcceptForm(SeenForm, ItemsMixin):
    """The symbol and the items of a paper that is taken in."""

    symbol = forms.CharField(
        label=pgettext_lazy("of a paper", "Symbol"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["version", "symbol", "items"]

    def __init__(self, *args: Any, items: Sequence[tuple[int, str]], needs_symbol: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_items(items)
        self.fields["symbol"].required = needs_symbol
        self.fields["symbol"].error_messages["required"] = NEEDS_SYMBOL

    def clean_symbol(self) -> str:
        symbol = self.cleaned_data["symbol"].strip()
        if not symbol:
            return ""
        try:
            return str(parse(symbol))
        except SymbolRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class SymbolForm(AcceptForm):
    """Another symbol for a paper that was taken in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, items=(), **kwargs)


class ItemsForm(SeenForm, ItemsMixin):
    """On which items it stands."""

    def __init__(self, *args: Any, items: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_items(items)


class ReasonForm(SeenForm):
    """Why."""

    note = forms.CharField(label=_("Reason"), max_length=LONGEST_NOTE, widget=prose(3))


class TextForm(SeenForm):
    """The paper in a language."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    file = _file(_("File"), help_text=_("PDF, Word, Excel or OpenDocument, at most 25 MB."))
    title = forms.CharField(
        label=_("Title in that language"),
        max_length=LONGEST_TITLE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    stage = forms.ChoiceField(label=_("It is"), choices=TextStage.choices, widget=forms.RadioSelect)
    publish = forms.BooleanField(
        label=_("Publish it now"),
        required=False,
        help_text=_("A text that takes the place of a published one is always published with it."),
    )

    def __init__(self, *args: Any, may_publish: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["publish"], self.fields["stage"]


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of files."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        one = super().clean
        sent = data if isinstance(data, list | tuple) else [data]
        return [one(each, initial) for each in sent]


class FilesForm(forms.Form):
    """Many files of papers that are on the list, each named after its symbol and language."""

    files = ManyFilesField(
        label=_("Files"),
        max_length=1000,
        widget=ManyFiles(attrs={"accept": TAKEN}),
        help_text=_("Such as CCM-MSP-2027-WP.1-fr.pdf: the symbol, then the language (fr or F, zh or C, …)."),
    )
    stage = forms.ChoiceField(
        label=_("They are"), choices=TextStage.choices, initial=TextStage.FINAL, widget=forms.RadioSelect
    )
    publish = forms.BooleanField(label=_("Publish them now"), required=False)
