"""Finding the input: what is read of a folder, and what is said of the rest."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.files import builds, inputs, other_files, placed


def found(*paths: Path) -> dict[str, str]:
    """The names with what is wrong with each, the first words of it."""
    return {
        source.name: source.problem.problem.partition(" · ")[0] if source.problem else ""
        for source in inputs(paths)
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "2020").mkdir(parents=True)
    (folder / "2020" / "通知 1.txt").write_text("甲", encoding="utf-8")
    (folder / "page.jpg").write_bytes(b"x")
    (folder / ".hidden.txt").write_text("x", encoding="utf-8")
    return folder


def test_a_folder_stands_for_the_readable_files_below_it(folder: Path) -> None:
    assert found(folder) == {"2020/通知 1.txt": ""}


@pytest.mark.parametrize("mark", ["graph.nq", "tables/assignments.csv", "site/static/server.js"])
def test_what_a_build_wrote_is_no_input(folder: Path, mark: str) -> None:
    written = folder / "2020" / "build"
    for name in (mark, "site/notices/1.html", "tables/README.json"):
        (written / name).parent.mkdir(parents=True, exist_ok=True)
        (written / name).write_text("甲", encoding="utf-8")
    # Folders of these names that hold nothing of a build are input as any other.
    (folder / "site").mkdir()
    (folder / "site" / "page.html").write_text("甲", encoding="utf-8")
    assert found(folder) == {"2020/通知 1.txt": "", "site/page.html": ""}
    assert builds([folder]) == ["2020/build"]
    assert other_files([folder]) == {".jpg": ["page.jpg"]}


def test_links_out_of_the_folder_are_told_and_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    (folder / "again").symlink_to(folder / "2020")
    (folder / "nowhere.txt").symlink_to(folder / "none")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    left_alone = "the link leads out of the folder; name its target itself to read it"
    assert found(folder) == {
        "2020/通知 1.txt": "",
        "loop.txt": "the link leads nowhere",
        "nowhere.txt": "the link leads nowhere",
        "out.txt": left_alone,
        "up": left_alone,
    }


def test_pipes_are_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    says = "neither a file nor a folder (a pipe or a device)"
    assert found(folder)["pipe.txt"] == says
    assert found(folder / "pipe.txt") == {"pipe.txt": says}


def test_names_that_nobody_can_see_are_shown_as_escapes(folder: Path) -> None:
    for name in (b"a\nb.txt", b"\xff\xfe.txt", "\u202e倒.txt".encode()):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("x", encoding="utf-8")
    assert sorted(found(folder)) == [
        "2020/通知 1.txt",
        "\\u202e倒.txt",
        "\\xff\\xfe.txt",
        "a\\x0ab.txt",
    ]


def test_a_folder_that_may_not_be_opened_is_told() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "1.txt").write_text("x", encoding="utf-8")
        (folder / "closed").mkdir(mode=0)
        user = os.geteuid()
        try:
            if user == 0:
                os.seteuid(65534)  # root may open everything
            says = found(folder)
        finally:
            os.seteuid(user)
    assert says == {"1.txt": "", "closed": "the folder cannot be opened: Permission denied"}


def test_a_pipe_or_a_link_is_never_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    (tmp_path / "plain").write_text("old", encoding="utf-8")
    for name in ("pipe", "link"):
        with pytest.raises(InputError, match="link, pipe or device"), placed(tmp_path / name) as to:
            to.write_text("new", encoding="utf-8")
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "link").is_symlink()
    with placed(tmp_path / "plain") as to:
        to.write_text("new", encoding="utf-8")
    assert (tmp_path / "plain").read_text(encoding="utf-8") == "new"
    assert len(list(tmp_path.iterdir())) == 3
