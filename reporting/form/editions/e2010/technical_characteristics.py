"""Technical characteristics of each type: Article 7.1(c)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.form.editions.e2010.options import MUNITION_TYPE, MUNITION_TYPE_HELP
from reporting.form.need import IF_POSSIBLE, TREATY
from reporting.form.parts import Field, Section, Table
from reporting.form.values import Attachments, Choice, Length, LongText, Mass, Option, Text

LEVEL = Choice(
    options=(
        Option("munition", pgettext_lazy("level of a weapon", "Cluster munition")),
        Option("submunition", pgettext_lazy("level of a weapon", "Submunition")),
    )
)

COLUMNS = (
    Field("type", Text(), MUNITION_TYPE, TREATY, MUNITION_TYPE_HELP, names_row=True),
    Field(
        "level", LEVEL, _("Munition or submunition"), IF_POSSIBLE, _("One row for each; they are told apart by this.")
    ),
    Field("length", Length(), _("Length"), IF_POSSIBLE, _("In millimetres, unless you write a unit.")),
    Field("diameter", Length(), _("Diameter"), IF_POSSIBLE, _("In millimetres, unless you write a unit.")),
    Field("fusing", Text(), _("Fusing"), IF_POSSIBLE, _("How the fuse works, and its name.")),
    Field("explosive_type", Text(), _("Explosive"), IF_POSSIBLE, _("What it is filled with.")),
    Field("explosive_mass", Mass(), _("Mass of explosive"), IF_POSSIBLE, _("In grams, unless you write a unit.")),
    Field("metal_type", Text(), _("Metal"), IF_POSSIBLE, _("Metals that a detector would find.")),
    Field("metal_mass", Mass(), _("Mass of metal"), IF_POSSIBLE, _("In grams, unless you write a unit.")),
    Field(
        "photographs",
        Attachments(images_only=True),
        _("Colour photographs"),
        IF_POSSIBLE,
        _("At least one that helps to recognise it, or the report in which it was sent."),
    ),
    Field("clearance_help", LongText(), _("Help for clearance"), IF_POSSIBLE, _("What a clearance team should know.")),
)

PRODUCED = Table(
    key="produced",
    title=_("Types produced before entry into force"),
    guidance=_("Every type your country made before the Convention bound it, as far as known."),
    none_sentence=_("No types were produced before entry into force."),
    columns=COLUMNS,
    own_need=TREATY,
)

OWNED = Table(
    key="owned",
    title=_("Types owned or possessed now"),
    guidance=_("Every type that you hold, retained ones included."),
    none_sentence=_("No types are owned or possessed."),
    columns=COLUMNS,
    own_need=TREATY,
)

TECHNICAL_CHARACTERISTICS = Section(
    key="technical_characteristics",
    title=_("Technical characteristics"),
    paragraphs=("7.1(c)",),
    guidance=_("Describe each type so that those who find one can recognise it and clear it safely."),
    parts=(PRODUCED, OWNED),
)
