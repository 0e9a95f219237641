"""Closed lists of the vocabulary, shared by every stage.

The members' values are the words that tables and IRIs use; labels in Chinese
and English stand in ``ontology/gazette.ttl``.
"""

from enum import StrEnum

__all__ = [
    "Certainty",
    "Comparator",
    "DeadlineKind",
    "Form",
    "Quantifier",
    "Relation",
    "Role",
    "Severity",
]


class Role(StrEnum):
    """What a unit is to a task, strongest first."""

    LEAD = "lead"
    PRIMARY = "primary"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"


class Certainty(StrEnum):
    """Whether a role word stands beside the unit, or prose lays the duty on it."""

    STATED = "stated"
    IMPLIED = "implied"


class Form(StrEnum):
    """Where a task stands: a numbered item, a table row, or plain prose."""

    ITEM = "item"
    ROW = "row"
    PARAGRAPH = "paragraph"


class Quantifier(StrEnum):
    """How a collective unit picks its members."""

    ALL = "all"
    SOME = "some"
    LOCAL = "local"


class DeadlineKind(StrEnum):
    """What a time limit says."""

    BY = "by"
    ON = "on"
    FROM = "from"
    ONGOING = "ongoing"
    AS_SCHEDULED = "as_scheduled"


class Comparator(StrEnum):
    """How a target's value is meant."""

    EQUAL = "="
    AT_LEAST = ">="
    AT_MOST = "<="
    ABOUT = "about"


class Relation(StrEnum):
    """The way an act is cited."""

    ISSUES = "issues"
    BASIS = "basis"
    APPLIES = "applies"
    CITES = "cites"
    REPEALS = "repeals"
    AMENDS = "amends"
    REPUBLISHES = "republishes"


class Severity(StrEnum):
    """How much a finding matters; the words of SHACL."""

    INFO = "info"
    WARNING = "warning"
    VIOLATION = "violation"
