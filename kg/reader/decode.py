"""From bytes to characters: UTF-8 with or without BOM, UTF-16 with BOM, GB18030."""

from __future__ import annotations

import codecs

from kg.errors import InputError

__all__ = ["decode"]

_BINARY_SAMPLE = 65536
_COMMON_SHARE = 0.75
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13})


def decode(data: bytes, name: str) -> str:
    """Return the characters of a text file.

    Parameters
    ----------
    data
        The file's bytes.
    name
        The file as the user named it, for messages.

    Raises
    ------
    InputError
        The file is empty, binary, or in none of the known encodings.
    """
    if not data.strip():
        raise InputError(name, "the file is empty · 文件是空的")
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(bom):
            return _strictly(data, encoding, name)
    sample = data[:_BINARY_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\0" in sample or controls > len(sample) / 100:
        raise InputError(
            name,
            "this is a binary file, not text; save it as UTF-8 text first · "
            "这是二进制文件，请先另存为 UTF-8 文本",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _as_gb18030(data)
        if text is not None:
            return text
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            name,
            f"neither UTF-8 nor GB18030 (byte {error.start}); save it as UTF-8 · "
            "编码既不是 UTF-8 也不是 GB18030，请另存为 UTF-8",
            line,
        ) from None


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            name, f"damaged {encoding} at byte {error.start} · 编码损坏", line
        ) from None


def _as_gb18030(data: bytes) -> str | None:
    """Decode as GB18030 if the outcome reads like Chinese.

    GB18030 gives characters to almost any bytes, so the outcome counts only when
    most of its characters are in everyday use: in the first level of GB 2312.
    """
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    letters = [character for character in text if ord(character) > 0x2FFF and character.isalpha()]
    common = sum(_is_common(character) for character in letters)
    return text if letters and common >= _COMMON_SHARE * len(letters) else None


def _is_common(character: str) -> bool:
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False
