"""How soon the command and the package are there, beside a bare Python."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROUNDS = 9
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "import kg": ["-c", "import kg"],
    "import spacy": ["-c", "import spacy"],
    "kg --help": ["-m", "kg", "--help"],
}


def run(shared: Path) -> list[dict[str, Any]]:
    """Wall seconds of a fresh process each, in turn, so that the machine's mood strikes all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, words in COMMANDS.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, *words], check=True, capture_output=True)
            seconds[name].append(time.perf_counter() - started)
    return [{"what": name, "seconds": round(statistics.median(s), 3)} for name, s in seconds.items()]
