"""What the pages of a case send, cleaned: entries, replies, the next action, outcomes. Nothing is stored here."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.models import User
from ccm_portal.core.seen import SeenForm
from ccm_portal.core.workflow import Transition
from compliance.domain.case_entries import WRITTEN, Attached, Given
from compliance.enums import EntryKind, EntryReaders
from compliance.models import CasePlace
from meetings.forms_papers import ManyFiles, ManyFilesField, content_of

ACCEPTED = ".pdf,.png,.jpg,.jpeg,.gif,.webp,.txt,.docx,.xlsx,.odt,.ods"
SAID_IN_REPORT = _(
    "These words may become public in the President’s report. Leave out names, sources and whatever the State"
    " concerned was promised. Nothing else of this entry reaches the report."
)


def files_field() -> ManyFilesField:
    return ManyFilesField(
        label=_("Files"),
        required=False,
        max_length=1000,
        widget=ManyFiles(attrs={"accept": ACCEPTED}),
        help_text=_("PDF, pictures, text, Word, Excel or OpenDocument, each at most 25 MB. Who reads this reads them."),
    )


def attached(sent: Iterable[Any]) -> list[Attached]:
    """:raises ccm_portal.core.files.FileRefused: if one is too large."""
    return [Attached(title=one.name, content=content_of(one)) for one in sent if one]


def people_of(places: Iterable[CasePlace]) -> list[tuple[str, str]]:
    """The persons named, with where they come from."""
    return [
        (str(place.user_id), f"{place.user.name} ({place.acts_for})" if place.acts_for else place.user.name)
        for place in places
    ]


class PeopleMixin:
    """Persons of the team, by the numbers that the form sent."""

    people: dict[str, User]

    def person(self, number: str) -> User | None:
        return self.people.get(number)


class ReadersForm(PeopleMixin, forms.Form):
    """Who may read an entry."""

    readers = forms.ChoiceField(
        label=_("Who may read it"),
        choices=EntryReaders.choices,
        initial=EntryReaders.TEAM,
        widget=forms.RadioSelect,
        help_text=_("Whoever writes an entry reads it too."),
    )
    chosen = forms.MultipleChoiceField(
        label=_("The persons chosen"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, team: Iterable[CasePlace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(team)
        self.people = {str(place.user_id): place.user for place in rows}
        self.fields["chosen"].choices = people_of(rows)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = tuple(self.people[number] for number in cleaned.get("chosen", ()))
        if cleaned.get("readers") == EntryReaders.CHOSEN and not chosen:
            self.add_error("chosen", _("Choose persons of the team who may read it."))
        cleaned["chosen"] = chosen
        return cleaned


class SetReadersForm(ReadersForm, SeenForm):
    """The readers of an entry that others may have changed."""


class WordsForm(forms.Form):
    """What was said, when and with whom."""

    on = forms.DateField(label=_("Day"), widget=DAY)
    with_whom = forms.CharField(label=_("With whom"), required=False, max_length=300, widget=line())
    text = forms.CharField(label=_("What was said"), widget=prose(7))


class EntryForm(ReadersForm, WordsForm):
    """A new entry in the time line."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in WRITTEN if kind != EntryKind.CONCERN],
        initial=EntryKind.CALL,
        widget=forms.RadioSelect,
    )
    sayable = forms.CharField(
        label=_("What the President’s report may say of it"), required=False, widget=prose(3), help_text=SAID_IN_REPORT
    )
    files = files_field()
    field_order = ["kind", "on", "with_whom", "text", "readers", "chosen", "sayable", "files"]

    def given(self) -> Given:
        told = {name: value for name, value in self.cleaned_data.items() if name != "files"}
        return Given(**told)


class ConcernForm(EntryForm):
    """A concern put to the State: both sides read it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "readers", "chosen"):
            del self.fields[name]
        self.fields["with_whom"].label = _("To whom it was put")
        self.fields["text"].label = _("The concern, as it is put to the State")

    def clean(self) -> dict[str, Any]:
        cleaned = forms.Form.clean(self) or {}
        return cleaned | {"kind": EntryKind.CONCERN, "readers": EntryReaders.ALL}


class EditEntryForm(WordsForm, SeenForm):
    """An entry that others may have changed. The State’s own reply has no day to choose and no other way."""

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["on"], self.fields["with_whom"]
            self.fields["text"].label = _("Your reply")


class SayableForm(SeenForm):
    """What the report may take from an entry."""

    sayable = forms.CharField(
        label=_("What the President’s report may say of it"), required=False, widget=prose(4), help_text=SAID_IN_REPORT
    )


class FilesForm(forms.Form):
    """More files for an entry."""

    files = files_field()


class ReplyForm(SeenForm):
    """The reply of the State concerned: its own, or one that came on another way and is noted for it."""

    on = forms.DateField(label=_("Day on which it came"), widget=DAY)
    came_by = forms.CharField(
        label=_("How it came"), max_length=300, widget=line(), help_text=_("For example a letter of the mission.")
    )
    text = forms.CharField(label=_("The reply"), widget=prose(9))
    files = files_field()

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["on"], self.fields["came_by"]
            self.fields["text"].label = _("Your reply")


class NextForm(PeopleMixin, SeenForm):
    """What happens next, who sees to it, by when."""

    action = forms.CharField(label=_("Next action"), required=False, max_length=300, widget=line())
    owner = forms.ChoiceField(label=_("Whose it is"), required=False)
    due = forms.DateField(label=_("By when"), required=False, widget=DAY)

    def __init__(self, *args: Any, team: Iterable[CasePlace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(team)
        self.people = {str(place.user_id): place.user for place in rows}
        self.fields["owner"].choices = [("", _("Nobody")), *people_of(rows)]  # type: ignore[attr-defined]


class OutcomeForm(SeenForm):
    """How the matter ends or goes on, and why."""

    outcome = forms.ChoiceField(label=pgettext_lazy("matter", "Outcome"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("The reasons"), widget=prose(5), help_text=_("For the team. They stand on top of the matter.")
    )
    for_state = forms.CharField(
        label=_("What the State concerned reads of it"),
        required=False,
        widget=prose(3),
        help_text=_("It then stands in the time line for both sides."),
    )

    def __init__(self, *args: Any, arrows: Iterable[Transition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(one.name, one.label) for one in arrows]  # type: ignore[attr-defined]
