"""What several tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the annotated corpus and real input files, which a user's clone lacks."""
    if not (SHARED / "gold").is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{SHARED} is absent: these tests must run in CI")
        pytest.skip("the annotated corpus and the real input files are not part of the repository")
    return SHARED
