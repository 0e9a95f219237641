"""``kg serve`` as a process: how it starts, what it says, how it ends."""

import asyncio
import gc
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.cli import main
from kg.serve.pool import Limits, Pool
from kg.serve.server import is_loopback
from kg.serve.worker import Request

ROOT = Path(__file__).parents[2]
SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def fields(pid):
    """State and parent of a process, from the system's own list; nothing if it is gone."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    state, parent = line.rpartition(")")[2].split()[:2]
    return state, int(parent)


def children(process):
    found = {
        path.name: fields(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()
    }
    return {int(pid) for pid, each in found.items() if each and each[1] == process.pid}


def children_of(process):
    """The workers of a server, which may be about to start."""
    end = time.monotonic() + 30
    while not (found := children(process)) and time.monotonic() < end:
        time.sleep(0.1)
    assert found
    return found


def assert_end(pids):
    """All of them end before long."""
    end = time.monotonic() + 30
    while any(alive(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.1)
    assert not any(alive(pid) for pid in pids)


def alive(pid):
    found = fields(pid)
    return found is not None and found[0] != "Z"


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_all_of_its_workers(start, kind):
    server = start("--timeout", "60")
    slow = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import urllib.request as u; u.urlopen('{server.url}/sparql', b'query={SLOW}')",
        ],
        stderr=subprocess.DEVNULL,
    )
    time.sleep(1)  # the query is under way
    workers = children_of(server.process)
    server.process.send_signal(kind)
    _, err = server.process.communicate(timeout=20)
    slow.kill()
    slow.wait()
    assert server.process.returncode == 0, err
    assert "Traceback" not in err
    assert_end(workers)


def test_workers_end_when_the_server_is_killed(start):
    server = start()
    workers = children_of(server.process)
    server.process.kill()
    server.process.wait()
    assert_end(workers)


def test_the_log_tells_no_query_and_no_secret(start):
    server = start()
    server.send("GET", "/sparql?query=ASK+%7B%7D&token=hidden", Authorization="Basic c2VjcmV0")
    server.send("GET", "/id/a%0Ab")
    _, log = server.stop()
    assert re.fullmatch(r"GET /sparql 200 \d+ ms\nGET /id/a\?b 404 \d+ ms\n", log)


def test_quiet_logs_nothing(start):
    server = start("--quiet")
    assert server.send("GET", "/").status == 200
    assert server.stop()[1] == ""


def test_another_address_needs_the_option_and_is_explained(start):
    server = start()
    port = int(server.url.rpartition(":")[2])
    for address in {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), port)} - {
        "127.0.0.1",
        "::1",
    }:
        with pytest.raises(OSError):
            socket.create_connection((address, port), timeout=1).close()
    assert "other machines" not in server.stop()[1]
    open_server = start("--host", "0.0.0.0")
    assert open_server.url.startswith("http://0.0.0.0:")
    _, note = open_server.stop()
    assert "without a login" in note
    assert "其他机器" in note


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_addresses_are_told_from_others(host):
    assert is_loopback(host)
    assert not any(map(is_loopback, ("0.0.0.0", "::", "10.0.0.1", "example.org", "")))


def test_a_taken_port_is_told(start, build, capsys):
    port = start().url.rpartition(":")[2]
    assert main(["serve", "--build", str(build), "--port", port]) == 2
    error = capsys.readouterr().err
    assert f"127.0.0.1:{port}: cannot listen there" in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--host", "no.such.host.invalid"], "cannot listen there"),
        (["--build", "nowhere"], "nowhere: no such folder"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(build, capfd, arguments, message):
    assert main(["serve", "--build", str(build), "--port", "0", *arguments]) == 2
    error = capfd.readouterr().err
    assert message in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--timeout", "0", "1 or more"),
        ("--workers", "0", "1 or more"),
        ("--max-result", "-1", "1 or more"),
        ("--port", "99999", "up to 65535"),
        ("--port", "http", "invalid"),
    ],
)
def test_a_number_out_of_range_is_refused(option, value, message, capsys):
    with pytest.raises(SystemExit):
        main(["serve", f"{option}={value}"])
    assert message in capsys.readouterr().err


def test_a_large_build_is_served_from_disk(start, build, tmp_path):
    """Without graph.nq the store is opened on disk, as it is when the graph is large."""
    shutil.copytree(build / "store", tmp_path / "store")
    server = start("--memory", "0", folder=tmp_path)
    assert server.get("ASK { ?s a gaz:Task }", "text/csv").text == "true\n"
    assert server.get("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }").status == 403
    assert server.send("GET", "/").headers["location"] == "query"


def test_a_worker_that_dies_is_replaced(start):
    server = start()
    for pid in children_of(server.process):
        os.kill(pid, signal.SIGKILL)
    replies = [server.get("ASK { ?s ?p ?o }").status for _ in range(3)]
    assert replies[-1] == 200
    assert "Traceback" not in server.stop()[1]


def test_a_query_for_a_worker_that_has_just_died_leaves_no_error_behind(build):
    told = []

    async def ask():
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
        this = SimpleNamespace(pid=os.getpid())
        others = children(this)
        pool = Pool(build, Limits(workers=1))
        await pool.open()
        [worker] = children(this) - others
        os.kill(worker, signal.SIGKILL)
        assert_end({worker})  # which the loop, standing still here, has not been told
        statuses = [(await pool.ask(Request("ASK { ?s ?p ?o }"))).status for _ in range(2)]
        await pool.close()
        return statuses

    assert asyncio.run(ask()) == [500, 200]
    gc.collect()
    assert told == []


def test_a_worker_in_memory_can_open_no_socket(build):
    program = (
        "import socket\n"
        "from kg.serve.worker import _confine\n"
        "_confine(0, in_memory=True)\n"
        "try:\n    socket.socket()\n"
        "except OSError as error:\n    print('refused')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout == "refused\n"
