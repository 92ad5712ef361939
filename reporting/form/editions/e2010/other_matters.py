"""Other relevant matters: voluntary."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reporting.form.need import VOLUNTARY
from reporting.form.parts import Field, Fields, Section
from reporting.form.values import Attachments, LongText

MATTERS = Fields(
    key="matters",
    title=_("Other matters"),
    fields=(
        Field("text", LongText(), _("Other matters"), VOLUNTARY, _("Whatever fits nowhere else.")),
        Field(
            "past_use",
            LongText(),
            _("Past use in other States"),
            VOLUNTARY,
            _("Types, numbers and places of what you used before. It helps those who clear (Article 4.4)."),
        ),
        Field(
            "universalisation",
            LongText(),
            _("Work for universal adherence"),
            VOLUNTARY,
            _("What you did to win other States for the Convention and its norms (Article 21)."),
        ),
        Field("attachments", Attachments(), _("Attachments"), VOLUNTARY),
    ),
)

OTHER_MATTERS = Section(
    key="other_matters",
    title=_("Other relevant matters"),
    paragraphs=(),
    guidance=_("This section is voluntary."),
    parts=(MATTERS,),
)
