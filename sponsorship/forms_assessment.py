"""What the pages of assessment and offers send, cleaned. Nothing is stored here."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.forms import prose
from ccm_portal.core.models import State
from ccm_portal.core.seen import SeenForm
from sponsorship.domain.decisions import LONGEST_REASON, Choice
from sponsorship.enums import NomineeStatus
from sponsorship.models import Round

CHOICES = (NomineeStatus.SELECTED, NomineeStatus.WAITING, NomineeStatus.NOT_SELECTED)


class ConflictForm(SeenForm):
    """The States on which somebody does not decide, of those that applied; or none."""

    states = forms.ModelMultipleChoiceField(
        label=_("States on which you do not decide"),
        queryset=State.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none if you have no conflict."),
    )
    reason = forms.CharField(label=_("Why"), required=False, max_length=2000, widget=prose(3))

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        applied = State.objects.filter(
            sponsorship_applications__round=round, sponsorship_applications__endorsed_at__isnull=False
        )
        field: Any = self.fields["states"]
        field.queryset = applied.distinct().order_by("name_en")
        field.label_from_instance = lambda state: state.name


class ScoreForm(SeenForm):
    """A score, with the reason."""

    points = forms.TypedChoiceField(
        label=_("Points"),
        coerce=int,
        choices=[(number, str(number)) for number in range(11)],
        widget=forms.RadioSelect,
        help_text=_("0 is the least, 10 the most."),
    )
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=prose(4))


class AnnounceForm(SeenForm):
    """What is said with the decision, to everybody who applied."""

    text = forms.CharField(label=_("Words to all who applied"), required=False, max_length=4000, widget=prose(5))


class ReplyForm(SeenForm):
    """What a State, or an officer for it, says to an offer: the button pressed says what."""

    act = forms.ChoiceField(
        choices=[("accept", ""), ("decline", ""), ("withdraw", "")],
        widget=forms.HiddenInput,
        required=True,
        error_messages={"required": _("Accept or decline.")},
    )
    note = forms.CharField(label=_("Why"), required=False, max_length=2000, widget=prose(3))

    def __init__(self, *args: Any, on_behalf: bool = False, withdraws: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if on_behalf:
            self.fields["note"].label = _("Where the State said it")
        elif not withdraws:
            self.fields["note"].label = _("Why, if you decline")


class ChoicesForm(SeenForm):
    """The choices of a whole ranking. Its rows are drawn by the page: three hundred are too many for fields."""

    def choices(self) -> Iterator[Choice]:
        """What was sent, row by row; whoever has no choice yet keeps none."""
        for name, value in self.data.items():
            if name.startswith("choice-") and value in CHOICES:
                pk = name.removeprefix("choice-")
                number = str(self.data.get(f"place-{pk}", "")).strip()
                yield Choice(
                    nominee=pk,
                    status=NomineeStatus(value),
                    waiting=int(number) if number.isascii() and number.isdigit() and len(number) < 5 else None,
                    reason=str(self.data.get(f"reason-{pk}", "")),
                )

    def clean(self) -> dict[str, Any]:
        long = any(name.startswith("reason-") and len(text) > LONGEST_REASON for name, text in self.data.items())
        if long:
            self.add_error(None, _("A reason has at most 1,000 characters."))
        return self.cleaned_data
