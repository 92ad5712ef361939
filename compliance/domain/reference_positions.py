"""Bring the topics of interpretation to what the file in ``compliance/reference`` says. Safe to run any time."""

from datetime import datetime
from pathlib import Path
from typing import Any

from ccm_portal.core.domain.reference import NAME_LANGUAGES, ReferenceRefused, Row, bring, by_key, names
from compliance.models import Topic

FOLDER = Path(__file__).parents[1] / "reference"


def load_topics(at: datetime, *, folder: Path = FOLDER) -> list[str]:
    """Names, articles and questions, in the six languages.

    :raises ReferenceRefused: if a topic has no name or no question in one of them.
    """
    return bring(Topic, by_key(folder / "topics.csv", _topic))


def _topic(row: Row) -> dict[str, Any]:
    missing = [language for language in NAME_LANGUAGES if not row[f"question_{language}"]]
    if missing:
        raise ReferenceRefused(f"{row['key']}: no question in {', '.join(missing)}.")
    questions = {f"question_{language}": row[f"question_{language}"] for language in NAME_LANGUAGES if language != "en"}
    told = {"question": row["question_en"], "articles": row["articles"], "position": int(row["position"])}
    return names(row) | told | questions
