"""Victim assistance: Article 7.1(k) and Article 5."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.form.editions.e2010.options import NOTES
from reporting.form.need import ACTION_PLAN, TREATY, VOLUNTARY
from reporting.form.parts import Field, Fields, Section, Table
from reporting.form.values import Choice, DateRange, Email, LongText, Money, Option, PartialDate, Quantity, Text, YesNo

PROGRESS = Fields(
    key="progress",
    title=_("Status and progress"),
    fields=(
        Field(
            "status",
            LongText(),
            _("Status and progress"),
            TREATY,
            _("What is being done for victims, their families and communities under Article 5."),
        ),
        Field(
            "data_collection",
            LongText(),
            _("Collection of data"),
            TREATY,
            _("Who collects data on victims and their needs, how, and since when."),
        ),
        Field(
            "disaggregation",
            YesNo(),
            _("Data tell sex, age and disability"),
            ACTION_PLAN,
            _("Yes if the figures can be told apart by all three."),
        ),
    ),
)

STATUS_OF_PERSON = Choice(
    options=(
        Option("civilian", pgettext_lazy("status of a person", "Civilian")),
        Option("military", pgettext_lazy("status of a person", "Military")),
        Option("deminer", pgettext_lazy("status of a person", "Deminer")),
        Option("unknown", pgettext_lazy("status of a person", "Not known")),
    )
)

COUNTED = Choice(
    options=(
        Option("new", _("New in the period")),
        Option("cumulative", _("All so far")),
    )
)

HARM = Choice(
    options=(
        Option("killed", pgettext_lazy("casualties", "Killed")),
        Option("injured", pgettext_lazy("casualties", "Injured")),
    )
)

CASUALTIES = Table(
    key="casualties",
    title=_("Casualties"),
    of_period={"counted": "new"},
    guidance=_("One row for the killed and one for the injured; more rows if you count civilians and others apart."),
    none_sentence=_("No casualties of cluster munitions are known."),
    columns=(
        Field(
            "counted",
            COUNTED,
            _("Which casualties"),
            ACTION_PLAN,
            _("Those of this period, or all until now."),
            names_row=True,
        ),
        Field("harm", HARM, _("Killed or injured"), ACTION_PLAN, names_row=True),
        Field("person_status", STATUS_OF_PERSON, _("Civilian or other"), ACTION_PLAN),
        Field("girls", Quantity(), _("Girls"), ACTION_PLAN, measure="casualties_{counted}_{harm}_girls"),
        Field("boys", Quantity(), _("Boys"), ACTION_PLAN, measure="casualties_{counted}_{harm}_boys"),
        Field("women", Quantity(), _("Women"), ACTION_PLAN, measure="casualties_{counted}_{harm}_women"),
        Field("men", Quantity(), _("Men"), ACTION_PLAN, measure="casualties_{counted}_{harm}_men"),
        Field(
            "not_known",
            Quantity(),
            _("Sex or age not known"),
            ACTION_PLAN,
            measure="casualties_{counted}_{harm}_not_known",
        ),
        Field(
            "total",
            Quantity(),
            _("Total"),
            ACTION_PLAN,
            measure="casualties_{counted}_{harm}_total",
            sum_of=("girls", "boys", "women", "men", "not_known"),
        ),
        Field(
            "dates",
            DateRange(),
            pgettext_lazy("column of dates", "When"),
            VOLUNTARY,
            _("The time these casualties were counted in."),
        ),
        Field("notes", LongText(), NOTES, VOLUNTARY),
    ),
)

INDIRECT_VICTIMS = Fields(
    key="indirect_victims",
    title=_("Families and communities"),
    guidance=_("The Convention also counts those as victims who suffer through another person's death or injury."),
    fields=(
        Field("families", Quantity(), _("Affected families"), ACTION_PLAN, measure="affected_families"),
        Field("communities", Quantity(), _("Affected communities"), ACTION_PLAN, measure="affected_communities"),
        Field("description", LongText(), _("How they are affected"), VOLUNTARY),
    ),
)

POLICY = Fields(
    key="policy",
    title=_("Needs, laws and plan"),
    fields=(
        Field(
            "needs_assessment",
            LongText(),
            _("Assessment of needs"),
            ACTION_PLAN,
            _("When and how the needs of victims were found out, and the result."),
        ),
        Field("laws", LongText(), _("Laws and policies"), ACTION_PLAN, _("Those that secure the rights of victims.")),
        Field("plan", LongText(), _("National plan"), ACTION_PLAN, _("Its name, and how it fits into other plans.")),
        Field("plan_dates", DateRange(), _("Time of the plan"), ACTION_PLAN),
        Field("budget", Money(), _("Budget of the plan"), ACTION_PLAN, measure="victim_plan_budget"),
        Field("resources", LongText(), _("Resources"), ACTION_PLAN, _("Money and means found at home and abroad.")),
        Field(
            "participation",
            LongText(),
            _("Participation of victims"),
            ACTION_PLAN,
            _("How victims and their organisations are consulted and take part."),
        ),
        Field("good_practice", LongText(), _("Good practice"), VOLUNTARY, _("What worked and may help others.")),
    ),
)

FOCAL_POINT = Fields(
    key="focal_point",
    title=_("Focal point"),
    guidance=_("Article 5 asks for one office in the government that sees to victim assistance."),
    fields=(
        Field("organisation", Text(), _("Organisation"), ACTION_PLAN),
        Field("role", Text(), _("Role"), VOLUNTARY),
        Field("phone", Text(), _("Telephone"), VOLUNTARY),
        Field("email", Email(), _("E-mail"), VOLUNTARY),
        Field("designated", PartialDate(), pgettext_lazy("date", "Since"), VOLUNTARY, happened=True),
    ),
)

SERVICE = Choice(
    options=(
        Option("medical", _("Medical care")),
        Option("rehabilitation", _("Physical rehabilitation")),
        Option("psychological", _("Psychological support")),
        Option("social", _("Social inclusion")),
        Option("economic", _("Economic inclusion")),
        Option("other", pgettext_lazy("kind of service", "Other")),
    )
)

SERVICES = Table(
    key="services",
    title=_("Services"),
    guidance=_("One row for each service, or for each provider."),
    none_sentence=_("No services for victims are provided."),
    columns=(
        Field("service", SERVICE, _("Service"), VOLUNTARY, names_row=True),
        Field(
            "provider",
            Text(),
            _("Provider"),
            VOLUNTARY,
            _("Hospital, centre or organisation, and its place."),
            names_row=True,
        ),
        Field(
            "girls",
            Quantity(),
            _("Girls"),
            ACTION_PLAN,
            _("How many girls were served."),
            measure="served_girls",
            of_period=True,
        ),
        Field(
            "boys",
            Quantity(),
            _("Boys"),
            ACTION_PLAN,
            _("How many boys were served."),
            measure="served_boys",
            of_period=True,
        ),
        Field(
            "women",
            Quantity(),
            _("Women"),
            ACTION_PLAN,
            _("How many women were served."),
            measure="served_women",
            of_period=True,
        ),
        Field(
            "men",
            Quantity(),
            _("Men"),
            ACTION_PLAN,
            _("How many men were served."),
            measure="served_men",
            of_period=True,
        ),
        Field(
            "total",
            Quantity(),
            _("People served in all"),
            ACTION_PLAN,
            measure="served_total",
            of_period=True,
            sum_of=("girls", "boys", "women", "men"),
        ),
        Field(
            "with_disability",
            Quantity(),
            _("Of these, persons with disabilities"),
            ACTION_PLAN,
            part_of="total",
            measure="served_with_disability",
            of_period=True,
        ),
        Field("gaps", LongText(), _("Gaps"), VOLUNTARY, _("What is missing, and where.")),
        Field("notes", LongText(), NOTES, VOLUNTARY),
    ),
)

VICTIM_ASSISTANCE = Section(
    key="victim_assistance",
    title=_("Victim assistance"),
    paragraphs=("7.1(k)",),
    guidance=_("Say what has been done for cluster munition victims, and how data on them are collected."),
    parts=(PROGRESS, CASUALTIES, INDIRECT_VICTIMS, POLICY, FOCAL_POINT, SERVICES),
)
