"""Words and answers to choose from that several sections share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.form.values import Choice, Option

MUNITION_TYPE = _("Type of munition")
MUNITION_TYPE_HELP = _("Name and mark as your forces write it.")
SUBMUNITION_TYPE = _("Type of submunition")
LOT_NUMBERS = _("Lot numbers")
LOT_NUMBERS_HELP = _("As stamped on the munition. They are kept letter by letter.")
NOTES = _("Notes")

DESTRUCTION_METHOD = Choice(
    options=(
        Option("open_detonation", _("Open detonation")),
        Option("open_burning", _("Open burning")),
        Option("disassembly", _("Disassembly and recycling")),
        Option("incineration", _("Incineration in a closed plant")),
        Option("closed_detonation", _("Closed detonation")),
        Option("several", _("Several methods")),
        Option("other", pgettext_lazy("method of destruction", "Other")),
    )
)

REMNANT_CLASS = Choice(
    options=(
        Option("failed", _("Failed cluster munitions")),
        Option("abandoned", _("Abandoned cluster munitions")),
        Option("unexploded_submunitions", _("Unexploded submunitions")),
        Option("unexploded_bomblets", _("Unexploded bomblets")),
        Option("several", _("Several classes")),
    )
)

ARTICLE = Choice(
    options=(
        Option("3", _("Stockpile destruction (Article 3)")),
        Option("4", _("Clearance and risk education (Article 4)")),
        Option("5", _("Victim assistance (Article 5)")),
        Option("9", _("National measures (Article 9)")),
        Option("several", _("Several articles")),
        Option("other", pgettext_lazy("article of the Convention", "Other")),
    )
)

RESOURCE_KIND = Choice(
    options=(
        Option("financial", _("Money")),
        Option("material", _("Material and equipment")),
        Option("in_kind", _("Staff, training or other help in kind")),
    )
)
