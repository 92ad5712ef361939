"""Rules and findings in the reader's language. Findings keep codes and data; here they become words."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.enums import Clock, Known, TreatyStatus
from ccm_portal.core.writing import date_text, labelled, listed
from compliance.enums import ObligationKind
from sponsorship.enums import DutyKind, RuleEffect, RuleKey

Data = dict[str, Any]


def rule_title(key: str, *, effect: str, span: int | None) -> str:
    """What a rule looks at, with the time it looks over."""
    if key == RuleKey.PAST_DUTIES and effect in (RuleEffect.LOWERS, RuleEffect.EXCLUDES):
        return _("Duties of earlier sponsorship not kept, or an absence without an excuse")
    if not span:
        return str(RuleKey(key).label)
    if key == RuleKey.DEADLINE_NEAR:
        words = ngettext("Deadline within %(count)s month", "Deadline within %(count)s months", span)
    elif key == RuleKey.LEAST_DEVELOPED:
        words = ngettext(
            "Least developed country, and %(count)s year after leaving the list",
            "Least developed country, and %(count)s years after leaving the list",
            span,
        )
    elif key == RuleKey.PAST_SPONSORSHIP:
        words = ngettext("Sponsored in the last %(count)s year", "Sponsored in the last %(count)s years", span)
    else:
        return str(RuleKey(key).label)
    return words % {"count": span}


def reason_words(said: Iterable[tuple[str, Data]]) -> str:
    """One sentence after the other."""
    return " ".join(WORDS[code](data) for code, data in said)


def _day(data: Data) -> str:
    return date_text(date.fromisoformat(data["day"]))


def _affected(data: Data) -> str:
    return {
        Known.YES: _("Listed as contaminated by cluster munition remnants."),
        Known.NO: _("Not listed as contaminated by cluster munition remnants."),
        Known.UNKNOWN: _("Whether it is contaminated by cluster munition remnants is not known."),
    }[Known(data["known"])]


def _sourced(data: Data, words: str = "") -> str:
    """With the source behind it, and whether that is sure."""
    told = [words] if words else []
    told.append(_("Source: %(source)s") % {"source": data["source"]} + ".")
    if not data["sure"]:
        told.append(f"({_('Not yet confirmed')})")
    return " ".join(told)


def _still(data: Data) -> str:
    words = ngettext(
        "On the list until %(day)s; this counts for %(count)s more year.",
        "On the list until %(day)s; this counts for %(count)s more years.",
        data["years"],
    )
    return words % {"day": _day(data), "count": data["years"]}


def _what(data: Data) -> str:
    """The title of an obligation, from what was kept of it."""
    kind = ObligationKind(data["kind"])
    if kind == ObligationKind.ANNUAL_REPORT:
        return _("Report for %(year)s") % {"year": data["year"]}
    if kind == ObligationKind.RETENTION_REPORT:
        return _("Report on munitions retained in %(year)s") % {"year": data["year"]}
    if data["cause"]:
        return _("Clearance after: %(cause)s") % {"cause": data["cause"]}
    return str(Clock(data["clock"]).label if data["clock"] else kind.label)


def _no_deadline(data: Data) -> str:
    words = ngettext("No deadline within %(count)s month.", "No deadline within %(count)s months.", data["months"])
    return words % {"count": data["months"]}


def _not_sponsored(data: Data) -> str:
    words = ngettext(
        "Not sponsored in the last %(count)s year.", "Not sponsored in the last %(count)s years.", data["years"]
    )
    return words % {"count": data["years"]}


def _not_kept(data: Data) -> str:
    words = {"what": DutyKind(data["duty"]).label, "meeting": data["meeting"]}
    return _("Not kept after %(meeting)s: %(what)s.") % words


WORDS: dict[str, Callable[[Data], str]] = {
    "affected": _affected,
    "no_fact": lambda data: _("Nothing of the kind is noted."),
    "fact": _sourced,
    "fact_until": lambda data: _sourced(data, _("Until %(day)s.") % {"day": _day(data)}),
    "fact_still": lambda data: _sourced(data, _still(data)),
    "fact_over": lambda data: _sourced(data, _("No longer so since %(day)s.") % {"day": _day(data)}),
    "fact_ahead": lambda data: _sourced(data, _("From %(day)s.") % {"day": _day(data)}),
    "status": lambda data: f"{TreatyStatus(data['status']).label}.",
    "request": lambda data: labelled(_what(data), _("A request was lodged on %(day)s.") % {"day": _day(data)}),
    "request_waits": lambda data: labelled(_what(data), f"{RuleKey.REQUEST_PENDING.label}."),
    "no_request": lambda data: _("No request is pending."),
    "deadline": lambda data: labelled(_what(data), f"{_day(data)}."),
    "deadline_passed": lambda data: labelled(_what(data), _("It was due on %(day)s.") % {"day": _day(data)}),
    "no_deadline": _no_deadline,
    "overdue": lambda data: labelled(_what(data), _("It was due on %(day)s.") % {"day": _day(data)}),
    "nothing_overdue": lambda data: f"{_('Nothing is overdue')}.",
    "donor": lambda data: _("Has contributed to the programme."),
    "no_donor": lambda data: _("Has not contributed to the programme."),
    "sponsored": lambda data: labelled(RuleKey.PAST_SPONSORSHIP.label, f"{listed(data['meetings'])}."),
    "not_sponsored": _not_sponsored,
    "absent": lambda data: _("Did not come to %(meeting)s, without an excuse.") % data,
    "duty_not_kept": _not_kept,
    "duties_kept": lambda data: _("All of them were kept."),
    "no_duties": lambda data: _("There is nothing to say yet."),
}
