"""Conversion and decommissioning of production facilities: Article 7.1(d)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.form.editions.e2010.options import NOTES
from reporting.form.need import IF_POSSIBLE, TREATY, VOLUNTARY
from reporting.form.parts import Field, Section, Table
from reporting.form.values import Choice, LongText, Option, PartialDate, Text

PROGRAMME = Choice(
    options=(
        Option("conversion", _("Conversion to other production")),
        Option("decommissioning", _("Decommissioning")),
    )
)

STATUS = Choice(
    options=(
        Option("planned", pgettext_lazy("status of a programme", "Planned")),
        Option("ongoing", pgettext_lazy("status of a programme", "Under way")),
        Option("done", pgettext_lazy("status of a programme", "Complete")),
    )
)

FACILITIES = Table(
    key="facilities",
    title=_("Production facilities"),
    guidance=_("Every plant that has made cluster munitions or parts made for them only."),
    none_sentence=_("There are no production facilities to convert or decommission."),
    columns=(
        Field("facility", Text(), _("Facility"), TREATY, _("Its name, or the company."), names_row=True),
        Field("location", Text(), _("Place"), IF_POSSIBLE, _("Town and province.")),
        Field("produced", Text(), _("What it produced"), TREATY),
        Field("programme", PROGRAMME, _("Conversion or decommissioning"), TREATY),
        Field("status", STATUS, pgettext_lazy("status of a programme", "Status"), TREATY),
        Field(
            "completed",
            PartialDate(),
            pgettext_lazy("date", "Completed"),
            TREATY,
            _("The day, or the day you plan for."),
        ),
        Field("progress", LongText(), _("Progress"), TREATY, _("What has been done, and what the plant makes now.")),
        Field("notes", LongText(), NOTES, VOLUNTARY),
    ),
)

CONVERSION = Section(
    key="conversion",
    title=_("Conversion of production facilities"),
    paragraphs=("7.1(d)",),
    guidance=_("Say what became of the plants that made cluster munitions."),
    parts=(FACILITIES,),
)
