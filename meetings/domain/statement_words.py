"""The words of statements, to be searched: kept beside each text when it is written."""

from ccm_portal.core.words import is_unsegmented, vector_of
from meetings.models import StatementText


def index(text: StatementText) -> None:
    """Set what it is searched by, on a text that is about to be saved."""
    text.vector = vector_of(text.text, text.language)
    text.unsegmented = is_unsegmented(text.text)
