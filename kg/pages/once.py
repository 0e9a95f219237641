"""Holds what many documents say alike once: their words, and the units that they describe."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TypeVar, cast

from kg.document import Span
from kg.facts import Unit

__all__ = ["Once"]

_Value = TypeVar("_Value")


class Once:
    """Makes facts anew so that equal words are one object, whichever document says them.

    Documents are loaded one by one, each with words of its own, but ids and names come
    in nearly every fact: a collection held so takes half the memory.
    """

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._units: dict[Unit, Unit] = {}

    def held(self, facts: _Value) -> _Value:
        """Return what equals ``facts``: words, or records and tuples made up of them."""
        return cast(_Value, self._held(facts))

    def _held(self, value: object) -> object:
        if isinstance(value, Enum):
            return value
        if isinstance(value, str):
            return self._words.setdefault(value, value)
        if isinstance(value, tuple):
            return tuple([self._held(one) for one in value])
        if not is_dataclass(value) or isinstance(value, (Span, type)):
            return value
        made = type(value)(*[self._held(getattr(value, field.name)) for field in fields(value)])
        return self._units.setdefault(made, made) if isinstance(made, Unit) else made
