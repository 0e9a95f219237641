"""A real server process on a free port, and a client that says exactly what it sends."""

import http.client
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest

sys.path.append(str(Path(__file__).parents[1]))
ROOT = Path(__file__).parents[2]


@dataclass
class Reply:
    status: int
    headers: dict
    body: bytes

    @property
    def kind(self):
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self):
        return self.body.decode()


class Server:
    """``kg serve`` as a process of its own."""

    def __init__(self, build, *options):
        command = [sys.executable, "-c", "from kg.cli import main; raise SystemExit(main())"]
        command += ["serve", "--build", str(build), "--port", "0", *options]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        first = self.process.stdout.readline()
        assert first.startswith("http://"), self.process.communicate()
        self.url = first.split("/ ")[0]
        for _ in range(3):
            self.process.stdout.readline()

    def send(self, method, path, body=None, timeout=60, **headers):
        place = urlsplit(self.url)
        client = http.client.HTTPConnection(place.hostname, place.port, timeout=timeout)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        client.request(method, quote(path, safe="/?&=%#+"), body, names)
        answer = client.getresponse()
        reply = Reply(
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            answer.read(),
        )
        client.close()
        return reply

    def get(self, query=None, accept="", method="GET", **fields):
        pairs = [("query", query)] if query is not None else []
        for name, values in fields.items():
            for value in [values] if isinstance(values, str) else values:
                pairs.append((name.replace("_", "-"), value))
        headers = {"Accept": accept} if accept else {}
        path = f"/sparql?{urlencode(pairs)}" if pairs else "/sparql"
        return self.send(method, path, **headers)

    def form(self, query, accept="", **fields):
        pairs = [("query", query)]
        for name, values in fields.items():
            for value in [values] if isinstance(values, str) else values:
                pairs.append((name.replace("_", "-"), value))
        headers = {"Accept": accept} if accept else {}
        headers["Content_Type"] = "application/x-www-form-urlencoded"
        return self.send("POST", "/sparql", urlencode(pairs), **headers)

    def direct(self, query, accept="", path="/sparql"):
        headers = {"Accept": accept} if accept else {}
        headers["Content_Type"] = "application/sparql-query"
        body = query if isinstance(query, bytes) else query.encode()
        return self.send("POST", path, body, **headers)

    def stop(self):
        self.process.terminate()
        return self.process.communicate(timeout=30)


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """A whole build of two notices, with its pages."""
    from factories import collection, dredging_notice, water_notice

    from kg.building.writing import write

    folder = tmp_path_factory.mktemp("build")
    write(
        collection([water_notice(), dredging_notice()]), folder, "https://w3id.org/gazette-kg/id/"
    )
    return folder


@pytest.fixture(scope="session")
def server(build):
    running = Server(build, "--timeout", "20")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def limited(build):
    """A server with little patience: 2 s, 1 MB, 300 MB of memory, 3 queries at once."""
    options = ["--timeout", "2", "--max-result", "1", "--memory", "600", "--workers", "3"]
    running = Server(build, *options)
    yield running
    running.stop()


@pytest.fixture
def start(build):
    """Start servers of a test's own."""
    running = []

    def run(*options, folder=build):
        running.append(Server(folder, *options))
        return running[-1]

    yield run
    for item in running:
        if item.process.poll() is None:
            item.stop()
