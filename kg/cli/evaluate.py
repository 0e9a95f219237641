"""Compare what the program reads with gold made by hand: precision, recall, F1.

用人工标注检验抽取结果：准确率、召回率、F1。

examples:
  kg evaluate                                     the gazette against tests/gold
  kg evaluate notice.txt --gold notice.json
  kg evaluate notice.txt --gold notice.json --least 0.95

exit codes: 0 done; 1 a score is below --least; 2 wrong use
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kg.errors import InputError
from kg.evaluation import Gold, evaluate
from kg.pipeline import Pipeline
from kg.resources import data

__all__ = ["configure", "run"]

_GAZETTE = "chaoyang-2020-02.txt"
_GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold" / "chaoyang-2020-02.json"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        help="what to read, with --gold (default: the gazette in data/)",
    )
    parser.add_argument(
        "--gold",
        type=Path,
        metavar="FILE.json",
        help="the gold of the file (default: that of the gazette, in tests/gold)",
    )
    parser.add_argument(
        "--register",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a register of your own (.ttl), or counties (.csv); may be repeated",
    )
    parser.add_argument(
        "--least", type=float, default=0.0, metavar="F1", help="the F1 that assignments must reach"
    )


def run(options: argparse.Namespace) -> int:
    """Print a line for each kind of fact."""
    if options.file and not options.gold:
        raise InputError(
            str(options.file),
            "is compared with gold of its own: name it with --gold · 请用 --gold 指定该文件的标注",
        )
    facts = Pipeline(options.register).read(options.file or data() / _GAZETTE)
    scores = evaluate([facts], _read_gold(options.gold or _GOLD))
    print(f"{'kind 类别':<24}{'P':>8}{'R':>8}{'F1':>8}   right/wrong/missed")
    for kind, score in scores.items():
        counts = f"{score.right}/{score.wrong}/{score.missed}"
        print(f"{kind:<24}{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>8.3f}   {counts}")
    return int(scores["assignments"].f1 < options.least)


def _read_gold(path: Path) -> Gold:
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(str(path), f"the gold cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise InputError(str(path), f"not valid JSON: {error}") from None
    if not isinstance(gold, dict):
        raise InputError(str(path), "not a gold file: an object is expected")
    return gold
