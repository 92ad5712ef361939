"""The reference files, and the loader that brings the tables to what they say."""

import csv
import re
import shutil
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ccm_portal.core.domain.reference import (
    FOLDER,
    NAME_LANGUAGES,
    ReferenceRefused,
    load_reference_data,
    read,
    sort_key,
)
from ccm_portal.core.enums import Clock, InstrumentKind, Known, TreatyStatus
from ccm_portal.core.models import Organisation, RegionGroup, RegisterEntry, State, StateClock
from ccm_portal.treaty.clocks import entry_into_force
from ccm_portal.treaty.status import treaty_status

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ROWS = read(FOLDER / "states.csv")
SCRIPTS = {
    "en": r"[A-Za-zÀ-ÿ' ()\-]+",
    "fr": r"[A-Za-zÀ-ÿ' ()\-]+",
    "es": r"[A-Za-zÀ-ÿ' ()\-]+",
    "ru": r"[А-Яа-яЁё’ ()—\-]+",
    "ar": r"[\u0621-\u0652 ()\-]+",
    "zh": r"[\u4e00-\u9fff]+",
}


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def load(folder=FOLDER) -> list[str]:
    return load_reference_data(by=None, at=NOW, folder=folder)


@pytest.fixture
def files(tmp_path):
    """A copy of the reference files, and a way to change one value in it."""
    folder = tmp_path / "reference"
    shutil.copytree(FOLDER, folder)

    def change(key: str, column: str, value: str, file: str = "states.csv") -> None:
        rows = read(folder / file)
        row = next(row for row in rows if key in (row.get("iso3"), row.get("key")))
        row[column] = value
        with (folder / file).open("w", encoding="utf-8", newline="") as written:
            writer = csv.DictWriter(written, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    return folder, change


def test_there_are_197_states_each_with_its_own_code_address_and_tile():
    tiles = {(row["tile_col"], row["tile_row"]) for row in ROWS}

    assert len(ROWS) == 197
    assert len({row["iso3"] for row in ROWS}) == len({row["slug"] for row in ROWS}) == len(tiles) == 197
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", row["slug"]) for row in ROWS)


@pytest.mark.parametrize("language", NAME_LANGUAGES)
def test_every_state_has_a_name_of_its_own_in_the_script_of_each_language(language):
    names = [row[f"name_{language}"] for row in ROWS]

    assert [name for name in names if not re.fullmatch(SCRIPTS[language], name)] == []
    assert len(set(names)) == 197


@pytest.mark.parametrize("file", ["organisations.csv", "region_groups.csv"])
def test_organisations_and_groups_have_names_in_all_six_languages(file):
    rows = read(FOLDER / file)

    assert [row["key"] for row in rows for language in NAME_LANGUAGES if not row[f"name_{language}"]] == []


def test_the_names_are_those_the_united_nations_use():
    names = {row["iso3"]: [row[f"name_{language}"] for language in NAME_LANGUAGES] for row in ROWS}

    assert names["LAO"] == [
        "Lao People's Democratic Republic",
        "République démocratique populaire lao",
        "República Democrática Popular Lao",
        "Лаосская Народно-Демократическая Республика",
        "جمهورية لاو الديمقراطية الشعبية",
        "老挝人民民主共和国",
    ]
    assert names["PSE"] == [
        "State of Palestine",
        "État de Palestine",
        "Estado de Palestina",
        "Государство Палестина",
        "دولة فلسطين",
        "巴勒斯坦国",
    ]
    assert names["CIV"][:3] == ["Côte d'Ivoire"] * 3
    assert names["TUR"][:3] == ["Türkiye"] * 3
    assert names["SWZ"] == ["Eswatini", "Eswatini", "Eswatini", "Эсватини", "إسواتيني", "斯威士兰"]


def test_the_words_of_the_file_are_those_of_the_portal():
    def words(column):
        return {row[column] for row in ROWS}

    assert words("status") == set(TreatyStatus.values)
    assert words("instrument_kind") - {""} <= set(InstrumentKind.values)
    assert words("affected") | words("stockpile_declared") | words("retains") <= set(Known.values)
    assert words("provisional_application") == {"yes", "no"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["iso3"])
def test_the_depositarys_dates_give_the_published_entry_into_force_and_status(row):
    deposited = day(row["deposited"])
    in_force = entry_into_force(deposited=deposited).day if deposited else None
    status = treaty_status(
        on=NOW.date(),
        signed=day(row["signed"]),
        deposited=deposited,
        entry_into_force=in_force,
        withdrawn_effective=day(row["withdrawn_effective"]),
    )

    assert (in_force, status.value) == (day(row["entry_into_force"]), row["status"])


@pytest.mark.django_db
def test_the_loaded_tables_hold_what_the_files_say():
    load()

    by_status = {status: State.objects.filter(treaty_status=status).count() for status in TreatyStatus.values}
    assert by_status == {"state_party": 112, "signatory": 12, "non_party": 72, "withdrawn": 1}
    assert RegionGroup.objects.count() == 5
    assert set(Organisation.objects.filter(observer="right").values_list("key", flat=True)) >= {
        "un",
        "icrc",
        "ifrc",
        "gichd",
        "cmc",
    }
    assert Organisation.objects.get(key="iso").observer == ""


@pytest.mark.django_db
def test_every_state_that_joined_has_three_clocks_and_keeps_base_and_extension_apart():
    load()

    def clocks(iso3):
        return {
            clock.clock: (clock.base, clock.granted_until, clock.current)
            for clock in StateClock.objects.filter(state__iso3=iso3)
        }

    assert StateClock.objects.count() == 113 * 3
    assert clocks("LAO") == {
        Clock.INITIAL_REPORT: (date(2011, 1, 28), None, date(2011, 1, 28)),
        Clock.ART3: (date(2018, 8, 1), None, date(2018, 8, 1)),
        Clock.ART4: (date(2020, 8, 1), date(2030, 8, 1), date(2030, 8, 1)),
    }
    assert clocks("BGR")[Clock.ART3] == (date(2019, 10, 1), date(2023, 12, 31), date(2023, 12, 31))
    assert clocks("AGO") == {}


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_asks_little(django_assert_max_num_queries):
    load()

    with django_assert_max_num_queries(21):
        assert load() == []


@pytest.mark.django_db
def test_a_corrected_file_corrects_the_table_and_says_so(files):
    load()
    folder, change = files
    change("NGA", "affected", "unknown")
    change("cmc", "name_fr", "La Coalition", file="organisations.csv")
    change("CHL", "art4_deadline", "2031-06-01")

    changes = load(folder)

    assert changes == [
        "organisation cmc: name_fr Coalition contre les armes à sous-munitions → La Coalition",
        "organisation cmc: sort_fr coalition contre les armes a sous munitions → la coalition",
        "state NGA: affected no → unknown",
        "clock CHL art4: granted_until 2026-06-01 → 2031-06-01",
    ]
    assert State.objects.get(iso3="NGA").affected == "unknown"
    assert RegisterEntry.objects.get().action == "core.reference.load"


@pytest.mark.django_db
def test_what_the_portal_decided_survives_a_load():
    load()
    clock = StateClock.objects.get(state__iso3="LAO", clock=Clock.ART4)
    clock.granted_until = date(2035, 8, 1)
    clock.override, clock.override_source = date(2035, 8, 2), "a published list"
    clock.save()
    State.objects.filter(iso3="LAO").update(mission_email="mission@example.org")

    assert load() == []
    clock.refresh_from_db()
    assert (clock.granted_until, clock.override) == (date(2035, 8, 1), date(2035, 8, 2))
    assert State.objects.get(iso3="LAO").mission_email == "mission@example.org"


@pytest.mark.django_db
def test_a_published_date_that_differs_from_the_rule_needs_its_source(files):
    folder, change = files
    change("PER", "entry_into_force", "2013-04-01")

    with pytest.raises(
        ReferenceRefused, match="PER: entry into force is given as 2013-04-01, but the rule gives 2013-03"
    ):
        load(folder)

    change("PER", "entry_into_force_source", "Depositary notification C.N.1")
    load(folder)
    peru = State.objects.get(iso3="PER")
    assert (peru.entry_into_force, peru.entry_into_force_override) == (date(2013, 4, 1), date(2013, 4, 1))
    assert peru.override_source == "Depositary notification C.N.1"
    assert peru.clocks.get(clock=Clock.ART4).base == date(2023, 4, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("signed", "3 Dec 2008", "PER: signed is '3 Dec 2008'; write it as 2010-08-01."),
        ("region_group", "weog", "PER: there is no regional group 'weog'."),
        ("name_ru", "", "PER: no name in ru."),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_and_changes_nothing(files, column, value, sentence):
    load()
    folder, change = files
    change("ALB", "notes", "changed")
    change("PER", column, value)

    with pytest.raises(ReferenceRefused) as refusal:
        load(folder)

    assert str(refusal.value) == sentence
    assert load() == []


@pytest.mark.django_db
def test_a_state_becomes_a_party_on_the_day_the_convention_enters_into_force():
    def vanuatu(on):
        load_reference_data(by=None, at=datetime(on.year, on.month, on.day, tzinfo=UTC))
        return State.objects.get(iso3="VUT").treaty_status

    assert vanuatu(date(2026, 2, 28)) == TreatyStatus.NON_PARTY
    assert vanuatu(date(2026, 3, 1)) == TreatyStatus.STATE_PARTY


@pytest.mark.django_db
def test_the_command_says_when_nothing_changed():
    load()
    out = StringIO()

    call_command("load_reference_data", stdout=out)

    assert out.getvalue() == "The reference data is as the files say: nothing changed.\n"


@pytest.mark.django_db
def test_the_command_fails_with_the_sentence(files):
    folder, change = files
    change("PER", "name_zh", "")

    with pytest.raises(CommandError, match="PER: no name in zh"):
        call_command("load_reference_data", folder=folder, stdout=StringIO())


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Chile", "Côte d'Ivoire", "Croatia", "Guinea", "Guinea-Bissau", "Guyana", "Türkiye", "Turkmenistan"]),
        ("fr", ["Érythrée", "Estonie", "Fidji", "Îles Cook", "Inde", "Oman", "Ouganda"]),
        ("es", ["Malawi", "Malí", "Malta", "México", "Micronesia (Estados Federados de)", "Níger", "Nigeria"]),
        ("ru", ["Кот-д’Ивуар", "Куба", "Папуа — Новая Гвинея", "Парагвай", "Тринидад и Тобаго"]),
        ("ar", ["إثيوبيا", "الأرجنتين", "الأردن", "ألبانيا", "ألمانيا", "البرازيل", "البرتغال", "بلجيكا", "تشاد"]),
    ],
)
def test_names_sort_as_a_reader_expects(language, names):
    shuffled = names[::-1]

    assert sorted(shuffled, key=lambda name: sort_key(name, language)) == names
