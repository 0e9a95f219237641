"""The main job: what it writes, the same bytes twice, and what it says of bad input."""

from __future__ import annotations

import csv
import hashlib
import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.building.room import require_room
from kg.errors import InputError
from kg.outputs import Output

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "build_graph.py"
GAZETTE = ROOT / "data" / "chaoyang-2020-02.txt"
NOTICE = """某某市人民政府关于绿化工作的通知
某政发〔2021〕7号
各县区人民政府：
一、植树造林。（牵头单位：市园林局，配合单位：市财政局）
某某市人民政府
2021年4月6日
"""
COLUMNS = {
    "notices": "notice,number,title,kind,issuer,date,addressees,plan,gazette,page,document",
    "tasks": "task,notice_number,label,form,parent,section,heading,text,start,end,document",
    "assignments": "assignment,notice_number,task,label,unit,name,as_written,role,certainty,"
    "collective,start,end,quote",
    "deadlines": "task,notice_number,kind,from,to,text,start,end",
    "targets": "task,notice_number,subject,comparator,value,measure,text,start,end",
    "references": "notice_number,task,title,number,kind,relation,as_written,start,end",
    "memberships": "notice_number,group,person,group_role,post,unit,name,as_written,start,end",
    "hostings": "notice_number,group,unit,name,as_written,start,end,quote",
    "units": "unit,name,short_names,level,kind,parent,collective,registered",
    "findings": "rule,severity,message_zh,message_en,subject,quote,start,end,document",
}


def build(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        cwd=ROOT,
        check=False,
    )


def build_after(preparation: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Build in a process that something is done to before."""
    program = f"{preparation}; import sys; from kg.cli import run_command; "
    program += "sys.exit(run_command('build', sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )


def digest(folder: Path) -> dict[str, str]:
    """Hashes of what a build writes, without the store's own files."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "store" not in path.relative_to(folder).parts
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gazette") / "build"
    outcome = build("-o", folder, PYTHONHASHSEED="1")
    assert outcome.returncode == 0, outcome.stderr
    assert "5 notices" in outcome.stdout
    return folder


def test_what_is_written(built: Path) -> None:
    for name in ("graph.nq", "graph.ttl", "store", "site/index.html", "site/coordination.html"):
        assert (built / name).exists(), name
    for name, columns in COLUMNS.items():
        with (built / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            head = next(csv.reader(file))
        assert head[: columns.count(",") + 1] == columns.split(","), name
    for name in ("load", "ties"):
        assert (built / "tables" / f"{name}.csv").exists()


def test_every_quote_stands_in_the_text(built: Path) -> None:
    from kg.reader import read

    text = read(GAZETTE).text
    with (built / "tables" / "assignments.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        assert text[int(row["start"]) : int(row["end"])] == row["as_written"]
        assert row["quote"] in text


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONHASHSEED": "7"}, {"LC_ALL": "C", "TZ": "Asia/Shanghai"}],
    ids=["hash seed", "locale"],
)
def test_same_bytes_again(built: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    outcome = build("-q", "-o", tmp_path / "again", **environment)
    assert outcome.returncode == 0, outcome.stderr
    assert digest(tmp_path / "again") == digest(built)


def test_order_of_files_does_not_matter(tmp_path: Path) -> None:
    for number in (7, 8, 9):
        (tmp_path / f"{number}.txt").write_text(NOTICE.replace("7号", f"{number}号"), "utf-8")
    files = [tmp_path / f"{number}.txt" for number in (7, 8, 9)]
    assert build("-q", "-o", tmp_path / "a", *files).returncode == 0
    assert build("-q", "-o", tmp_path / "b", *reversed(files)).returncode == 0
    assert digest(tmp_path / "a") == digest(tmp_path / "b")


BAD = {
    "missing.txt": (None, "no such file"),
    "empty.txt": (b"", "empty"),
    "binary.txt": (b"\0\1\2" * 100, "binary"),
    "wrong.txt": (NOTICE.encode("big5", "ignore") + b"\xff\xff", "neither UTF-8 nor GB18030"),
    "novel.txt": ("从前有座山，山里有座庙。庙里有个老和尚在讲故事。".encode(), "no notice found"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_and_the_others_are_built(tmp_path: Path, name: str) -> None:
    data, says = BAD[name]
    if data is not None:
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(NOTICE, encoding="utf-8")
    outcome = build("-o", tmp_path / "out", tmp_path / name, tmp_path / "good.txt")
    assert outcome.returncode == 1
    (line,) = [line for line in outcome.stderr.splitlines() if line.startswith("error")]
    assert name in line
    assert says in line
    assert "Traceback" not in outcome.stderr
    assert (tmp_path / "out" / "graph.nq").exists()


def test_nothing_to_build_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    outcome = build("-o", tmp_path / "out", tmp_path / "empty")
    assert outcome.returncode == 1
    assert "no readable files" in outcome.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_former_build_stays_when_nothing_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(NOTICE, encoding="utf-8")
    assert build("-q", "-o", tmp_path / "out", tmp_path / "good.txt").returncode == 0
    before = digest(tmp_path / "out")
    assert build("-q", "-o", tmp_path / "out", tmp_path / "none.txt").returncode == 1
    assert digest(tmp_path / "out") == before


def test_wrong_use(tmp_path: Path) -> None:
    assert build("--no-such-option").returncode == 2
    (tmp_path / "my.ttl").write_text("this is no Turtle", encoding="utf-8")
    outcome = build("-o", tmp_path / "out", "--register", tmp_path / "my.ttl")
    assert outcome.returncode == 2
    assert "my.ttl:1" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_help_has_examples() -> None:
    outcome = build("--help")
    assert outcome.returncode == 0
    assert "examples:" in outcome.stdout
    assert "exit codes:" in outcome.stdout


def test_own_register_gives_a_name(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "my.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix m8g: <http://data.europa.eu/m8g/> .\n"
        '<urn:x> a m8g:PublicOrganisation ; skos:prefLabel "某某市园林绿化中心"@zh ; '
        'skos:altLabel "市园林局"@zh .\n',
        encoding="utf-8",
    )
    arguments = ("-q", "-o", tmp_path / "out", "--register", tmp_path / "my.ttl")
    assert build(*arguments, tmp_path / "notice.txt").returncode == 0
    with (tmp_path / "out" / "tables" / "assignments.csv").open(encoding="utf-8") as file:
        names = {row["as_written"]: row["name"] for row in csv.DictReader(file)}
    assert names["市园林局"] == "某某市园林绿化中心"
    assert names["市财政局"] == "某某市财政局"


def test_killed_at_any_moment_leaves_a_whole_build(tmp_path: Path) -> None:
    """Kill -9 leaves the former build or the new one, never a mixture."""
    out = tmp_path / "out"
    (tmp_path / "one.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "two.txt").write_text(NOTICE.replace("7号", "8号"), encoding="utf-8")
    whole = {}
    for name in ("one", "two"):
        assert build("-q", "-o", out, tmp_path / f"{name}.txt").returncode == 0
        whole[name] = digest(out)
    begin = time.perf_counter()
    assert build("-q", "-o", out, tmp_path / "one.txt").returncode == 0
    seconds = time.perf_counter() - begin
    at = random.Random(7)
    for turn in range(12):
        name = ("one", "two")[turn % 2]
        process = subprocess.Popen(
            [sys.executable, str(SCRIPT), "-q", "-o", str(out), str(tmp_path / f"{name}.txt")],
            cwd=ROOT,
        )
        time.sleep(at.uniform(0.5, 1.05) * seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert digest(out) in whole.values()


def test_what_is_no_build_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    mine = tmp_path / "论文"
    mine.mkdir()
    (mine / "draft.docx").write_bytes(b"years of work")
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    for target, words in ((mine, "draft.docx"), (file, "file"), (tmp_path, "would be lost")):
        done = build(tmp_path / "notice.txt", "-o", target, "-q", "--outputs", "tables")
        assert done.returncode == 2, done.stderr
        assert words in done.stderr and len(done.stderr.splitlines()) == 1, done.stderr
    assert (mine / "draft.docx").read_bytes() == b"years of work"
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_build_through_a_link_stands_where_the_link_leads(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    for _ in range(2):
        done = build(tmp_path / "notice.txt", "-o", link, "-q", "--outputs", "tables")
        assert done.returncode == 0, done.stderr
    assert link.is_symlink()
    assert (real / "tables" / "notices.csv").is_file()
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"notice.txt", "real", "link", ".real.cache"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of a process are those of POSIX")
def test_a_disk_that_is_full_is_an_error_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    out = tmp_path / "out"
    assert build(tmp_path / "notice.txt", "-o", out, "-q").returncode == 0
    before = digest(out)
    # No file may grow over 64 KB: what is read fits in, the graph does not.
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))"
    )
    done = build_after(limited, tmp_path / "notice.txt", "-o", out, "-q")
    assert done.returncode == 2, done.stderr
    assert "cannot be written" in done.stderr and "Traceback" not in done.stderr
    assert digest(out) == before
    assert not (tmp_path / ".out.new").exists()


@pytest.mark.parametrize(
    ("outputs", "free", "says"),
    [
        # 100 MB of readings give at least 1,400 MB of quads and 60 MB of tables.
        ("graph,tables", 1_500_000_000, None),
        ("graph,tables", 1_400_000_000, "at least 1.5 GB, the disk has 1.4 GB left"),
        ("graph,tables", 1_400_000_000, "--outputs tables needs 60.0 MB"),
        ("graph,tables", 1_400_000_000, "至少需要 1.5 GB，磁盘只剩 1.4 GB"),
        ("tables", 60_000_000, None),
        ("tables", 50_000_000, "at least 60.0 MB, the disk has 50.0 MB left"),
    ],
)
def test_what_does_not_fit_on_a_disk_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outputs: str, free: int, says: str | None
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    chosen = {Output(word) for word in outputs.split(",")}
    if says is None:
        require_room(tmp_path / "out", 100_000_000, chosen)
        return
    with pytest.raises(InputError, match=re.escape(says)):
        require_room(tmp_path / "out", 100_000_000, chosen)


def test_a_disk_without_room_stops_a_build_before_it_writes(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    out = tmp_path / "out"
    assert build(tmp_path / "notice.txt", "-o", out, "-q").returncode == 0
    before = digest(out)
    full = "import shutil, types; shutil.disk_usage = lambda _: types.SimpleNamespace(free=1000)"
    done = build_after(full, tmp_path / "notice.txt", "-o", out, "-q")
    assert done.returncode == 2, done.stderr
    assert "磁盘只剩 0.0 MB" in done.stderr and "Traceback" not in done.stderr
    assert digest(out) == before
    assert not (tmp_path / ".out.new").exists()


def test_a_build_calculates_in_one_thread(tmp_path: Path) -> None:
    """Threads of small matrices wait for one another; who wants them says so."""
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    told = (
        "import os, sys; import kg.cli.build; from kg.cli import run_command; "
        "assert 'numpy' not in sys.modules; run_command('build', sys.argv[1:]); "
        "assert 'numpy' in sys.modules; print(os.environ['OPENBLAS_NUM_THREADS'])"
    )
    command = [sys.executable, "-c", told, str(tmp_path / "notice.txt"), "-q", "-o"]
    outside = {key: value for key, value in os.environ.items() if key != "OPENBLAS_NUM_THREADS"}
    for environment, threads in ((outside, "1"), ({**outside, "OPENBLAS_NUM_THREADS": "3"}, "3")):
        done = subprocess.run(
            [*command, str(tmp_path / threads)],
            capture_output=True, encoding="utf-8", env=environment, cwd=ROOT, check=False,
        )  # fmt: skip
        assert done.stdout.split() == [threads], done.stderr


def test_a_locale_without_chinese_names_is_an_error_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    done = build(
        *(tmp_path / "notice.txt", "-o", tmp_path / "out", "-q"), LC_ALL="C", PYTHONUTF8="0"
    )
    assert done.returncode == 2, done.stderr
    assert "PYTHONUTF8=1" in done.stderr and "Traceback" not in done.stderr


def test_the_output_may_stand_in_the_folder_of_the_input(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    once = build("-o", tmp_path / "out", tmp_path)
    again = build("-o", tmp_path / "out", tmp_path)
    assert (once.returncode, again.returncode) == (0, 0)
    # The second finds one thing more: that it passed the output of the first over.
    facts = [outcome.stdout.split(" · ")[:5] for outcome in (once, again)]
    assert facts[0] == facts[1] and facts[0][0] == "1 document 文档"
    assert "1 folder of this program's output not read (the first: out)" in again.stderr
    findings = (tmp_path / "out" / "tables" / "findings.csv").read_text(encoding="utf-8")
    assert "passed-over-files" in findings
    # A build that has some of the outputs alone is told by each of these.
    for mark in ("graph.nq", "tables/assignments.csv", "site/static/server.js"):
        assert (tmp_path / "out" / mark).is_file()


@pytest.mark.parametrize(
    "base",
    ["no iri", "http://x y/", "", "id/", "https://example.org/id", "http://", "https:///id/"],
)
def test_a_base_that_is_no_iri_is_said_before_anything_is_read(tmp_path: Path, base: str) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    command = [sys.executable, str(SCRIPT), str(tmp_path / "notice.txt"), "-q"]
    done = subprocess.run(
        [*command, "-o", str(tmp_path / "out"), f"--base-iri={base}"],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
        timeout=20,
    )
    assert done.returncode == 2, done.stderr
    assert "--base-iri" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_units_of_a_file_that_is_not_there_are_not_all_resolved(tmp_path: Path) -> None:
    outcome = subprocess.run(
        [sys.executable, "-m", "kg", "units", "unresolved", str(tmp_path / "none.txt")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert "none.txt" in outcome.stderr


def test_the_hint_at_the_query_can_be_pasted(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text(NOTICE, encoding="utf-8")
    folder = tmp_path / "我的 文件"
    outcome = build("-o", folder, tmp_path / "n.txt")
    hint = outcome.stdout.partition("kg query --build ")[2].strip()
    assert shlex.split(hint) == [str(folder)]
