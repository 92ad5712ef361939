"""The reporting format circulated for the first meeting of States Parties in 2010."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reporting.form.editions.e2010.contamination_clearance import CONTAMINATION_CLEARANCE
from reporting.form.editions.e2010.conversion import CONVERSION
from reporting.form.editions.e2010.header import HEADER
from reporting.form.editions.e2010.national_measures import NATIONAL_MEASURES
from reporting.form.editions.e2010.other_matters import OTHER_MATTERS
from reporting.form.editions.e2010.resources_cooperation import RESOURCES_COOPERATION
from reporting.form.editions.e2010.retained_transferred import RETAINED_TRANSFERRED
from reporting.form.editions.e2010.risk_education import RISK_EDUCATION
from reporting.form.editions.e2010.stockpiles import STOCKPILES
from reporting.form.editions.e2010.technical_characteristics import TECHNICAL_CHARACTERISTICS
from reporting.form.editions.e2010.victim_assistance import VICTIM_ASSISTANCE
from reporting.form.parts import Edition

SECTIONS = (
    NATIONAL_MEASURES,
    STOCKPILES,
    TECHNICAL_CHARACTERISTICS,
    RETAINED_TRANSFERRED,
    CONVERSION,
    CONTAMINATION_CLEARANCE,
    RISK_EDUCATION,
    VICTIM_ASSISTANCE,
    RESOURCES_COOPERATION,
    OTHER_MATTERS,
)

# In the English layout technical characteristics come before retained munitions; the other layouts swap the two.
_ENGLISH = {
    "national_measures": "A",
    "stockpiles": "B",
    "technical_characteristics": "C",
    "retained_transferred": "D",
    "conversion": "E",
    "contamination_clearance": "F",
    "risk_education": "G",
    "victim_assistance": "H",
    "resources_cooperation": "I",
    "other_matters": "J",
}
_SWAPPED = {**_ENGLISH, "technical_characteristics": "D", "retained_transferred": "C"}

EDITION = Edition(
    key="2010",
    title=_("Reporting format of 2010"),
    sections=SECTIONS,
    header=HEADER,
    letters=_ENGLISH,
    letters_by_language=dict.fromkeys(("fr", "es", "ru", "ar", "zh-hans"), _SWAPPED),
)
