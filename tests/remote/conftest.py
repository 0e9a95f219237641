"""Two real SPARQL servers: oxigraph from its wheel, Virtuoso 7 from Debian.

Without one of them its tests are skipped, loudly; where CI runs, that is a failure.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

sys.path.append(str(Path(__file__).parents[1]))

BESIDE_PYTHON = str(Path(sys.executable).parent)
OXIGRAPH = shutil.which("oxigraph", path=BESIDE_PYTHON) or shutil.which("oxigraph")
VIRTUOSO = shutil.which("virtuoso-t")

SETTINGS = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = .
ServerThreads = 10
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True)
class Remote:
    """Where a server takes queries, updates and graphs, and who may write."""

    name: str
    query: str
    update: str
    store: str
    login: tuple = ()


def missing(what):
    message = f"{what} is not installed: publishing to it is NOT tested"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(message)
    pytest.skip(message)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def wait_for(url, process, seconds=90):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urlopen(url, timeout=5).close()
            return
        except HTTPError:
            return
        except OSError:
            assert process.poll() is None, "the server stopped"
            time.sleep(0.1)
    raise AssertionError(f"no answer from {url}")


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory):
    if OXIGRAPH is None:
        missing("oxigraph (pip install oxigraph)")
    port = free_port()
    folder = tmp_path_factory.mktemp("oxigraph")
    command = [OXIGRAPH, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    # A query that its client has given up would keep a processor busy to the end of all tests.
    command += ["--union-default-graph", "--timeout-s", "30"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    root = f"http://127.0.0.1:{port}"
    wait_for(root, process)
    yield Remote("oxigraph", f"{root}/query", f"{root}/update", f"{root}/store")
    process.terminate()
    process.wait()


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory):
    if VIRTUOSO is None:
        missing("Virtuoso (apt-get install virtuoso-opensource-7)")
    folder = tmp_path_factory.mktemp("virtuoso")
    http = free_port()
    settings = SETTINGS.format(sql=free_port(), http=http)
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
    process = subprocess.Popen(
        [VIRTUOSO, "-f", "-c", "virtuoso.ini"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    root = f"http://127.0.0.1:{http}"
    wait_for(f"{root}/sparql", process)
    yield Remote(
        "virtuoso",
        f"{root}/sparql",
        f"{root}/sparql-auth",
        f"{root}/sparql-graph-crud-auth",
        ("dba", "dba"),
    )
    process.terminate()
    process.wait()


@pytest.fixture(params=["oxigraph", "virtuoso"])
def remote(request, monkeypatch):
    """Each server in turn, with its login in the environment."""
    server = request.getfixturevalue(f"{request.param}_server")
    if server.login:
        monkeypatch.setenv("KG_ENDPOINT_USER", server.login[0])
        monkeypatch.setenv("KG_ENDPOINT_PASSWORD", server.login[1])
    return server


@pytest.fixture(scope="session")
def builds(tmp_path_factory):
    """Two builds: of two notices, and of the second of them alone."""
    from factories import dredging_notice, water_notice

    from kg.rdf import quads

    folder = tmp_path_factory.mktemp("builds")
    made = {"both": (water_notice(), dredging_notice()), "one": (dredging_notice(),)}
    for name, facts in made.items():
        (folder / name).mkdir()
        text = "\n".join(quads(facts)) + "\n"
        (folder / name / "graph.nq").write_text(text, encoding="utf-8")
    return folder
