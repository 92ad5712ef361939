"""The committed locks are what will be installed, and name no download host."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt"]
REQUIREMENT = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*])?==(?P<version>[^\s;\\]+)", re.MULTILINE)


def pins(text: str) -> dict[str, str]:
    return {found["name"].lower().replace("_", "-"): found["version"] for found in REQUIREMENT.finditer(text)}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name):
    assert "://" not in (ROOT / name).read_text()


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_is_pinned_with_hashes(name):
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text())
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert packages
    assert [entry.split()[0] for entry in packages if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", ["uv.lock", "pylock.toml"])
def test_no_lock_that_names_hosts_is_committed(name):
    ignored = (ROOT / ".gitignore").read_text().split()
    assert name in ignored


def test_the_locks_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = pins("\n".join(project["project"]["dependencies"]))
    asked_for_development = pins("\n".join(project["dependency-groups"]["dev"]))
    runtime, development = (pins((ROOT / name).read_text()) for name in LOCKS)
    assert asked.items() <= runtime.items()
    assert {**asked, **asked_for_development}.items() <= development.items()
    assert runtime.items() <= development.items()
