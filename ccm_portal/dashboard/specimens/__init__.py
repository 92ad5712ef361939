"""Example data of the style guide: invented, marked as demonstration, used nowhere else."""

from ccm_portal.dashboard.specimens.arabic import WORDS as ARABIC
from ccm_portal.dashboard.specimens.english import WORDS as ENGLISH
from ccm_portal.dashboard.specimens.examples import examples

__all__ = ["ARABIC", "ENGLISH", "examples"]
