"""The choices that a measure depends on, as one value that is printed with the results."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kg.dates import DATE_HINT, is_date
from kg.errors import InputError
from kg.model import Role

__all__ = [
    "PRESETS",
    "ROLES",
    "CertaintyChoice",
    "Choices",
    "CollectiveChoice",
    "PrimaryChoice",
    "Strata",
    "UnitChoice",
    "WorkChoice",
    "format_choices",
    "parse_choices",
]

ROLES = (Role.LEAD, Role.PRIMARY, Role.RESPONSIBLE, Role.SUPPORT)
"""The roles, strongest first: a role's place here is its code in every array."""


class CertaintyChoice(StrEnum):
    """Which assignments count: with a role word beside the unit, implied by prose, or both."""

    STATED = "stated"
    IMPLIED = "implied"
    ALL = "all"


class CollectiveChoice(StrEnum):
    """What a collective unit counts as.

    ``node``: one actor. ``share``: its load is shared among its known members,
    1/m each; pairs and structure keep the node. ``full``: a collective of all
    (各) is replaced by its known members, each in full.
    """

    NODE = "node"
    SHARE = "share"
    FULL = "full"


class PrimaryChoice(StrEnum):
    """Whether 主责 and 主办 lead: never, where nobody else does, or always."""

    OWN = "own"
    HEAD = "head"
    LEAD = "lead"


class WorkChoice(StrEnum):
    """Which tasks count where a plan tells one piece of work twice."""

    ONCE = "once"
    ROWS = "rows"
    PARAGRAPHS = "paragraphs"


class UnitChoice(StrEnum):
    """What is one unit over time: each version of its own, or all of a lineage as one."""

    VERSION = "version"
    LINEAGE = "lineage"


class Strata(StrEnum):
    """Within what the null model of :mod:`kg.measures.excess` keeps degrees."""

    NOTICE = "notice"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything about a measure that a researcher may decide otherwise.

    Attributes
    ----------
    weights
        Weights of lead, primary, responsible and support in the fractional load.
    certainty
        Which assignments count: stated ones, implied ones, or all.
    collective
        What a collective unit counts as.
    work
        Rows, paragraphs, or each piece of work once.
    notices
        Numbers of the notices to count; empty for all.
    period_from, period_to
        First and last date of the notices to count, ISO, as precise as wanted
        (``2020``, ``2020-03``); empty for no bound.
    unit_as
        Each version of a unit by itself, or every version under the unit that it
        became in the end (区卫生计生委 under 区卫生健康委).
    primary
        Whether 主责 and 主办 lead, in burdens, directed weights and lead share.
    collectives_in_structure
        Keep collective units in constraint, betweenness, PageRank, core and
        communities; they are brokers by construction, so they are left out.
    core_shared
        A pair is a tie of the core network from this many shared tasks on.
    strata
        The null model's strata.
    alpha
        The level below which a q value counts as a finding.
    bootstrap
        Number of bootstrap samples of notices; 0 for no intervals.
    seed
        Seed of everything that is drawn.
    members
        Known members of collective units: id of the collective, ids of members.
        Where none are named, units whose parent is the collective.
    """

    weights: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    certainty: CertaintyChoice = CertaintyChoice.STATED
    collective: CollectiveChoice = CollectiveChoice.NODE
    work: WorkChoice = WorkChoice.ONCE
    notices: tuple[str, ...] = ()
    period_from: str = ""
    period_to: str = ""
    unit_as: UnitChoice = UnitChoice.VERSION
    primary: PrimaryChoice = PrimaryChoice.OWN
    collectives_in_structure: bool = False
    core_shared: int = 2
    strata: Strata = Strata.NOTICE
    alpha: float = 0.05
    bootstrap: int = 0
    seed: int = 1
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.weights) != len(ROLES) or not all(0 < w < math.inf for w in self.weights):
            raise InputError(
                "weights",
                f"{self.weights} — give four positive numbers: lead, primary, responsible, "
                "support · 请给出四个正数：牵头、主责、责任、配合",
            )
        for name, least, most in _LIMITS:
            value = getattr(self, name)
            if not least <= value <= most:
                raise InputError(
                    name,
                    f"{value:g} is not between {least} and {most} · 不在 {least} 与 {most} 之间",
                )
        for name in ("period_from", "period_to"):
            value = getattr(self, name)
            if value and not is_date(value):
                raise InputError(name, f"{value!r} {DATE_HINT}")


_LIMITS = (
    ("core_shared", 1, 1_000_000),
    ("alpha", 0, 1),
    ("bootstrap", 0, 1_000_000),
    ("seed", 0, 2**32 - 1),
)
"""Choices that are numbers, with the least and the greatest value of each."""

PRESETS: dict[str, dict[str, object]] = {
    "default": {},
    "weighted": {"weights": (3.0, 3.0, 2.0, 1.0)},
    "stated": {"certainty": CertaintyChoice.STATED},
    "with-implied": {"certainty": CertaintyChoice.ALL},
    "share": {"collective": CollectiveChoice.SHARE},
    "full": {"collective": CollectiveChoice.FULL},
    "rows": {"work": WorkChoice.ROWS},
    "paragraphs": {"work": WorkChoice.PARAGRAPHS},
    "lineage": {"unit_as": UnitChoice.LINEAGE},
    "primary-leads": {"primary": PrimaryChoice.LEAD},
    "primary-heads": {"primary": PrimaryChoice.HEAD},
}
"""Names for single choices, to be joined by ``+``."""


def parse_choices(words: str, start: Choices | None = None) -> Choices:
    """Read choices from ``weighted+certainty=all``: presets and settings.

    >>> parse_choices("weighted+with-implied").weights
    (3.0, 3.0, 2.0, 1.0)
    >>> parse_choices("weights=2/2/1/1").weights
    (2.0, 2.0, 1.0, 1.0)
    """
    changes: dict[str, object] = {}
    for word in filter(None, (part.strip() for part in words.split("+"))):
        name, equals, value = word.partition("=")
        if not equals and name in PRESETS:
            changes |= PRESETS[name]
        elif equals and name in _READERS:
            try:
                changes[name] = _READERS[name](value)
            except ValueError:
                raise InputError("choices", f"{word!r} cannot be read · 无法识别") from None
        else:
            known = ", ".join([*PRESETS, *(f"{key}=…" for key in _READERS)])
            raise InputError("choices", f"unknown choice {word!r} · 未知选项; known: {known}")
    return dataclasses.replace(start or Choices(), **changes)  # type: ignore[arg-type]


def format_choices(choices: Choices) -> dict[str, str]:
    """Return every choice as text, as it is printed with the results."""
    shown: dict[str, str] = {}
    for entry in dataclasses.fields(choices):
        value = getattr(choices, entry.name)
        if entry.name == "members":
            text = ";".join(f"{key}={','.join(ids)}" for key, ids in sorted(value.items()))
        elif isinstance(value, tuple):
            text = "/".join(f"{item:g}" if isinstance(item, float) else item for item in value)
        elif isinstance(value, bool):
            text = "yes" if value else "no"
        else:
            text = f"{value:g}" if isinstance(value, float) else str(value)
        shown[entry.name] = text
    return shown


def _weights(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.replace(",", "/").split("/"))


def _yes(text: str) -> bool:
    if text.lower() in {"yes", "true", "1"}:
        return True
    if text.lower() in {"no", "false", "0"}:
        return False
    raise ValueError(text)


_READERS: dict[str, Callable[[str], object]] = {
    "weights": _weights,
    "certainty": CertaintyChoice,
    "collective": CollectiveChoice,
    "work": WorkChoice,
    "notices": lambda text: tuple(filter(None, text.split("/"))),
    "period_from": str,
    "period_to": str,
    "unit_as": UnitChoice,
    "primary": PrimaryChoice,
    "collectives_in_structure": _yes,
    "core_shared": int,
    "strata": Strata,
    "alpha": float,
    "bootstrap": int,
    "seed": int,
}
