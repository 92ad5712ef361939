"""What the pages of a request send, cleaned. Nothing is stored here."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.models import StateClock
from ccm_portal.core.seen import SeenForm
from compliance.domain.request_drafts import EXTENDABLE, LONGEST, Offer
from compliance.enums import Access
from compliance.models import clock_slug

EMPTY_ROWS = 3  # of benchmarks, below those that are there


def _clocks(state_id: int) -> list[tuple[str, str]]:
    found = StateClock.objects.filter(state=state_id, clock__in=EXTENDABLE).order_by("clock", "key")
    return [(clock_slug(one), f"{one.get_clock_display()} {one.cause}".strip()) for one in found]


class BeginForm(forms.Form):
    """Which of the State's clocks the request is about, and the language in which it is written."""

    clock = forms.ChoiceField(label=_("Which time limit"), choices=[])
    language = forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, state_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clock"].choices = _clocks(state_id)  # type: ignore[attr-defined]


class IntentForm(forms.Form):
    """A State says that it will ask for more time."""

    clock = forms.ChoiceField(label=_("Which time limit"), choices=[])
    on = forms.DateField(label=_("Said on"), widget=DAY)
    source = forms.CharField(
        label=_("Where it was said"),
        max_length=300,
        required=False,
        widget=line(),
        help_text=_("A statement, a report, a letter. With a source, everybody can read of the intent."),
    )

    def __init__(self, *args: Any, state_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clock"].choices = _clocks(state_id)  # type: ignore[attr-defined]


class OfficeIntentForm(forms.Form):
    """The ISO notes what a State said, with where it said so."""

    clock = forms.ModelChoiceField(
        label=_("Which time limit"),
        queryset=StateClock.objects.filter(clock__in=EXTENDABLE)
        .select_related("state")
        .order_by("state__name_en", "clock", "key"),
    )
    on = forms.DateField(label=_("Said on"), widget=DAY)
    source = forms.CharField(
        label=_("Where it was said"), max_length=300, widget=line(), help_text=_("Everybody reads it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clock"].label_from_instance = lambda one: f"{one.state.name} · {one.get_clock_display()}"  # type: ignore[attr-defined]


class SectionForm(SeenForm):
    """One section of the draft."""

    text = forms.CharField(label=_("Your text"), required=False, max_length=LONGEST, widget=prose(14))


class DurationForm(SectionForm):
    """The duration: the day, and why that day. Without the day the request cannot be lodged."""

    day = forms.DateField(label=_("Until which day you ask for more time"), required=False, widget=DAY)
    field_order = ["day", "text", "version"]


class BenchmarksForm(SeenForm):
    """What will be reached by which day: as many rows as there are, and some to add."""

    def __init__(self, *args: Any, offers: list[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posted = [key for key in self.data if key.startswith("text_")]
        count = min(max(len(posted), len(offers) + EMPTY_ROWS), 60)
        for number in range(1, count + 1):
            known = offers[number - 1] if number <= len(offers) else None
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("What will be reached"),
                required=False,
                max_length=1000,
                widget=prose(2),
                initial=known and known.text,
            )
            self.fields[f"due_{number}"] = forms.DateField(
                label=pgettext_lazy("benchmark", "By which day"),
                required=False,
                widget=DAY,
                initial=known and known.due,
            )
        self.count = count

    @property
    def rows(self) -> list[tuple[int, Any, Any]]:
        """The fields, row by row."""
        return [(one, self[f"text_{one}"], self[f"due_{one}"]) for one in range(1, self.count + 1)]

    def offers(self) -> list[Offer]:
        cleaned = self.cleaned_data
        return [Offer(cleaned[f"text_{one}"], cleaned[f"due_{one}"]) for one in range(1, self.count + 1)]


class AnnexForm(forms.Form):
    """An annex of the draft."""

    title = forms.CharField(label=_("Title"), max_length=200, widget=line())
    language = forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES)
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("PDF, pictures, plain text, Word, Excel or OpenDocument, at most 25 MB."),
    )


class InviteToDraftForm(forms.Form):
    """Whom to let into the draft, and what they may do."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("The address of an account. Whoever has none is invited by the ISO first."),
    )
    acts_for = forms.CharField(label=_("Comes from"), max_length=160, required=False, widget=line())
    access = forms.ChoiceField(
        label=_("What they may do"),
        choices=[(Access.READ.value, Access.READ.label), (Access.WRITE.value, Access.WRITE.label)],
        widget=forms.RadioSelect,
        initial=Access.READ,
    )


class LodgeForm(forms.Form):
    """The request as it was read on this page; of a revision, why."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(
        label=_("What the new version changes, and why"),
        required=False,
        widget=prose(4),
        help_text=_("Everybody reads it."),
    )


class WithdrawRequestForm(SeenForm):
    """A request is taken back."""

    reason = forms.CharField(label=_("Why"), required=False, widget=prose(3))
