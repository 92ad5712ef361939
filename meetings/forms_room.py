"""Clean input of the room: what the chair sets, who asks for the floor, texts that are handed in. Forms never save."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.files import LARGEST, MEGABYTE
from ccm_portal.core.seen import SeenForm
from meetings.domain import floor_words
from meetings.domain.agenda_reading import Item
from meetings.domain.floor import LONGEST, SHORTEST, kinds_for
from meetings.enums import SlotKind, SpeakersOrder, StatementRelease
from meetings.models import Delegation, SpeakersList

MOST_SHOWN = 8  # of what has been given, under a field


class MinutesField(forms.CharField):
    """A time, typed as minutes or as minutes and seconds: 4 or 4:30. Clean, it is a number of seconds."""

    def __init__(self, **fields: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "size": "6", "dir": "ltr", "class": "minutes"}
        super().__init__(max_length=8, widget=forms.TextInput(attrs=attrs), **fields)

    def prepare_value(self, value: Any) -> Any:
        return floor_words.clock_text(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        seconds = floor_words.seconds_from(super().clean(value))
        if seconds is None:
            raise forms.ValidationError(_("Write minutes, or minutes and seconds: 4 or 4:30."))
        if not SHORTEST <= seconds <= LONGEST:
            raise forms.ValidationError(_("A limit is between half a minute and an hour."))
        return seconds


class LimitsForm(SeenForm):
    """How long one may speak on an item."""

    limit_seconds = MinutesField(label=_("National statements and organisations"))
    group_limit_seconds = MinutesField(label=_("Statements for a group"))
    reply_limit_seconds = MinutesField(label=_("Rights of reply"))
    presentation_limit_seconds = MinutesField(label=_("Presentations"))
    order = forms.ChoiceField(label=_("Order of the list"), choices=SpeakersOrder.choices, widget=forms.RadioSelect)

    @classmethod
    def of(cls, speakers_list: SpeakersList) -> "LimitsForm":
        names = list(cls.base_fields)
        return cls(initial={name: getattr(speakers_list, name) for name in names}, prefix="limits")

    @property
    def limits(self) -> dict[str, int]:
        return {name: seconds for name, seconds in self.cleaned_data.items() if name.endswith("_seconds")}


class SlotLimitForm(SeenForm):
    """Another time for one speaker."""

    seconds = MinutesField(label=_("Time"))


class ForDelegationForm(forms.Form):
    """For one delegation. Where there is a choice of one it is made, and the field is not shown."""

    delegation = forms.ModelChoiceField(label=_("Delegation"), queryset=Delegation.objects.none(), empty_label=None)

    def choose_among(self, delegations: QuerySet[Delegation]) -> None:
        field = self.fields["delegation"]
        field.queryset = delegations  # type: ignore[attr-defined]
        self.only = delegations[0] if len(delegations) == 1 else None
        if self.only:
            field.widget, field.required = forms.HiddenInput(), False
            self.initial["delegation"] = self.only.pk

    def clean_delegation(self) -> Delegation:
        return self.cleaned_data["delegation"] or self.only


class AskForm(ForDelegationForm):
    """Who asks for the floor, as what, on which item."""

    item = forms.TypedChoiceField(
        label=_("Agenda item"),
        coerce=int,
        help_text=_("Only items whose speakers' list has been opened are offered."),
    )
    kind = forms.ChoiceField(label=_("As"), choices=SlotKind.choices)
    on_behalf_of = forms.CharField(
        label=_("The group"),
        max_length=200,
        required=False,
        help_text=_("Only for a statement for a group: the name by which the chair will announce it."),
    )
    field_order = ["item", "delegation", "kind", "on_behalf_of"]

    def __init__(
        self,
        *args: Any,
        items: Iterable[Item],
        delegations: QuerySet[Delegation],
        kinds: Iterable[str],
        item_is_known: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item.code, item.label) for item in items]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]
        self.choose_among(delegations)
        if self.only:
            self.initial.setdefault("kind", kinds_for(self.only)[0])
        allowed = set(kinds)
        self.fields["kind"].choices = [one for one in SlotKind.choices if one[0] in allowed]  # type: ignore[attr-defined]
        if item_is_known:
            self.fields["item"].widget, self.fields["item"].help_text = forms.HiddenInput(), ""
            self.initial.setdefault("item", choices[0][0])


class TextForm(forms.Form):
    """A statement in one language."""

    language = forms.ChoiceField(label=_("Language"))
    text = forms.CharField(
        label=_("Words"), required=False, widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}), strip=False
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, Word, OpenDocument or plain text. Words, a file, or both."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = floor_words.languages()  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        chosen = self.cleaned_data["file"]
        if chosen and chosen.size > LARGEST:
            raise forms.ValidationError(
                _("A file may have at most %(limit)s MB."), params={"limit": LARGEST // MEGABYTE}
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("text", "").strip() and not cleaned.get("file"):
            self.add_error("text", _("Write the statement, or choose its file."))
        return cleaned


class StatementForm(TextForm, ForDelegationForm):
    """A statement that is handed in."""

    item = forms.TypedChoiceField(label=_("Agenda item"), coerce=int)
    on_behalf_of = forms.CharField(
        label=_("The group"), max_length=200, required=False, help_text=_("Only for a statement for a group.")
    )
    release = forms.ChoiceField(
        label=_("When everybody may read it"),
        choices=StatementRelease.choices,
        widget=forms.RadioSelect,
        help_text=_("Until then your delegation and the ISO can read it, and nobody else."),
    )
    field_order = ["item", "delegation", "on_behalf_of", "language", "text", "file", "release"]

    def __init__(
        self,
        *args: Any,
        items: Iterable[Item],
        delegations: QuerySet[Delegation],
        given: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        """``given``: for what the floor was given already, in words; its text is public at once when it is handed
        in."""
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [(item.code, item.label) for item in items]  # type: ignore[attr-defined]
        self.choose_among(delegations)
        if given:
            shown = [*given[:MOST_SHOWN], *(["…"] if len(given) > MOST_SHOWN else [])]
            words = gettext("Given already, and public at once unless you choose to release it: %(items)s")
            field = self.fields["release"]
            field.help_text = f"{field.help_text} {words % {'items': '; '.join(shown)}}"


class CorrectForm(TextForm, SeenForm):
    """A text of a statement that is there."""
