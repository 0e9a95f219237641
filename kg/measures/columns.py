"""Long sequences that keep their parts in columns, and make them when they are asked for."""

from __future__ import annotations

import dataclasses
import itertools
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeAlias, TypeVar, cast, overload

import numpy as np
from numpy.typing import NDArray

from kg.measures.arrays import Ints

__all__ = ["Column", "Derived", "GrowingWords", "Records", "Words"]

_Record = TypeVar("_Record")

Column: TypeAlias = "Sequence[Any] | NDArray[Any] | Derived"

_AT_ONCE = 8192
"""Records that are made together where all are asked for."""


class Words(Sequence[str]):
    """Texts in one buffer: each takes its bytes and 16 more, where an object takes a hundred.

    Parameters
    ----------
    data
        The buffer, UTF-8.
    start, end
        Where each text begins and ends in it, in bytes.
    """

    __slots__ = ("data", "end", "start")

    def __init__(self, data: bytes | bytearray, start: Ints, end: Ints) -> None:
        self.data, self.start, self.end = data, start, end

    def __len__(self) -> int:
        return len(self.start)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Words: ...
    def __getitem__(self, place: int | slice) -> str | Words:
        if isinstance(place, slice):
            return Words(self.data, self.start[place], self.end[place])
        return _decoded(self.data[self.start[place] : self.end[place]])

    def __iter__(self) -> Iterator[str]:
        return map(_decoded, self._encoded())

    def take(self, places: Ints) -> Words:
        """Return some of the texts, over the same buffer."""
        return Words(self.data, self.start[places], self.end[places])

    def ranked(self) -> tuple[Ints, Ints]:
        """Sort the texts.

        Returns
        -------
        tuple of Ints
            The places in the order of the texts, and the rank of the text at each
            place, from 0; equal texts share one.

        Examples
        --------
        >>> words = GrowingWords(["乙", "甲", "乙", "a"]).words()
        >>> [part.tolist() for part in words.ranked()]
        [[3, 0, 2, 1], [1, 2, 1, 0]]
        """
        # The bytes of UTF-8 sort as the characters do.
        words = list(self._encoded())
        order = sorted(range(len(words)), key=words.__getitem__)
        fresh = [words[one] != words[two] for one, two in itertools.pairwise(order)]
        places = np.array(order, dtype=np.int64)
        ranks = np.zeros(len(words), dtype=np.int64)
        ranks[places[1:]] = np.cumsum(np.array(fresh, dtype=np.int64))
        return places, ranks

    def _encoded(self) -> Iterator[bytes]:
        data = memoryview(self.data)
        return (
            bytes(data[start:end])
            for start, end in zip(self.start.tolist(), self.end.tolist(), strict=True)
        )


class GrowingWords:
    """Texts that are put into one buffer one after the other."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._data = bytearray()
        self._start, self._end = array("q"), array("q")
        for text in texts:
            self.append(text)

    def __len__(self) -> int:
        return len(self._start)

    def append(self, text: str) -> None:
        """Add a text."""
        self._start.append(len(self._data))
        self._data += text.encode("utf-8", "surrogatepass")
        self._end.append(len(self._data))

    def extend(self, words: Words) -> None:
        """Add texts with their whole buffer."""
        offset = len(self._data)
        self._data += words.data
        self._start.frombytes((words.start + offset).tobytes())
        self._end.frombytes((words.end + offset).tobytes())

    def words(self) -> Words:
        """Return what has been added; nothing can be added any more."""
        start, end = (
            np.frombuffer(part or b"", dtype=np.int64) for part in (self._start, self._end)
        )
        return Words(self._data, start, end)


class Derived:
    """A column that is computed where it is looked at, from others that are held.

    Parameters
    ----------
    length
        The number of its values.
    part
        Computes a slice of them.

    Examples
    --------
    >>> names, unit = ["甲", "乙"], np.array([1, 0, 1])
    >>> Derived(3, lambda part: [names[one] for one in unit[part].tolist()])[1:]
    ['甲', '乙']
    """

    __slots__ = ("_length", "_part")

    def __init__(self, length: int, part: Callable[[slice], Sequence[Any] | NDArray[Any]]) -> None:
        self._length, self._part = length, part

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: slice) -> Sequence[Any] | NDArray[Any]:
        return self._part(part)


class Records(Sequence[_Record], Generic[_Record]):
    """Records in columns.

    Parameters
    ----------
    kind
        The dataclass of the records.
    columns
        A column for each of its fields, of which slices are lists, or arrays, where NaN
        stands for a value that there is not (None).

    Examples
    --------
    >>> Load = dataclasses.make_dataclass("Load", ["name", "load"])
    >>> Records(Load, {"name": ["甲", "乙"], "load": np.array([0.5, np.nan])})[1]
    Load(name='乙', load=None)
    """

    __slots__ = ("_columns", "_kind")

    def __init__(self, kind: Callable[..., _Record], columns: Mapping[str, Column]) -> None:
        self._kind = kind
        self._columns = {one.name: columns[one.name] for one in dataclasses.fields(cast(Any, kind))}

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    @overload
    def __getitem__(self, place: int) -> _Record: ...
    @overload
    def __getitem__(self, place: slice) -> list[_Record]: ...
    def __getitem__(self, place: int | slice) -> _Record | list[_Record]:
        if isinstance(place, slice):
            return list(self._made(place))
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return next(self._made(slice(place, place + 1 or None)))

    def __iter__(self) -> Iterator[_Record]:
        for start in range(0, len(self), _AT_ONCE):
            yield from self._made(slice(start, start + _AT_ONCE))

    def parts(self) -> Iterator[dict[str, Sequence[Any] | NDArray[Any]]]:
        """Yield the columns, by name, some thousand records at a time."""
        for start in range(0, len(self), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            yield {name: column[part] for name, column in self._columns.items()}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Records) and list(self) == list(other)

    def _made(self, part: slice) -> Iterator[_Record]:
        columns = (_values(column[part]) for column in self._columns.values())
        return itertools.starmap(self._kind, zip(*columns, strict=True))


def _values(column: Sequence[Any] | NDArray[Any]) -> Sequence[Any]:
    """Return a column's values as Python has them, NaN as None."""
    if not isinstance(column, np.ndarray):
        return column
    values: list[Any] = column.tolist()
    if column.dtype.kind == "f" and np.isnan(column).any():
        return [None if value != value else value for value in values]
    return values


def _decoded(data: bytes | bytearray) -> str:
    return data.decode("utf-8", "surrogatepass")
