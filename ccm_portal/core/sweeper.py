"""The sweeper: finds work that the queue lost. The row is the truth, the queue a doorbell."""

import logging
from collections.abc import Callable
from datetime import datetime

log = logging.getLogger(__name__)

Sweep = Callable[..., int]
_sweeps: list[Sweep] = []


def register(sweep: Sweep) -> Sweep:
    """Called by an app's ``ready()``. A sweep takes ``at`` and says how many rows it rang again."""
    if sweep not in _sweeps:
        _sweeps.append(sweep)
    return sweep


def sweep_all(*, at: datetime) -> int:
    """Run every sweep; one that fails does not stop the others, and is loud in the log."""
    found = 0
    for sweep in _sweeps:
        try:
            found += sweep(at=at)
        except Exception:
            log.exception("sweep %s failed", sweep.__module__)
    return found
