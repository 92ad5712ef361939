"""Every edition of the form, found by file: a module ``e<key>`` here with an ``EDITION`` adds one.

An edition is frozen as soon as a report has been filed on it.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

from reporting.form.parts import Edition


def _found() -> dict[str, Edition]:
    modules = (import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    editions = [module.EDITION for module in modules if hasattr(module, "EDITION")]
    return {edition.key: edition for edition in editions}


EDITIONS: dict[str, Edition] = _found()
LATEST = max(EDITIONS)


def edition(key: str) -> Edition:
    """The edition of that key.

    :raises KeyError: if there is none.
    """
    return EDITIONS[key]
