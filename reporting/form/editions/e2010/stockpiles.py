"""Stockpiles and their destruction: Article 7.1(b), (e), (f) and (g)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.form.editions.e2010.options import (
    DESTRUCTION_METHOD,
    LOT_NUMBERS,
    LOT_NUMBERS_HELP,
    MUNITION_TYPE,
    MUNITION_TYPE_HELP,
    NOTES,
    SUBMUNITION_TYPE,
)
from reporting.form.need import ACTION_PLAN, IF_POSSIBLE, TREATY, VOLUNTARY
from reporting.form.parts import Field, Fields, Section, Table
from reporting.form.values import DateRange, Geo, LongText, Money, PartialDate, Quantity, Text, YesNo

STOCKS = Table(
    key="stocks",
    title=_("Cluster munitions held"),
    guidance=_(
        "What you owned or held at the end of the period. One row for each type, or for each lot if you know the lots."
    ),
    none_sentence=_("No cluster munitions are held."),
    columns=(
        Field("munition_type", Text(), MUNITION_TYPE, TREATY, MUNITION_TYPE_HELP, names_row=True),
        Field(
            "munitions",
            Quantity(),
            _("Munitions"),
            TREATY,
            _("How many cluster munitions."),
            measure="stocks_munitions",
        ),
        Field("submunition_type", Text(), SUBMUNITION_TYPE, TREATY, _("What is inside each munition.")),
        Field("submunitions_each", Quantity(), _("Submunitions in each"), TREATY, _("How many one munition holds.")),
        Field(
            "submunitions",
            Quantity(),
            _("Submunitions in all"),
            TREATY,
            _("Munitions times submunitions in each, unless your records say otherwise."),
            product_of=("munitions", "submunitions_each"),
            measure="stocks_submunitions",
        ),
        Field("lot_numbers", Text(), LOT_NUMBERS, IF_POSSIBLE, LOT_NUMBERS_HELP),
        Field("notes", LongText(), NOTES, VOLUNTARY),
    ),
)

LOOSE_SUBMUNITIONS = Table(
    key="loose_submunitions",
    title=_("Submunitions held outside a munition"),
    guidance=_("Submunitions and bomblets that are stored on their own."),
    none_sentence=_("No submunitions are held outside a munition."),
    columns=(
        Field("submunition_type", Text(), SUBMUNITION_TYPE, TREATY, names_row=True),
        Field("submunitions", Quantity(), _("Submunitions"), TREATY, measure="loose_submunitions"),
        Field("lot_numbers", Text(), LOT_NUMBERS, IF_POSSIBLE, LOT_NUMBERS_HELP),
        Field("notes", LongText(), NOTES, VOLUNTARY),
    ),
)

PROGRAMME = Fields(
    key="programme",
    title=_("Destruction programme"),
    fields=(
        Field(
            "status",
            LongText(),
            _("Status and progress"),
            TREATY,
            _("Where the programme stands and what comes next."),
        ),
        Field("method", DESTRUCTION_METHOD, _("Planned method"), TREATY, _("The main one, if there are several.")),
        Field("methods", LongText(), _("Methods in words"), TREATY, _("How the munitions will be destroyed.")),
        Field(
            "standards",
            LongText(),
            _("Safety and environmental standards"),
            TREATY,
            _("Which rules protect people and nature during destruction."),
        ),
        Field("starts", PartialDate(), pgettext_lazy("date", "Start"), ACTION_PLAN),
        Field("ends", PartialDate(), _("Planned end"), ACTION_PLAN, not_before="starts"),
        Field("yearly_rate", Quantity(), _("Munitions destroyed per year"), ACTION_PLAN, _("The pace you plan.")),
        Field("cost", Money(), _("Cost"), ACTION_PLAN, measure="destruction_cost"),
        Field("cost_source", Text(), _("Who pays"), ACTION_PLAN),
        Field(
            "separated_and_marked",
            YesNo(),
            _("Stocks separated and marked for destruction"),
            VOLUNTARY,
            _("Article 3.1 asks to keep them apart from munitions for use."),
        ),
    ),
)

SITES = Table(
    key="destruction_sites",
    title=_("Destruction sites"),
    guidance=_("Every place where munitions are destroyed or will be."),
    none_sentence=_("There are no destruction sites."),
    columns=(
        Field("site", Text(), _("Site"), TREATY, _("Name and nearest town."), names_row=True),
        Field("location", Geo(), _("Location"), IF_POSSIBLE),
        Field("method", DESTRUCTION_METHOD, _("Method"), TREATY),
        Field(
            "standards",
            LongText(),
            _("Safety and environmental standards"),
            TREATY,
            _("Only what differs from the programme."),
        ),
    ),
)

DESTROYED = Table(
    key="destroyed",
    title=_("Destroyed in the period"),
    of_period=True,
    guidance=_("One row for each type, site and method."),
    none_sentence=_("No cluster munitions were destroyed in the period."),
    columns=(
        Field("munition_type", Text(), MUNITION_TYPE, TREATY, MUNITION_TYPE_HELP, names_row=True),
        Field("munitions", Quantity(), _("Munitions"), TREATY, measure="destroyed_munitions"),
        Field("submunition_type", Text(), SUBMUNITION_TYPE, TREATY),
        Field("submunitions", Quantity(), _("Submunitions"), TREATY, measure="destroyed_submunitions"),
        Field("lot_numbers", Text(), LOT_NUMBERS, IF_POSSIBLE, LOT_NUMBERS_HELP),
        Field("method", DESTRUCTION_METHOD, _("Method"), TREATY),
        Field("method_details", Text(), _("Method in words"), VOLUNTARY),
        Field("site", Text(), _("Site"), TREATY),
        Field("standards", Text(), _("Standards met"), TREATY, _("Safety and environmental rules that were kept.")),
        Field("dates", DateRange(), pgettext_lazy("column of dates", "When"), TREATY),
    ),
)

FOUND_LATER = Table(
    key="found_later",
    title=_("Found after destruction was complete"),
    guidance=_("Stocks that came to light after you declared that all had been destroyed."),
    none_sentence=_("No further cluster munitions were found after destruction was complete."),
    columns=(
        Field("munition_type", Text(), MUNITION_TYPE, TREATY, MUNITION_TYPE_HELP, names_row=True),
        Field("munitions", Quantity(), _("Munitions"), TREATY, measure="found_later_munitions"),
        Field("submunition_type", Text(), SUBMUNITION_TYPE, TREATY),
        Field("submunitions", Quantity(), _("Submunitions"), TREATY, measure="found_later_submunitions"),
        Field("lot_numbers", Text(), LOT_NUMBERS, IF_POSSIBLE, LOT_NUMBERS_HELP),
        Field("found_where", Text(), _("Where found"), TREATY),
        Field("found_on", PartialDate(), _("When found"), TREATY, happened=True),
        Field("plan", LongText(), _("Plan for destruction"), TREATY, _("How and where they will be destroyed.")),
        Field(
            "planned_end",
            PartialDate(),
            _("Destroyed by"),
            TREATY,
            _("The day or year you plan for."),
            not_before="found_on",
        ),
    ),
)

STOCKPILES = Section(
    key="stockpiles",
    title=_("Stockpiles and destruction"),
    paragraphs=("7.1(b)", "7.1(e)", "7.1(f)", "7.1(g)"),
    guidance=_(
        "List what you hold, how it will be destroyed, what has been destroyed, and what was found later. "
        "Munitions kept under Article 3.6 belong in the section on retained munitions."
    ),
    parts=(STOCKS, LOOSE_SUBMUNITIONS, PROGRAMME, SITES, DESTROYED, FOUND_LATER),
)
