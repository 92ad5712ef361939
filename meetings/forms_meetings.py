"""What the pages that run a meeting send, cleaned. Nothing is stored here."""

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.enums import Known
from ccm_portal.core.forms import DAY, prose
from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import is_iso_staff
from ccm_portal.core.seen import SeenForm
from committees.enums import BodyNature
from committees.models import Body
from meetings.domain.convening import CLOSED_KINDS, CONVENED_KINDS, LONGEST, Facts, Place
from meetings.domain.sittings import Hours
from meetings.domain.venues import LONGEST as LONGEST_OFFER
from meetings.domain.words import span_text
from meetings.enums import FORMAL_KINDS, MeetingAudience, MeetingFormat, MeetingKind, Office
from meetings.models import Meeting, NeighbourMeeting
from meetings.rules import run_bodies

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
FIXED_AUDIENCE = {*CLOSED_KINDS, *FORMAL_KINDS, MeetingKind.PREPARATORY, MeetingKind.INTERSESSIONAL}


class HostField(forms.ModelChoiceField):
    """A State; those affected by cluster munitions are marked."""

    def label_from_instance(self, obj: State) -> str:
        if obj.affected == Known.YES:
            return _now("%(state)s (affected by cluster munitions)") % {"state": obj.name}
        return obj.name


class NeighboursField(forms.ModelMultipleChoiceField):
    """Meetings of related instruments, each with its days."""

    def label_from_instance(self, obj: NeighbourMeeting) -> str:
        return f"{obj.title} · {span_text(obj.starts, obj.ends, obj.precision)}"


class BodiesField(forms.ModelMultipleChoiceField):
    """Bodies, each with its kind: a committee and a theme may have one name."""

    def label_from_instance(self, obj: Body) -> str:
        return f"{obj.name} · {obj.kind.name}"


class PlaceForm(SeenForm):
    """Where a part is held."""

    format = forms.ChoiceField(label=_("Format"), choices=MeetingFormat.choices, widget=forms.RadioSelect)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    host = HostField(
        label=_("Host"),
        queryset=State.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("Where possible a State affected by cluster munitions: such hosts are marked."),
    )
    venue = forms.CharField(label=_("Building and room"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = State.objects.by_name()  # type: ignore[attr-defined]

    def place(self) -> Place:
        told = self.cleaned_data
        return Place(format=told["format"], city=told["city"], host=told["host"], venue=told["venue"])


class DaysForm(SeenForm):
    """A run of days."""

    starts = forms.DateField(label=_("First day"), widget=DAY)
    ends = forms.DateField(label=_("Last day"), widget=DAY)


class PartForm(DaysForm, PlaceForm):
    """One more run of days, and where."""

    field_order = ["version", "starts", "ends", "format", "city", "host", "venue"]


class MoveForm(DaysForm):
    """Other days, and why."""

    reason = forms.CharField(
        label=_("Why they move"),
        max_length=300,
        required=False,
        help_text=_("Everybody reads it beside the old days."),
    )
    basis = forms.CharField(
        label=_("Basis"), max_length=300, required=False, help_text=_("For example: silence procedure, 20 May 2027.")
    )


class CancelForm(SeenForm):
    """Why a meeting is called off."""

    note = forms.CharField(label=_("Why it is called off"), max_length=300, help_text=_("Everybody reads it."))


class HoursForm(SeenForm):
    """A sitting, as the clocks at the venue show it."""

    day = forms.ChoiceField(label=_("Day"))
    begins = forms.TimeField(label=_("Begins"), widget=CLOCK)
    ends = forms.TimeField(label=_("Ends"), widget=CLOCK)
    which = forms.TypedChoiceField(
        label=_("If an hour comes twice"),
        choices=[("", _("It does not")), ("0", _("The first is meant")), ("1", _("The second is meant"))],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only on the night on which the clocks are put back."),
    )
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    note = forms.CharField(label=_("Note"), max_length=160, required=False)

    def __init__(self, *args: Any, days: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = days  # type: ignore[attr-defined]

    def hours(self) -> Hours:
        told = self.cleaned_data
        return Hours(
            day=date.fromisoformat(told["day"]),
            begins=told["begins"],
            ends=told["ends"],
            room=told["room"],
            note=told["note"],
            which=told["which"],
        )


class OfficerForm(SeenForm):
    """An office, the State that holds it, the person under it."""

    office = forms.ChoiceField(label=_("Office"), choices=Office.choices)
    state = forms.ModelChoiceField(
        label=_("State"), queryset=State.objects.none(), required=False, empty_label=_("none")
    )
    name = forms.CharField(
        label=_("Person"), max_length=120, required=False, help_text=_("Everybody reads it. Only with their consent.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].queryset = State.objects.by_name()  # type: ignore[attr-defined]


class VenueForm(forms.Form):
    """An offer to host, or a place that is proposed."""

    host = HostField(label=_("Host"), queryset=State.objects.none(), empty_label=_("Choose"))
    city = forms.CharField(label=_("City"), max_length=80)
    venue = forms.CharField(label=_("Building and room"), max_length=200, required=False)
    text = forms.CharField(label=_("What speaks for it"), max_length=LONGEST_OFFER, required=False, widget=prose(4))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = State.objects.by_name()
        mine = every if is_iso_staff(user, None) else every.filter(pk__in=user.state_ids)
        if not is_iso_staff(user, None) and len(user.state_ids) == 1:
            self.fields["host"].empty_label = None  # type: ignore[attr-defined]
        self.fields["host"].queryset = mine  # type: ignore[attr-defined]


class MeetingForm(SeenForm):
    """What is said of a meeting; only the fields that its kind has."""

    ordinal = forms.IntegerField(
        label=_("Which one"), min_value=1, max_value=99, help_text=_("14 for the Fourteenth Meeting of States Parties.")
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("In the language in which the meeting is convened.")
    )
    parent = forms.ModelChoiceField(label=_("Which meeting it prepares"), queryset=Meeting.objects.none())
    convened_by = BodiesField(label=_("Convened by"), queryset=Body.objects.none(), widget=forms.CheckboxSelectMultiple)
    audience = forms.ChoiceField(
        label=_("Open to"),
        choices=MeetingAudience.choices,
        widget=forms.RadioSelect,
        help_text=_("Of a meeting for members alone nobody else learns that it is held."),
    )
    with_states = forms.ModelMultipleChoiceField(
        label=_("With which States"),
        queryset=State.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    joint_with = NeighboursField(
        label=_("Together with a meeting of another convention"),
        queryset=NeighbourMeeting.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_formal = forms.BooleanField(label=_("A formal meeting"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages in which it works"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone at the venue"), help_text=_("Hours are given and shown in it. Sittings keep their hours.")
    )
    symbol_stem = forms.CharField(
        label=_("Symbol of its papers"), max_length=40, required=False, help_text=_("For example CCM/MSP/2027.")
    )
    about = forms.CharField(label=_("What it is about"), max_length=LONGEST, required=False, widget=prose(4))

    def __init__(self, *args: Any, kind: str, user: User, around: date, on: date, **kwargs: Any) -> None:
        """``around``: meetings of other conventions are offered from its year and the next, unless over ``on`` a day;
        those that were chosen stay."""
        super().__init__(*args, **kwargs)
        self.kind, self.user = kind, user
        for name in _not_asked(kind, user):
            if name in self.fields:
                del self.fields[name]
        self._offer("parent", Meeting.objects.filter(kind__in=FORMAL_KINDS).order_by("-starts"))
        self._offer("with_states", State.objects.by_name())
        near = NeighbourMeeting.objects.filter(
            Q(starts__year__in=[around.year, around.year + 1], ends__gte=on)
            | Q(pk__in=[one.pk for one in self.initial.get("joint_with", [])])
        )
        self._offer("joint_with", near.order_by("starts", "title"))
        first = Case(
            When(kind__nature=BodyNature.COMMITTEE, then=0), When(kind__nature=BodyNature.THEME, then=2), default=1
        )
        bodies = Body.objects.select_related("kind").order_by(first, "position")
        self._offer("convened_by", bodies if is_iso_staff(user, None) else bodies.filter(pk__in=run_bodies(user)))
        zones = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone]
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]
        if "title" in self.fields:
            self.fields["title"].required = kind not in FORMAL_KINDS
        if "convened_by" in self.fields:
            self.fields["convened_by"].required = kind in CONVENED_KINDS
        if kind == MeetingKind.LEADERS:
            self.fields["joint_with"].required = True
        self._fold("convened_by", _now("Themes"), lambda body: body.kind.nature == BodyNature.THEME)
        self._fold("joint_with", _now("Meetings of related instruments"), lambda _one: True)

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        if name in self.fields:
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def _fold(self, name: str, label: str, is_folded: Callable[[Any], bool]) -> None:
        """Fold the last of a long list of boxes away, unless one of them is ticked or one is asked for."""
        if name not in self.fields:
            return
        field: Any = self.fields[name]
        rows = list(field.queryset)
        shown = sum(1 for row in rows if not is_folded(row))
        if shown == len(rows) or (not shown and field.required):
            return
        ticked = {str(getattr(one, "pk", one)) for one in self[name].value() or []}
        field.shown, field.folded, field.folded_label = f":{shown}", f"{shown}:", label
        field.folded_open = any(str(row.pk) in ticked for row in rows[shown:])

    def facts(self) -> Facts:
        told = self.cleaned_data
        return Facts(
            kind=self.kind,
            ordinal=told.get("ordinal"),
            title=told.get("title", ""),
            parent=told.get("parent"),
            is_formal=told.get("is_formal", False),
            audience=told.get("audience") or MeetingAudience.OPEN,
            convened_by=list(told.get("convened_by") or []),
            with_states=list(told.get("with_states") or []),
            joint_with=list(told.get("joint_with") or []),
            languages=told["languages"],
            time_zone=told["time_zone"],
            about=told["about"],
            symbol_stem=told.get("symbol_stem", ""),
        )


def _not_asked(kind: str, user: User) -> set[str]:
    """The fields that a kind of meeting does not have, or that follow from it."""
    gone = set()
    if kind in FORMAL_KINDS:
        gone |= {"title", "is_formal", "parent", "with_states"}
    else:
        gone |= {"ordinal"}
    if kind != MeetingKind.PREPARATORY:
        gone |= {"parent"}
    if kind != MeetingKind.BILATERAL:
        gone |= {"with_states"}
    if kind in FIXED_AUDIENCE:
        gone |= {"audience"}
    if kind in CLOSED_KINDS:
        gone |= {"joint_with", "is_formal", "symbol_stem"}
    return gone


class NewMeetingForm(PartForm, MeetingForm):
    """A meeting with its first run of days and its place."""

    field_order = [
        "ordinal", "title", "parent", "convened_by", "starts", "ends", "format", "city", "host", "venue", "time_zone",
        "audience", "with_states", "joint_with", "is_formal", "languages", "symbol_stem", "about", "version",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
