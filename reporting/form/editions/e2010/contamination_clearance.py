"""Contaminated areas and their clearance: Article 7.1(h) and (i)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.form.editions.e2010.options import NOTES, REMNANT_CLASS
from reporting.form.need import ACTION_PLAN, IF_POSSIBLE, TREATY, VOLUNTARY
from reporting.form.parts import Field, Fields, Section, Table
from reporting.form.values import Area, DateRange, Geo, LongText, PartialDate, Quantity, Text

AREA_ID = pgettext_lazy("name of one contaminated area", "Area")
AREA_ID_HELP = _("Its number or name in your register. Keep it the same every year.")
PROVINCE = _("Province")
DISTRICT = _("District")
VILLAGE = _("Village or place")

_PLACE = (
    Field("area_id", Text(), AREA_ID, IF_POSSIBLE, AREA_ID_HELP, names_row=True),
    Field("province", Text(), PROVINCE, IF_POSSIBLE, names_row=True),
    Field("district", Text(), DISTRICT, IF_POSSIBLE, names_row=True),
    Field("village", Text(), VILLAGE, IF_POSSIBLE, names_row=True),
)


def _contamination(measured: str) -> tuple[Field, ...]:
    return (
        *_PLACE,
        Field("location", Geo(), _("Coordinates"), IF_POSSIBLE, _("A point, or the corners of the area.")),
        Field("size", Area(), _("Size"), IF_POSSIBLE, _("As exactly as you know it."), measure=measured),
        Field("remnant_class", REMNANT_CLASS, _("Class of remnants"), IF_POSSIBLE),
        Field("weapon_type", Text(), _("Type of weapon"), IF_POSSIBLE, _("For example the name of the submunition.")),
        Field(
            "quantity",
            Quantity(),
            _("Estimated number"),
            IF_POSSIBLE,
            _("How many remnants may lie there."),
            measure=f"{measured}_remnants",
        ),
        Field(
            "when_used",
            DateRange(),
            _("When used"),
            IF_POSSIBLE,
            _("A date, a span of years, or unknown."),
            happened=True,
        ),
        Field("notes", LongText(), NOTES, VOLUNTARY),
    )


KNOWN_AREAS = Table(
    key="known_areas",
    title=_("Areas known to be contaminated"),
    guidance=_("Areas where remnants have been found. One row for each area, or for each province with its total."),
    none_sentence=_("No areas are known to be contaminated with cluster munition remnants."),
    columns=_contamination("known_area"),
    own_need=TREATY,
)

SUSPECTED_AREAS = Table(
    key="suspected_areas",
    title=_("Areas suspected to be contaminated"),
    guidance=_("Areas where there is reason to believe that remnants lie."),
    none_sentence=_("No areas are suspected to be contaminated with cluster munition remnants."),
    columns=_contamination("suspected_area"),
    own_need=TREATY,
)

RELEASED = Table(
    key="released",
    title=_("Land released in the period"),
    of_period=True,
    guidance=_("What has been given back, and by which step: survey without clearance, or clearance."),
    none_sentence=_("No land was released in the period."),
    columns=(
        *_PLACE,
        Field(
            "cancelled",
            Area(),
            _("Cancelled by non-technical survey"),
            ACTION_PLAN,
            _("Land found free by asking and looking."),
            measure="area_cancelled",
        ),
        Field(
            "reduced",
            Area(),
            _("Reduced by technical survey"),
            ACTION_PLAN,
            _("Land found free by searching parts of it."),
            measure="area_reduced",
        ),
        Field(
            "cleared",
            Area(),
            pgettext_lazy("land", "Cleared"),
            TREATY,
            _("Land searched and cleared in full."),
            measure="area_cleared",
        ),
        Field("method", Text(), _("Method of clearance"), ACTION_PLAN, _("By hand, by machine, with dogs.")),
        Field("dates", DateRange(), pgettext_lazy("column of dates", "When"), VOLUNTARY),
        Field("notes", LongText(), NOTES, VOLUNTARY),
    ),
    own_need=TREATY,
)

REMNANTS_DESTROYED = Table(
    key="remnants_destroyed",
    title=_("Remnants destroyed in the period"),
    of_period=True,
    guidance=_("One row for each type, in total or for each area."),
    none_sentence=_("No cluster munition remnants were destroyed in the period."),
    columns=(
        Field("weapon_type", Text(), _("Type of weapon"), TREATY, names_row=True),
        Field("remnant_class", REMNANT_CLASS, _("Class of remnants"), TREATY),
        Field("quantity", Quantity(), _("Number destroyed"), TREATY, measure="remnants_destroyed"),
        Field("area_id", Text(), AREA_ID, VOLUNTARY, AREA_ID_HELP),
        Field("method", Text(), _("Method of destruction"), VOLUNTARY),
        Field("notes", LongText(), NOTES, VOLUNTARY),
    ),
)

PROGRAMME = Fields(
    key="programme",
    title=_("Clearance programme"),
    fields=(
        Field(
            "status",
            LongText(),
            _("Status and progress"),
            TREATY,
            _("Where survey and clearance stand, and what was done in the period."),
        ),
        Field(
            "remaining",
            Area(),
            _("Contaminated area that is left"),
            ACTION_PLAN,
            _("Known and suspected together."),
            measure="remaining_area",
        ),
        Field(
            "plan",
            LongText(),
            pgettext_lazy("noun", "Plan"),
            ACTION_PLAN,
            _("What will be surveyed and cleared in each coming year."),
        ),
        Field("planned_end", PartialDate(), _("Planned end"), ACTION_PLAN, _("When the last area will be cleared.")),
        Field("obstacles", LongText(), _("Obstacles"), ACTION_PLAN, _("What slows the work: money, access, security.")),
        Field(
            "standards", LongText(), _("Standards"), ACTION_PLAN, _("National or international standards you follow.")
        ),
        Field(
            "marking",
            LongText(),
            _("Marking and fencing"),
            ACTION_PLAN,
            _("How areas are marked, watched and fenced until they are cleared."),
        ),
    ),
)

OTHER_ORDNANCE = Table(
    key="other_ordnance",
    title=_("Other ordnance destroyed at the same places"),
    none_sentence=_("No other ordnance was destroyed at the same places."),
    columns=(
        Field("type", Text(), _("Type"), VOLUNTARY, names_row=True),
        Field(
            "quantity", Quantity(), _("Number destroyed"), VOLUNTARY, measure="other_ordnance_destroyed", of_period=True
        ),
        Field("notes", LongText(), NOTES, VOLUNTARY),
    ),
)

CONTAMINATION_CLEARANCE = Section(
    key="contamination_clearance",
    title=_("Contaminated areas and clearance"),
    paragraphs=("7.1(h)", "7.1(i)"),
    guidance=_(
        "Say as far as possible where cluster munition remnants lie, how much land that is, and what has been cleared."
    ),
    parts=(KNOWN_AREAS, SUSPECTED_AREAS, RELEASED, REMNANTS_DESTROYED, PROGRAMME, OTHER_ORDNANCE),
)
