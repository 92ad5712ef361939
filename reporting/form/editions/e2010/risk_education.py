"""Risk education and warning: Article 7.1(j)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.form.editions.e2010.options import NOTES
from reporting.form.need import ACTION_PLAN, TREATY, VOLUNTARY
from reporting.form.parts import Field, Fields, Section, Table
from reporting.form.values import DateRange, LongText, Quantity, Text

ACTIVITIES = Table(
    key="activities",
    title=_("Risk education"),
    of_period=True,
    guidance=_("One row for each activity or each area."),
    none_sentence=_("No risk education took place in the period."),
    columns=(
        Field("activity", Text(), _("Activity"), TREATY, _("What was done."), names_row=True),
        Field("method", Text(), _("Method"), TREATY, _("For example lessons at school, radio, visits.")),
        Field("place", Text(), _("Place"), TREATY, _("Province, district or the whole country.")),
        Field("carried_out_by", Text(), _("Carried out by"), VOLUNTARY),
        Field(
            "target_group",
            Text(),
            _("Target group"),
            ACTION_PLAN,
            _("For example farmers, children, displaced people."),
        ),
        Field(
            "girls",
            Quantity(),
            _("Girls"),
            ACTION_PLAN,
            _("How many girls were reached."),
            measure="risk_education_girls",
        ),
        Field(
            "boys", Quantity(), _("Boys"), ACTION_PLAN, _("How many boys were reached."), measure="risk_education_boys"
        ),
        Field(
            "women",
            Quantity(),
            _("Women"),
            ACTION_PLAN,
            _("How many women were reached."),
            measure="risk_education_women",
        ),
        Field("men", Quantity(), _("Men"), ACTION_PLAN, _("How many men were reached."), measure="risk_education_men"),
        Field(
            "total",
            Quantity(),
            _("People reached in all"),
            ACTION_PLAN,
            _("If girls, boys, women and men are not counted apart, this alone."),
            measure="risk_education_total",
            sum_of=("girls", "boys", "women", "men"),
        ),
        Field("dates", DateRange(), pgettext_lazy("column of dates", "When"), VOLUNTARY),
        Field("notes", LongText(), NOTES, VOLUNTARY),
    ),
    own_need=TREATY,
)

WARNING = Fields(
    key="warning",
    title=_("Warning and programme"),
    fields=(
        Field(
            "measures",
            LongText(),
            _("Warning of the population"),
            TREATY,
            _("How people near contaminated areas are warned at once and in a way that works."),
        ),
        Field("signs", LongText(), _("Signs and marking"), TREATY, _("Which signs warn, and how they are kept up.")),
        Field(
            "integration",
            LongText(),
            _("Link to other work"),
            ACTION_PLAN,
            _("How risk education goes together with clearance, schools, health and protection."),
        ),
        Field("further", LongText(), _("Further information"), VOLUNTARY),
    ),
)

RISK_EDUCATION = Section(
    key="risk_education",
    title=_("Warning and risk education"),
    paragraphs=("7.1(j)",),
    guidance=_("Say how people living with cluster munition remnants are warned and taught to stay safe."),
    parts=(ACTIVITIES, WARNING),
)
