"""Kinds of values that options of several commands take."""

from __future__ import annotations

import argparse

__all__ = ["positive"]


def positive(word: str) -> int:
    """Read a whole number of 1 or more."""
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more · 须不小于 1")
    return number
