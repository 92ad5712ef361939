"""National resources, and cooperation and assistance: Article 7.1(m) and (n)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.form.editions.e2010.options import ARTICLE, NOTES, RESOURCE_KIND
from reporting.form.need import TREATY, VOLUNTARY
from reporting.form.parts import Field, Section, Table
from reporting.form.values import (
    Choice,
    Country,
    DateRange,
    Email,
    LongText,
    Money,
    Option,
    PartialDate,
    Quantity,
    Text,
)

ARTICLE_LABEL = _("Article")
AMOUNT = _("Amount")
AMOUNT_HELP = _("With its currency, for example 5000 USD.")

CHANNEL = Choice(
    options=(
        Option("united_nations", _("United Nations")),
        Option("ngo", _("Non-governmental organisation")),
        Option("bilateral", _("From State to State")),
        Option("trust_fund", _("Trust fund")),
        Option("red_cross", _("Red Cross and Red Crescent Movement")),
        Option("other", pgettext_lazy("channel of assistance", "Other")),
    )
)

NATIONAL_RESOURCES = Table(
    key="national_resources",
    title=_("National resources"),
    of_period=True,
    guidance=_("What your own country has given to carry out Articles 3, 4 and 5."),
    none_sentence=_("No national resources were given in the period."),
    columns=(
        Field("article", ARTICLE, ARTICLE_LABEL, TREATY, names_row=True),
        Field("kind", RESOURCE_KIND, _("Kind"), TREATY),
        Field("amount", Money(), AMOUNT, TREATY, AMOUNT_HELP, measure="national_resources"),
        Field(
            "description",
            LongText(),
            _("Description"),
            TREATY,
            _("What the money was for, or what was given."),
            names_row=True,
        ),
        Field("dates", DateRange(), _("Year or period"), TREATY),
        Field("notes", LongText(), NOTES, VOLUNTARY),
    ),
)

ASSISTANCE_GIVEN = Table(
    key="assistance_given",
    title=_("Assistance given"),
    of_period=True,
    guidance=_("Help given to other States under Article 6."),
    none_sentence=_("No assistance was given to other States in the period."),
    columns=(
        Field(
            "destination",
            Text(),
            _("Destination"),
            TREATY,
            _("State, region or programme that was helped."),
            names_row=True,
        ),
        Field("destination_state", Country(), _("Destination State"), VOLUNTARY, _("Only if it is one State.")),
        Field("channel", CHANNEL, _("Channel"), VOLUNTARY),
        Field("partner", Text(), _("Through whom"), VOLUNTARY, _("Name of the organisation.")),
        Field("article", ARTICLE, ARTICLE_LABEL, TREATY),
        Field("kind", RESOURCE_KIND, _("Kind"), TREATY),
        Field("amount", Money(), AMOUNT, TREATY, AMOUNT_HELP, measure="assistance_given"),
        Field("description", LongText(), _("Description"), TREATY, _("What the help was for.")),
        Field("dates", DateRange(), _("Period"), TREATY),
    ),
)

ASSISTANCE_RECEIVED = Table(
    key="assistance_received",
    title=_("Assistance received"),
    of_period=True,
    none_sentence=_("No assistance was received in the period."),
    columns=(
        Field("donor", Text(), _("Donor"), VOLUNTARY, _("State or organisation that helped."), names_row=True),
        Field("article", ARTICLE, ARTICLE_LABEL, VOLUNTARY),
        Field("kind", RESOURCE_KIND, _("Kind"), VOLUNTARY),
        Field("amount", Money(), AMOUNT, VOLUNTARY, AMOUNT_HELP, measure="assistance_received"),
        Field("use", LongText(), pgettext_lazy("noun", "Use"), VOLUNTARY, _("What it was used for.")),
        Field("dates", DateRange(), _("Period"), VOLUNTARY),
    ),
)

ASSISTANCE_NEEDED = Table(
    key="assistance_needed",
    title=_("Assistance needed"),
    guidance=_("Article 6.1 gives every State Party the right to ask for help."),
    none_sentence=_("No assistance is needed."),
    columns=(
        Field("article", ARTICLE, ARTICLE_LABEL, VOLUNTARY),
        Field(
            "need", LongText(), pgettext_lazy("noun", "Need"), VOLUNTARY, _("What help you ask for."), names_row=True
        ),
        Field("quantity", Quantity(), _("Quantity"), VOLUNTARY),
        Field("cost", Money(), _("Cost"), VOLUNTARY, AMOUNT_HELP, measure="assistance_needed"),
        Field("needed_by", PartialDate(), _("Needed by"), VOLUNTARY),
        Field("contact", Text(), _("Contact"), VOLUNTARY, _("The office that answers to offers.")),
        Field("email", Email(), _("E-mail"), VOLUNTARY),
    ),
)

RESOURCES_COOPERATION = Section(
    key="resources_cooperation",
    title=_("National resources, cooperation and assistance"),
    paragraphs=("7.1(m)", "7.1(n)"),
    guidance=_(
        "Say what your country has spent itself, what it has given to others, and what help it receives or needs."
    ),
    parts=(NATIONAL_RESOURCES, ASSISTANCE_GIVEN, ASSISTANCE_RECEIVED, ASSISTANCE_NEEDED),
)
