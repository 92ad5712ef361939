"""What a person wrote to others, as it is kept."""

from django.utils.translation import gettext as _

from ccm_portal.core.writing import plain


def said(text: str, *, longest: int, empty: str, refused: type[Exception]) -> str:
    """The text without what surrounds it.

    :raises refused: with the sentence ``empty`` if nothing is said, or if it has more than ``longest`` characters.
    """
    text = plain(text)
    if not text:
        raise refused(empty)
    if len(text) > longest:
        raise refused(_("Write at most %(limit)s characters.") % {"limit": longest})
    return text
