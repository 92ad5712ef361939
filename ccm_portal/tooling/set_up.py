"""Prepare the checkout: virtual environment, Debian packages, translations, stylesheet.

    python3 ccm_portal/tooling/set_up.py run|dev

Run by any Python from 3.11 on, before anything is installed; so it uses the standard library only. Whatever is done
leaves a stamp with the hash of what it was made from, so a second run does nothing.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.txt"
STAMPS = CHECKOUT / ".made"
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}
# What the PDFs need: text shaping and letters for the six languages. The fonts are what PDF/UA was checked with.
PDF_PACKAGES = [
    "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-core", "fonts-noto-cjk",
]  # fmt: skip
DEBIAN_PACKAGES = {"run": PDF_PACKAGES, "dev": [*PDF_PACKAGES, "chromium", "gettext"]}

SERVERS = {"DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL"}  # set-up asks none of them


class SetUpError(Exception):
    """Set-up cannot go on. The message says what to do."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def run(*command: str | Path) -> None:
    quiet = {"UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environment = {name: value for name, value in os.environ.items() if name not in SERVERS}
    done = subprocess.run([str(word) for word in command], cwd=CHECKOUT, env={**quiet, **environment})
    if done.returncode:
        raise SetUpError(f"This command failed: {' '.join(str(word) for word in command)}")


# Python packages


def locks_hash() -> str:
    content = b"".join((CHECKOUT / name).read_bytes() for name in LOCKS.values())
    return hashlib.sha256(content).hexdigest()


def install_python_packages(group: str) -> None:
    wanted = locks_hash()
    found = STAMP.read_text().split() if STAMP.exists() and PYTHON.exists() else []
    if found in ([group, wanted], ["dev", wanted]):
        return
    say(f"Installing the Python packages of {LOCKS[group]} …")
    uv = usable_uv()
    if not PYTHON.exists():
        make_environment(uv)
    if uv:
        run(uv, "pip", "install", "--quiet", "--require-hashes", "--python", PYTHON, "-r", LOCKS[group])
    else:
        run(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", LOCKS[group])
    STAMP.write_text(f"{group} {wanted}\n")


def usable_uv() -> str | None:
    """uv, if it is here and works (a shim of a version manager may be on the path and fail)."""
    uv = shutil.which("uv")
    works = uv and subprocess.run([uv, "--version"], capture_output=True).returncode == 0
    return uv if works else None


def make_environment(uv: str | None) -> None:
    if uv:
        run(uv, "venv", "--quiet", "--seed", "--clear", "--python", sys.executable, VENV)
        return
    if importlib.util.find_spec("ensurepip") is None:
        install_debian_packages(["python3-venv"])
    run(sys.executable, "-m", "venv", "--clear", VENV)


# Debian packages


def installed(package: str) -> bool:
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${Status}", package], capture_output=True, text=True)
    return asked.stdout == "install ok installed"


def install_debian_packages(packages: list[str]) -> None:
    if shutil.which("dpkg-query") is None:
        say(f"This is not Debian. Please make sure that you have what these Debian packages hold: {' '.join(packages)}")
        return
    missing = [package for package in packages if not installed(package)]
    if not missing:
        return
    if os.getuid() != 0:
        say("These Debian packages are missing. The portal starts, but PDFs and browser tests need them. Please run:")
        say(f"    sudo apt-get install --no-install-recommends {' '.join(missing)}")
        return
    say(f"Installing Debian packages: {' '.join(missing)} …")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run("apt-get", "-qq", "update")
    run("apt-get", "-qq", "-o=Dpkg::Use-Pty=0", "install", "--yes", "--no-install-recommends", *missing)


# Made from the sources: translations, stylesheet


def build(command: str, sources: list[Path], made: list[Path]) -> None:
    """Run a management command when a source is not as it was the last time, or what it makes is missing."""
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(str(path.relative_to(CHECKOUT)).encode() + b"\0" + path.read_bytes())
    stamp = STAMPS / command
    if stamp.exists() and stamp.read_text() == digest.hexdigest() and all(path.exists() for path in made):
        return
    run(PYTHON, "manage.py", command)
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(digest.hexdigest())


def files(folder: str, pattern: str) -> list[Path]:
    return [path for path in (CHECKOUT / folder).rglob(pattern) if path.is_file() and "build" not in path.parts]


def main(group: str) -> int:
    began = time.monotonic()
    try:
        if sys.version_info < (3, 11):  # noqa: UP036 (run before a Python is chosen)
            raise SetUpError(f"Python 3.11 or later is needed, this is {sys.version.split()[0]}.")
        install_python_packages(group)
        install_debian_packages(DEBIAN_PACKAGES[group])
        catalogues = files("ccm_portal/locale", "*.po")
        build("compile_translations", catalogues, [path.with_suffix(".mo") for path in catalogues])
        bundles = ("portal.css", "desk.css", "meetings.css", "compliance.css", "sponsorship.css")
        stylesheets = [CHECKOUT / "static" / "build" / name for name in bundles]
        build("build_static", files("static/css", "*.css"), stylesheets)
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    if (seconds := time.monotonic() - began) > 1:
        say(f"Set up in {seconds:.0f} seconds.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else "dev"))
