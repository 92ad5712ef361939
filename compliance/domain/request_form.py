"""What a request must contain: six sections for Article 3, nine for Article 4, ten for a renewal under Article 4.

The letters are those of the Convention. Nothing of it stops a request from being lodged but a missing duration.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.enums import Clock
from compliance.models import ExtensionRequest

DURATION = "duration"
RENEWAL = "achieved"


@dataclass(frozen=True)
class FormSection:
    """One thing that a request must contain: ``paragraph`` is where the Convention says so."""

    key: str
    letter: str
    paragraph: str
    title: str | Promise
    help: str | Promise


STOCKPILE = (
    FormSection(
        DURATION,
        "a",
        "3(4)(a)",
        _("Duration of the extension"),
        _("Until which day you ask for more time, and why not less."),
    ),
    FormSection(
        "reasons",
        "b",
        "3(4)(b)",
        _("Explanation of the extension"),
        _(
            "Why the stocks cannot be destroyed in time, with the money and the technical means that you have and need;"
            " for a further extension, the exceptional circumstances."
        ),
    ),
    FormSection(
        "plan",
        "c",
        "3(4)(c)",
        _("Plan for the destruction"),
        _("How the stocks will be destroyed, and when the work will be done."),
    ),
    FormSection(
        "held",
        "d",
        "3(4)(d)",
        _("Stocks at entry into force"),
        _("Quantity and type held when the Convention entered into force for you, and what was discovered later."),
    ),
    FormSection(
        "destroyed",
        "e",
        "3(4)(e)",
        _("Stocks destroyed so far"),
        _("Quantity and type destroyed in the time that you had."),
    ),
    FormSection(
        "remaining",
        "f",
        "3(4)(f)",
        _("Stocks that remain"),
        _("Quantity and type still to be destroyed, and the rate that you expect for each year."),
    ),
)
CLEARANCE = (
    FormSection(
        DURATION,
        "a",
        "4(6)(a)",
        _("Duration of the extension"),
        _("Until which day you ask for more time, and why not less."),
    ),
    FormSection(
        "reasons",
        "b",
        "4(6)(b)",
        _("Reasons for the extension"),
        _("Why the work cannot be finished in time, with the money and the technical means that you have and need."),
    ),
    FormSection(
        "work",
        "c",
        "4(6)(c)",
        _("Future work and work done"),
        _("The work still to be done, with its plan, and the status of what was done under the national programme."),
    ),
    FormSection(
        "total_area",
        "d",
        "4(6)(d)",
        _("Total area"),
        _("The area with cluster munition remnants at entry into force, and what was discovered later."),
    ),
    FormSection(
        "cleared",
        "e",
        "4(6)(e)",
        _("Area cleared"),
        _("The area cleared since entry into force."),
    ),
    FormSection(
        "remaining",
        "f",
        "4(6)(f)",
        _("Area that remains"),
        _("The area still to be cleared during the extension."),
    ),
    FormSection(
        "obstacles",
        "g",
        "4(6)(g)",
        _("What hindered the work"),
        _("Circumstances that kept you from finishing in time, and those that may do so during the extension."),
    ),
    FormSection(
        "implications",
        "h",
        "4(6)(h)",
        _("What the extension means for people"),
        _("Humanitarian, social, economic and environmental implications of the extension."),
    ),
    FormSection(
        "other",
        "i",
        "4(6)(i)",
        _("Anything else"),
        _("Other information that matters for the request."),
    ),
)
ACHIEVED = FormSection(
    RENEWAL,
    "j",
    "4(8)",
    _("What the earlier extension achieved"),
    _("What was done during the extension that ends, against what it was granted for."),
)


@dataclass(frozen=True)
class Completeness:
    """How far a request is: what is written, and what the Convention asks for besides."""

    sections: tuple[FormSection, ...]
    missing: tuple[FormSection, ...]

    @property
    def written(self) -> int:
        return len(self.sections) - len(self.missing)


def sections_of(request: ExtensionRequest) -> tuple[FormSection, ...]:
    """What this request must contain, in the order of the Convention."""
    if request.clock.clock == Clock.ART3:
        return STOCKPILE
    return (*CLEARANCE, ACHIEVED) if request.renews_id else CLEARANCE


def section_of(request: ExtensionRequest, key: str) -> FormSection | None:
    """The section with this key, if the request has one."""
    return next((section for section in sections_of(request) if section.key == key), None)


def completeness(request: ExtensionRequest, texts: Mapping[str, str], *, until: date | None) -> Completeness:
    """What is written and what is not. The duration is there once the day asked for is."""
    sections = sections_of(request)
    missing = [one for one in sections if not (until if one.key == DURATION else texts.get(one.key))]
    return Completeness(sections=sections, missing=tuple(missing))
