"""The topics of interpretation, as the file says them."""

import csv

from compliance.domain.reference_positions import FOLDER


def test_every_topic_has_articles_and_a_name_and_a_question_of_its_own_in_six_languages():
    rows = list(csv.DictReader((FOLDER / "topics.csv").open(encoding="utf-8")))

    empty = [(row["key"], column) for row in rows for column, value in row.items() if not value.strip()]
    assert empty == []
    for column in (
        "key",
        "position",
        *(f"{what}_{code}" for what in ("name", "question") for code in ("en", "fr", "es", "ru", "ar", "zh")),
    ):
        assert len({row[column] for row in rows}) == len(rows) == 9
