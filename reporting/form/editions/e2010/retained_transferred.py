"""Munitions retained, acquired and transferred: Article 3, paragraphs 6 to 8."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.form.editions.e2010.options import (
    LOT_NUMBERS,
    LOT_NUMBERS_HELP,
    MUNITION_TYPE,
    MUNITION_TYPE_HELP,
    NOTES,
    SUBMUNITION_TYPE,
)
from reporting.form.need import IF_POSSIBLE, TREATY, VOLUNTARY
from reporting.form.parts import Field, Section, Table
from reporting.form.values import Choice, Country, LongText, Option, PartialDate, Quantity, Text, YesNo

PURPOSE = Choice(
    options=(
        Option("detection", _("Training in detection")),
        Option("clearance", _("Training in clearance")),
        Option("destruction_training", _("Training in destruction")),
        Option("techniques", _("Development of techniques")),
        Option("counter_measures", _("Counter-measures")),
        Option("several", _("Several of these purposes")),
    )
)

TRANSFER_PURPOSE = Choice(
    options=(
        Option("destruction", _("Destruction")),
        Option("training", _("Training and development (Article 3.6)")),
    )
)


def _weapons(measured: str) -> tuple[Field, ...]:
    return (
        Field("munition_type", Text(), MUNITION_TYPE, TREATY, MUNITION_TYPE_HELP, names_row=True),
        Field("munitions", Quantity(), _("Munitions"), TREATY, measure=f"{measured}_munitions"),
        Field("submunition_type", Text(), SUBMUNITION_TYPE, TREATY),
        Field("submunitions", Quantity(), _("Submunitions"), TREATY, measure=f"{measured}_submunitions"),
        Field("lot_numbers", Text(), LOT_NUMBERS, IF_POSSIBLE, LOT_NUMBERS_HELP),
    )


def _use(measured: str) -> tuple[Field, ...]:
    return (
        Field("purpose", PURPOSE, _("Purpose"), TREATY),
        Field("planned_use", LongText(), _("Planned use"), TREATY, _("What they will be used for, and when.")),
        Field("actual_use", LongText(), _("Actual use"), TREATY, _("What was done with them in the period.")),
        Field(
            "consumed",
            Quantity(),
            _("Used up in the period"),
            TREATY,
            _("How many of the submunitions."),
            measure=f"{measured}_consumed",
            of_period=True,
        ),
        Field("institution", Text(), _("Institution"), VOLUNTARY, _("Who keeps them.")),
        Field("inert", YesNo(), _("Free from explosives"), VOLUNTARY, _("Yes if they are inert.")),
    )


RETAINED = Table(
    key="retained",
    title=pgettext_lazy("munitions", "Retained"),
    guidance=_("What you keep under Article 3.6. Submunitions must be the least that is needed."),
    none_sentence=_("No cluster munitions are retained."),
    columns=(*_weapons("retained"), *_use("retained"), Field("notes", LongText(), NOTES, VOLUNTARY)),
)

ACQUIRED = Table(
    key="acquired",
    title=_("Acquired in the period"),
    of_period=True,
    guidance=_("What came to you in the period, from inside the country or from abroad."),
    none_sentence=_("No cluster munitions were acquired in the period."),
    columns=(
        *_weapons("acquired"),
        *_use("acquired"),
        Field("received_from", Text(), _("Received from"), TREATY, _("The State or the institution that gave them.")),
        Field("received_on", PartialDate(), _("Date"), TREATY),
        Field("notes", LongText(), NOTES, VOLUNTARY),
    ),
)

TRANSFERRED = Table(
    key="transferred",
    title=_("Transferred in the period"),
    of_period=True,
    guidance=_("Munitions handed to another State Party. Article 3.7 allows no other receiver."),
    none_sentence=_("No cluster munitions were transferred in the period."),
    columns=(
        *_weapons("transferred"),
        Field("purpose", TRANSFER_PURPOSE, _("Purpose"), TREATY),
        Field("receiver", Country(), _("Received by"), TREATY, _("The State Party that now has them.")),
        Field("transferred_on", PartialDate(), _("Date"), TREATY),
        Field("notes", LongText(), NOTES, VOLUNTARY),
    ),
)

RETAINED_TRANSFERRED = Section(
    key="retained_transferred",
    title=_("Retained and transferred munitions"),
    paragraphs=("3.6", "3.7", "3.8"),
    guidance=_(
        "Article 3.8 asks for this every year in which you retain, acquire or transfer cluster munitions, "
        "with planned and actual use."
    ),
    parts=(RETAINED, ACQUIRED, TRANSFERRED),
)
