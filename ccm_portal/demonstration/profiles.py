"""What the invented reports say: demonstration data, marked as such wherever they are shown.

A profile gives, for one State and year, the text a person would type, section by section.
Figures follow a simple rule from year to year; none of them is a fact about the State.
"""

from dataclasses import dataclass, field
from typing import Any

Rows = list[dict[str, str]]


@dataclass
class Typed:
    """One section as typed: answers by ``part.field``, rows by part, parts with nothing to report."""

    values: dict[str, str] = field(default_factory=dict)
    rows: dict[str, Rows] = field(default_factory=dict)
    none: tuple[str, ...] = ()
    not_applicable: bool = False


Report = dict[str, Typed]
NOT_APPLICABLE = Typed(not_applicable=True)
NOTHING_HELD = Typed(
    none=("stocks", "loose_submunitions", "destruction_sites", "destroyed", "found_later"),
)
NOTHING_RETAINED = Typed(none=("retained", "acquired", "transferred"))

# (province, cancelled, reduced, cleared) in square metres in the first year
LAO_PROVINCES = [
    ("Savannakhet", 1_150_300, 91_000, 15_540_100),
    ("Saravane", 0, 10_400, 7_990_000),
    ("Xieng Khouang", 310_000, 45_000, 6_122_700),
    ("Sekong", 42_500, 8_200, 3_480_600),
    ("Attapeu", 18_000, 5_600, 2_914_300),
    ("Champasak", 6_400, 0, 1_733_900),
    ("Khammouane", 127_800, 22_100, 2_205_400),
    ("Houaphan", 9_900, 3_300, 1_018_200),
    ("Luang Prabang", 4_200, 1_900, 846_700),
]


def scaled(number: int, year: int, *, rate: int = 3) -> str:
    """The figure of a year: ``rate`` per cent a year from 2018, to full hundreds."""
    grown = number * (100 + rate * (year - 2018)) // 100
    return str(grown // 100 * 100)


def contacts(*organisations: tuple[str, str]) -> Typed:
    """The header's national contacts."""
    return Typed(rows={"contacts": [{"organisation": name, "role": role} for name, role in organisations]})


def with_period(header: Typed, year: int) -> Typed:
    """The calendar year as the period."""
    period = {"period.starts": f"{year}-01-01", "period.ends": f"{year}-12-31"}
    return Typed(values=header.values | period, rows=header.rows)


def lao(year: int) -> Report:
    """An affected State with a large programme."""
    provinces = [
        {
            "province": name,
            "cancelled": f"{scaled(cancelled, year)} m2",
            "reduced": f"{scaled(reduced, year)} m2",
            "cleared": f"{scaled(cleared, year)} m2",
        }
        for name, cancelled, reduced, cleared in LAO_PROVINCES
    ]
    suspected = [
        {"province": name, "size": f"{scaled(cleared * 9, year, rate=-4)} m2", "when_used": "1964 to 1973"}
        for name, _c, _r, cleared in LAO_PROVINCES
    ]
    return {
        "header": with_period(
            contacts(
                ("National Regulatory Authority for mine action", "Coordinates clearance and victim assistance"),
                ("Ministry of Foreign Affairs, Department of International Organisations", "Sends the report"),
            ),
            year,
        ),
        "national_measures": Typed(
            rows={
                "measures": [
                    {
                        "measure": "Decree on the management of unexploded ordnance",
                        "kind": "regulation",
                        "content": "Sets out who surveys, clears, teaches and assists, and who keeps the records.",
                        "effective": "2018",
                    }
                ]
            },
            values={"existing_law.sufficient": "no", "existing_law.reasoning": "A law is being drafted."},
        ),
        "stockpiles": NOTHING_HELD,
        "technical_characteristics": Typed(
            rows={
                "owned": [
                    {"type": "BLU-26", "explosive_mass": "85 g", "diameter": "64 mm", "fusing": "Spin-armed impact"},
                    {"type": "BLU-63", "explosive_mass": "113 g", "diameter": "75 mm", "fusing": "Spin-armed impact"},
                ]
            },
            none=("produced",),
        ),
        "retained_transferred": NOTHING_RETAINED,
        "conversion": NOT_APPLICABLE,
        "contamination_clearance": Typed(
            rows={
                "suspected_areas": suspected,
                "released": provinces,
                "remnants_destroyed": [
                    {
                        "weapon_type": "Submunitions of several types",
                        "remnant_class": "unexploded_submunitions",
                        "quantity": scaled(71_200, year),
                    }
                ],
            },
            none=("known_areas",),
            values={
                "programme.status": "Unexploded submunitions are known or suspected in 15 of 18 provinces. Survey "
                "comes first; clearance follows by a yearly list of priorities agreed with the districts.",
                "programme.plan": "Complete the survey of the nine most affected provinces; clear first where people "
                "farm, build or go to school.",
                "programme.planned_end": "2030",
                "programme.obstacles": "Access roads during the rainy season.",
                "programme.standards": "National standards that follow the international mine action standards.",
                "programme.marking": "Areas are marked on the side people come from.",
            },
        ),
        "risk_education": Typed(
            rows={
                "activities": [
                    {
                        "activity": "Lessons in primary schools",
                        "place": "Nine provinces",
                        "girls": scaled(41_300, year, rate=2),
                        "boys": scaled(40_800, year, rate=2),
                        "target_group": "Children from six to fourteen",
                    },
                    {
                        "activity": "Village meetings",
                        "place": "Savannakhet, Saravane, Sekong",
                        "women": scaled(18_600, year, rate=2),
                        "men": scaled(15_200, year, rate=2),
                    },
                ]
            },
            values={"warning.measures": "Signs at the edge of each confirmed area, and a telephone line for finds."},
        ),
        "victim_assistance": Typed(
            rows={
                "casualties": [
                    {"counted": "new", "harm": "injured", "girls": "4", "boys": "9", "women": "3", "men": "12"},
                    {"counted": "new", "harm": "killed", "girls": "0", "boys": "2", "women": "1", "men": "4"},
                ],
            },
            none=("services",),
            values={
                "progress.status": "A survivor database covers every district.",
                "focal_point.organisation": "National Regulatory Authority, victim assistance unit",
            },
        ),
        "resources_cooperation": Typed(
            rows={
                "national_resources": [
                    {"article": "4", "kind": "financial", "amount": f"{scaled(1_200_000, year)} USD"}
                ],
                "assistance_needed": [
                    {
                        "article": "4",
                        "need": "Survey teams for the southern provinces",
                        "cost": f"{scaled(6_400_000, year)} USD",
                        "needed_by": str(year + 2),
                    }
                ],
            },
            none=("assistance_given", "assistance_received"),
        ),
        "other_matters": NOT_APPLICABLE,
    }


def quiet(year: int, words: dict[str, Any]) -> Report:
    """A State that holds nothing and has nothing to clear; ``words`` in the State's language."""
    return {
        "header": with_period(contacts(*words["contacts"]), year),
        "national_measures": Typed(
            rows={"measures": [{"measure": words["law"], "kind": "law", "penal_sanctions": "yes"}]},
            values={"existing_law.sufficient": "yes"},
        ),
        "stockpiles": NOTHING_HELD,
        "technical_characteristics": Typed(none=("produced", "owned")),
        "retained_transferred": NOTHING_RETAINED,
        "conversion": NOT_APPLICABLE,
        "contamination_clearance": Typed(
            none=("known_areas", "suspected_areas", "released", "remnants_destroyed", "other_ordnance")
        ),
        "risk_education": NOT_APPLICABLE,
        "victim_assistance": NOT_APPLICABLE,
        "resources_cooperation": Typed(
            rows={
                "assistance_given": [
                    {
                        "destination": words["destination"],
                        "article": "4",
                        "kind": "financial",
                        "amount": f"{scaled(words['given'], year, rate=5)} {words['currency']}",
                    }
                ]
            }
            if words.get("given")
            else {},
            none=("national_resources", "assistance_received", "assistance_needed")
            + (() if words.get("given") else ("assistance_given",)),
        ),
        "other_matters": NOT_APPLICABLE,
    }


def affected(year: int, words: dict[str, Any]) -> Report:
    """A State with areas to clear, in its own language."""
    report = quiet(year, words)
    report["contamination_clearance"] = Typed(
        rows={
            "released": [
                {"province": name, "reduced": f"{scaled(reduced, year)} m2", "cleared": f"{scaled(cleared, year)} m2"}
                for name, reduced, cleared in words["areas"]
            ],
            "suspected_areas": [
                {"province": name, "size": f"{scaled(cleared * 6, year, rate=-6)} m2"}
                for name, _reduced, cleared in words["areas"]
            ],
        },
        none=("known_areas", "remnants_destroyed", "other_ordnance"),
        values={
            "programme.status": words["status"],
            "programme.planned_end": words["ends"],
            "programme.obstacles": words["obstacles"],
        },
    )
    report["risk_education"] = Typed(
        rows={"activities": [{"activity": words["lessons"], "total": scaled(12_400, year)}]},
    )
    report["victim_assistance"] = Typed(
        rows={"casualties": [{"counted": "new", "harm": "injured", "boys": "2", "men": "3"}]},
        none=("services",),
        values={"progress.status": words["assistance"], "focal_point.organisation": words["contacts"][0][0]},
    )
    report["resources_cooperation"] = Typed(
        rows={"assistance_needed": [{"article": "4", "need": words["need"], "cost": f"{scaled(900_000, year)} USD"}]},
        none=("national_resources", "assistance_given", "assistance_received"),
    )
    return report
