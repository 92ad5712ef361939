"""The renderer in a process of its own: with nothing of ours in its environment, and an end in any case."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).with_name("render.py")
PROCESSOR_SECONDS = 30
WALL_SECONDS = 60
MEGABYTES = 512


class NotRendered(Exception):
    """No document came out. The message is for the log and the office, never for the public."""


def run(
    order: dict[str, Any], *, seconds: int = PROCESSOR_SECONDS, wall: int = WALL_SECONDS, megabytes: int = MEGABYTES
) -> bytes:
    """The PDF of an order.

    :raises NotRendered: if the renderer ran into a limit, was killed, or failed.
    """
    limits = json.dumps({"seconds": seconds, "megabytes": megabytes})
    command = [sys.executable, "-I", str(PROGRAM), limits]
    environment = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
    try:
        done = subprocess.run(
            command,
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=wall,
            env=environment,
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotRendered(f"it took longer than {wall} seconds") from None
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["nothing was said"]
        raise NotRendered(f"the renderer ended with {done.returncode}: {last[0]}"[:500])
    return done.stdout
