"""The program as it is installed from a wheel, far from any checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CARRIED = {"ontology": "*.ttl", "queries": "**/*.rq", "data": "*.txt"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder that a wheel of this checkout has been unpacked into."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    subprocess.run(
        [*command, "--no-build-isolation", "--wheel-dir", folder, ROOT], check=True, cwd=folder
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.parametrize("name", CARRIED)
def test_a_wheel_carries_what_the_program_reads(installed, name):
    stands = {path.relative_to(ROOT / name) for path in (ROOT / name).glob(CARRIED[name])}
    assert stands
    inside = installed / "kg" / name
    assert {path.relative_to(inside) for path in inside.glob(CARRIED[name])} == stands


def test_the_installed_program_builds_the_gazette(installed, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    code = "import kg, sys; from kg.cli import main; print(kg.__file__); sys.exit(main())"

    def kg(*arguments):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert str(installed) in done.stdout
        return done.stdout

    assert "5 notices" in kg("build")
    assert (tmp_path / "build" / "site" / "index.html").exists()
    assert "北京市朝阳区水务局" in kg("query", "unit-load")
