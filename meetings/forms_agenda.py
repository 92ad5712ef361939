"""What the pages of an agenda send, cleaned. Nothing is stored here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.http import number_of
from ccm_portal.core.models import State
from ccm_portal.core.seen import SeenForm
from committees.body_fields import BodyField
from committees.models import Body
from meetings.domain.agenda_publishing import LONGEST_NOTE
from meetings.domain.agenda_reading import Item
from meetings.domain.outline_edits import LONGEST_TEXT, LONGEST_TITLE, MOST_MINUTES, MOST_SPEAKERS
from meetings.enums import ItemKind

TIMES = ("minutes", "speakers", "sitting")


@dataclass
class DeskPost:
    """What the desk sent: an act, maybe with the item it is for, and the times of the lines. ``typed`` holds them as
    they were written, so that a page that refuses shows them again."""

    version: int
    act: str
    code: int
    changes: dict[int, dict[str, Any]] = field(default_factory=dict)
    per_speaker: int | None = None
    typed: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)  # the boxes that the problems are about


def desk_post(sent: Mapping[str, str], sittings: Sequence[int], boxes: Mapping[str, str]) -> DeskPost:
    """Read the desk's form. Numbers that are none are said in ``problems``, with the box as ``boxes`` calls it."""
    act, _sign, rest = sent.get("do", "save").partition(":")
    post = DeskPost(number_of(sent.get("version", "")), act, number_of(rest))
    for name, text in sent.items():
        what, _sign, code = name.partition("-")
        if what not in TIMES or not code.isdigit():
            continue
        text = text.strip()
        post.typed[name] = text
        value: int | None = number_of(text) if text else None
        if text and not (text.isascii() and text.isdigit()):
            words = {"box": boxes.get(name, what), "text": text[:40]}
            post.problems.append(str(_("%(box)s: “%(text)s” is no whole number.") % words))
            post.wrong.add(name)
            continue
        if what == "sitting" and value is not None and value not in sittings:
            post.problems.append(str(_("This sitting is no longer there.")))
            continue
        post.changes.setdefault(number_of(code), {})[what] = (value or 0) if what == "speakers" else value
    if text := sent.get("per_speaker", "").strip():
        post.typed["per_speaker"] = text
        post.per_speaker = number_of(text)
    return post


class ItemForm(SeenForm):
    """An item of the outline: its words in each language of the meeting, its time, who leads it."""

    kind = forms.ChoiceField(label=_("What the item is for"), choices=ItemKind, initial=ItemKind.OTHER)
    under = forms.TypedChoiceField(
        label=_("Stands under"), required=False, coerce=int, empty_value=None, help_text=_("Three levels at most.")
    )
    is_numbered = forms.BooleanField(
        label=_("Carries a number"), required=False, initial=True, help_text=_("Opening acts and closures carry none.")
    )
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=MOST_MINUTES)
    speakers = forms.IntegerField(label=_("Expected speakers"), required=False, min_value=0, max_value=MOST_SPEAKERS)
    sitting = forms.TypedChoiceField(label=_("Sitting"), required=False, coerce=int, empty_value=None)
    lead_body = BodyField(
        label=_("Led by the body"), queryset=Body.objects.none(), required=False, empty_label=_("none")
    )
    lead_state = forms.ModelChoiceField(
        label=_("Led by the State"), queryset=State.objects.none(), required=False, empty_label=_("none")
    )
    lead_name = forms.CharField(
        label=_("Led by"), required=False, max_length=160, help_text=_("For example the President, or a panel.")
    )
    about_state = forms.ModelChoiceField(
        label=_("About the State"),
        queryset=State.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("For a request by one State."),
    )

    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        under: Sequence[Item],
        sittings: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        here = get_language()
        self.languages = sorted(languages, key=lambda language: language != here)
        words = {}
        for language in self.languages:
            name = dict(settings.LANGUAGES).get(language, language)
            attrs = {"lang": language, "dir": "auto"}
            words[f"title_{language}"] = forms.CharField(
                label=_("Title (%(language)s)") % {"language": name},
                max_length=LONGEST_TITLE,
                required=False,
                widget=forms.TextInput(attrs=attrs),
            )
            words[f"text_{language}"] = forms.CharField(
                label=_("Annotation (%(language)s)") % {"language": name},
                max_length=LONGEST_TEXT,
                required=False,
                widget=forms.Textarea(attrs={**attrs, "rows": 3}),
            )
        self.fields = {"version": self.fields["version"], **words, **self.fields}  # type: ignore[assignment]
        nothing = str(pgettext_lazy("place in an agenda", "the top level"))
        self.fields["under"].choices = [("", nothing), *((one.code, one.label) for one in under)]  # type: ignore[attr-defined]
        self.fields["sitting"].choices = [("", str(_("not placed, or that of the item above"))), *sittings]  # type: ignore[attr-defined]
        self.fields["lead_body"].queryset = Body.objects.select_related("kind").by_name()  # type: ignore[attr-defined]
        for name in ("lead_state", "about_state"):
            self.fields[name].queryset = State.objects.by_name()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A title in one of the languages is enough: readers of the others are shown it."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        names = [f"title_{language}" for language in self.languages]
        if not any(given.get(name) for name in names) and not any(name in self.errors for name in names):
            self.add_error(names[0], str(_("Give the item a title.")))
        return given

    def cleaned_fields(self) -> dict[str, Any]:
        """As ``outline_edits`` takes them. ``under`` is a move of its own."""
        given = self.cleaned_data
        linked = ("lead_body", "lead_state", "about_state")
        return {
            "words": {
                language: {"title": given[f"title_{language}"], "text": given[f"text_{language}"]}
                for language in self.languages
            },
            "kind": given["kind"],
            "is_numbered": given["is_numbered"],
            "minutes": given["minutes"],
            "speakers": given["speakers"] or 0,
            "sitting": given["sitting"],
            "lead_name": given["lead_name"].strip(),
        } | {name: given[name].pk if given[name] else None for name in linked}


class PublishForm(SeenForm):
    """The outline that was looked at, and what is said about the revision."""

    note = forms.CharField(
        required=False,
        max_length=LONGEST_NOTE,
        label=_("A note on this revision"),
        help_text=_("Public, and it stays: for example why items were moved."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
