"""Clean input about journeys and what is owed for them. Forms never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.forms import DAY, line, prose
from ccm_portal.core.seen import SeenForm
from sponsorship.domain.money import is_whole
from sponsorship.domain.travel import MOST_LEGS, Section
from sponsorship.enums import CURRENCIES, TicketStatus, VisaStatus
from sponsorship.models import Leg, TravelFile

YES_NO = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]
EMPTY_LEGS = 2


class DatesForm(SeenForm):
    """The days of arrival and departure."""

    arrives = forms.DateField(label=_("Arrives on"), required=False, widget=DAY)
    departs = forms.DateField(label=_("Departs on"), required=False, widget=DAY)


class VisaForm(SeenForm):
    """How far the visa is."""

    visa = forms.ChoiceField(label=pgettext_lazy("cost", "Visa"), choices=VisaStatus, widget=forms.RadioSelect)
    visa_applied_on = forms.DateField(label=_("Applied for on"), required=False, widget=DAY)
    visa_note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=line())


class InsuranceForm(SeenForm):
    """From when to when the insurance covers the journey."""

    insured_from = forms.DateField(label=_("From"), required=False, widget=DAY)
    insured_until = forms.DateField(
        label=_("Until"), required=False, widget=DAY, help_text=_("The last day that is insured.")
    )
    insurer = forms.CharField(label=_("Insurer"), max_length=160, required=False, widget=line())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("insured_from"), cleaned.get("insured_until")
        if begins and ends and ends < begins:
            self.add_error("insured_until", _("The end lies before the beginning."))
        return cleaned


class StayForm(SeenForm):
    """Where the person sleeps, and the days for which the allowance is paid."""

    hotel = forms.CharField(label=_("Hotel"), max_length=200, required=False, widget=line())
    nights = forms.IntegerField(label=_("Nights"), min_value=0, max_value=90, required=False)
    days = forms.IntegerField(label=_("Days of allowance"), min_value=0, max_value=90, required=False)


class AccessForm(SeenForm):
    """Whether there are access needs. What they are is sealed."""

    has_access_needs = forms.TypedChoiceField(
        label=_("Are there access needs?"),
        choices=YES_NO,
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        help_text=_("What they are is kept sealed, and read there."),
    )


class TicketForm(SeenForm):
    """What the ticket costs and what became of it."""

    ticket_status = forms.ChoiceField(label=_("Ticket"), choices=TicketStatus, widget=forms.RadioSelect)
    ticket_price = forms.DecimalField(label=_("Price"), min_value=0, max_digits=10, decimal_places=2, required=False)
    ticket_currency = forms.ChoiceField(
        label=_("Currency"), choices=[("", "—"), *((code, code) for code in CURRENCIES)], required=False
    )
    ticket_bought_on = forms.DateField(label=_("Bought on"), required=False, widget=DAY)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        price, currency = cleaned.get("ticket_price"), cleaned.get("ticket_currency")
        if price is not None and currency and not is_whole(price, currency):
            self.add_error("ticket_price", _("This currency has fewer digits behind the point."))
        return cleaned


class RouteForm(SeenForm):
    """The legs of the route: as many rows as there are, and some to add. Rows left empty fall away."""

    def __init__(self, *args: Any, legs: list[Leg], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posted = sum(key.startswith("day_") for key in self.data)
        self.count = min(max(posted, len(legs) + EMPTY_LEGS), MOST_LEGS)
        for number in range(1, self.count + 1):
            leg = legs[number - 1] if number <= len(legs) else None
            self.fields[f"day_{number}"] = forms.DateField(
                label=_("Day"), required=False, widget=DAY, initial=leg and leg.day
            )
            for name, label in (
                ("origin", pgettext_lazy("journey", "From")),
                ("destination", pgettext_lazy("journey", "To")),
                ("carrier", _("Flight, train or road")),
            ):
                self.fields[f"{name}_{number}"] = forms.CharField(
                    label=label, max_length=80, required=False, widget=line(), initial=leg and getattr(leg, name)
                )

    @property
    def rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields, row by row."""
        names = ("day", "origin", "destination", "carrier")
        return [(one, [self[f"{name}_{one}"] for name in names]) for one in range(1, self.count + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for one in range(1, self.count + 1):
            given = [cleaned.get(f"{name}_{one}") for name in ("day", "origin", "destination")]
            spoken_of = any(given) or cleaned.get(f"carrier_{one}")
            if spoken_of and not all(given) and f"day_{one}" not in self.errors:
                self.add_error(f"day_{one}", _("A leg has a day, a beginning and an end."))
        return cleaned

    def legs(self) -> list[Section]:
        """What was typed, in its order."""
        cleaned = self.cleaned_data
        return [
            Section(
                day=cleaned[f"day_{one}"],
                origin=cleaned[f"origin_{one}"],
                destination=cleaned[f"destination_{one}"],
                carrier=cleaned[f"carrier_{one}"],
            )
            for one in range(1, self.count + 1)
            if cleaned[f"day_{one}"]
        ]


class TellVisaForm(SeenForm):
    """What the delegates of the State say of the visa."""

    visa = forms.ChoiceField(label=_("Where the visa stands"), choices=VisaStatus, widget=forms.RadioSelect)
    visa_applied_on = forms.DateField(label=_("Applied for on"), required=False, widget=DAY)


class ComingForm(SeenForm):
    """Whether the person came; why not, and whether that is excused."""

    came = forms.ChoiceField(
        label=_("Did the person come to the meeting?"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why not"), required=False, widget=prose(3))
    excused = forms.TypedChoiceField(
        label=_("Is the absence excused?"),
        choices=[("", _("not decided")), ("yes", _("yes")), ("no", _("no"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        help_text=_("An absence that is not excused counts when the State applies again."),
    )


class DutyForm(SeenForm):
    """What an officer says of a duty."""

    kept = forms.ChoiceField(
        label=_("Was it kept?"),
        choices=[("found", _("As the records of the meeting say")), ("yes", _("yes")), ("no", _("no"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("How you know"), max_length=300, required=False, widget=line())


class ReportForm(SeenForm):
    """The report on the participation."""

    text = forms.CharField(label=_("Your report"), max_length=8000, required=False, widget=prose(12))


FORMS: dict[str, type[SeenForm]] = {
    "dates": DatesForm,
    "visa": VisaForm,
    "insurance": InsuranceForm,
    "stay": StayForm,
    "access": AccessForm,
    "ticket": TicketForm,
}


def initial(travel: TravelFile, part: str) -> dict[str, Any]:
    """What stands in one part of the file, as its form has it, with the version."""
    names = FORMS[part].base_fields
    stands = {name: getattr(travel, name) for name in names if hasattr(travel, name)}
    if part == "ticket":
        stands["ticket_status"] = travel.offer.ticket_status
    if part == "access":
        stands["has_access_needs"] = {True: "yes", False: "no", None: ""}[travel.has_access_needs]
    return stands | {"version": travel.version}
