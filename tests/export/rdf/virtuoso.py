"""A Virtuoso 7 of the test's own: on the loopback address, in a temporary folder, gone afterwards."""

from __future__ import annotations

import configparser
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = Path("/etc/virtuoso-opensource-7/virtuoso.ini")
START_SECONDS = 120


def missing() -> str:
    """Why there is no Virtuoso here; empty if there is one."""
    if not (shutil.which("virtuoso-t") and shutil.which("isql-vt") and CONFIGURATION.is_file()):
        return "Virtuoso is not installed (apt-get install virtuoso-opensource)"
    return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Virtuoso:
    """A running server."""

    folder: Path
    sql_port: int
    http_port: int

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.http_port}/sparql"

    def sql(self, statement: str) -> str:
        """Run SQL; fails on any error."""
        done = subprocess.run(
            ["isql-vt", f"127.0.0.1:{self.sql_port}", "dba", "dba", "ERRORS=STDOUT", f"exec={statement}"],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert "*** Error" not in done.stdout, done.stdout
        return done.stdout

    def load(self, file: Path, graph: str) -> None:
        """Load a file with the bulk loader, as people do; fails on any error that it notes."""
        assert file.parent == self.folder, "DirsAllowed names only the server's own folder"
        self.sql(f"ld_dir('{file.parent}', '{file.name}', '{graph}');")
        self.sql("rdf_loader_run();")
        notes = self.sql("SELECT ll_file, ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL;")
        assert file.name not in notes, notes
        states = self.sql(f"SELECT ll_state FROM DB.DBA.load_list WHERE ll_file = '{file}';")
        assert "\n2" in states, states
        self.sql("DELETE FROM DB.DBA.load_list;")


@contextmanager
def running(folder: Path) -> Iterator[Virtuoso]:
    """Start a server in `folder`, wait until it is online, and end it."""
    settings = configparser.ConfigParser(strict=False, inline_comment_prefixes=(";",))
    settings.optionxform = str  # type: ignore[assignment, method-assign]
    settings.read(CONFIGURATION)
    for section in ("Database", "TempDatabase"):
        for key, value in settings.items(section):
            if value.startswith("/var/"):
                settings.set(section, key, str(folder / Path(value).name))
    sql_port, http_port = _free_port(), _free_port()
    settings.set("Parameters", "ServerPort", f"127.0.0.1:{sql_port}")
    settings.set("Parameters", "DirsAllowed", str(folder))
    settings.set("Parameters", "NumberOfBuffers", "20000")
    settings.set("HTTPServer", "ServerPort", f"127.0.0.1:{http_port}")
    settings.set("HTTPServer", "ServerRoot", str(folder))
    settings.set("SPARQL", "ResultSetMaxRows", "1000000")
    # The plug-ins are for other things, and each takes time to load.
    settings.remove_section("Plugins")
    configuration, log = folder / "virtuoso.ini", folder / "console.log"
    with configuration.open("w") as file:
        settings.write(file)
    with log.open("w") as out:
        server = subprocess.Popen(
            ["virtuoso-t", "+foreground", "+configfile", str(configuration)],
            cwd=folder,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        end = time.monotonic() + START_SECONDS
        while "Server online" not in log.read_text(errors="replace"):
            assert server.poll() is None, log.read_text(errors="replace")[-2000:]
            assert time.monotonic() < end, log.read_text(errors="replace")[-2000:]
            time.sleep(0.2)
        yield Virtuoso(folder, sql_port, http_port)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
