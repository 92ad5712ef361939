"""National implementation measures: Article 7.1(a)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.form.need import ACTION_PLAN, TREATY, VOLUNTARY
from reporting.form.parts import Field, Fields, Section, Table
from reporting.form.values import Attachments, Choice, LongText, Option, PartialDate, Text, YesNo

KIND = Choice(
    options=(
        Option("law", _("Law")),
        Option("regulation", _("Regulation or decree")),
        Option("doctrine", _("Military doctrine")),
        Option("directive", _("Directive or order")),
        Option("other", pgettext_lazy("kind of national measure", "Other")),
    )
)

MEASURES = Table(
    key="measures",
    title=_("Measures taken"),
    guidance=_("One row for each law, regulation or order, older ones included."),
    none_sentence=_("No national implementation measures have been taken so far."),
    columns=(
        Field("measure", Text(), _("Measure"), TREATY, _("Its title, and its number if it has one."), names_row=True),
        Field("kind", KIND, _("Kind"), VOLUNTARY),
        Field("content", LongText(), _("What it does"), TREATY, _("In two or three sentences.")),
        Field(
            "penal_sanctions", YesNo(), _("Sets penalties"), TREATY, _("Yes if breaking the ban is a crime under it.")
        ),
        Field(
            "maximum_penalty",
            Text(),
            _("Heaviest penalty"),
            TREATY,
            _("For example “ten years of imprisonment”. Article 9 asks for penal sanctions."),
        ),
        Field(
            "extraterritorial",
            YesNo(),
            _("Reaches nationals abroad"),
            VOLUNTARY,
            _("Yes if it also binds your nationals outside the country."),
        ),
        Field("adopted", PartialDate(), pgettext_lazy("date of a law", "Adopted"), VOLUNTARY, happened=True),
        Field("effective", PartialDate(), _("In force since"), VOLUNTARY, not_before="adopted"),
        Field(
            "attached",
            Attachments(),
            _("Text of the measure"),
            VOLUNTARY,
            _("The text itself, or where it can be read."),
        ),
    ),
)

EXISTING_LAW = Fields(
    key="existing_law",
    title=_("Existing law"),
    guidance=_("Answer this if you hold that older law is enough."),
    fields=(
        Field("sufficient", YesNo(), _("Existing law is held to be sufficient"), ACTION_PLAN),
        Field("reasoning", LongText(), _("Why"), ACTION_PLAN, _("Which law covers which ban of the Convention.")),
    ),
)

INTERPRETATION = Fields(
    key="interpretation",
    title=_("Further rules and understandings"),
    fields=(
        Field(
            "investment",
            LongText(),
            _("Investment"),
            VOLUNTARY,
            _("Whether money may go to makers of cluster munitions."),
        ),
        Field(
            "assistance",
            LongText(),
            _("Assistance with forbidden acts"),
            VOLUNTARY,
            _("How you understand it, for example in joint operations with other States."),
        ),
        Field("transit", LongText(), _("Transit"), VOLUNTARY, _("Whether cluster munitions may cross your territory.")),
        Field(
            "foreign_stocks",
            LongText(),
            _("Foreign stocks"),
            VOLUNTARY,
            _("Whether other States may keep them on your territory."),
        ),
        Field("further", LongText(), _("Further information"), VOLUNTARY),
    ),
)

NATIONAL_MEASURES = Section(
    key="national_measures",
    title=_("National implementation measures"),
    paragraphs=("7.1(a)",),
    may_be_not_applicable=False,
    guidance=_(
        "List the laws, orders and other measures that carry out the Convention, with the penalties they set. "
        "This section always applies: if nothing has been adopted yet, say so."
    ),
    parts=(MEASURES, EXISTING_LAW, INTERPRETATION),
)
