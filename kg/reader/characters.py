"""Characters: one for each sign, whichever a file writes for it, and full-width punctuation."""

from __future__ import annotations

import re
import unicodedata

from kg.document import MappedText
from kg.wording import HAN

__all__ = ["fold", "usual_characters"]

_VARIANTS = str.maketrans("內戶產爲眞淸靑溫戸∶︰", "内户产为真清青温户：：")
# Radicals that stand for the character where a PDF's font has one glyph for both, and that
# NFKC leaves alone: from the Unicode Character Database, EquivalentUnifiedIdeograph.txt.
_RADICALS = str.maketrans(
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆"
    "⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀聿肉艹艹艹虎衤覀西见角"
    "讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
)
_FOLD = re.compile(
    r"[\u2e3a\u2e3b\u2e80-\u2fdf\uf900-\ufaff\uff10-\uff5a\ufe50-\ufe6b內戶產爲眞淸靑溫戸∶︰．％＋－＝～]"
)
_DASHES = {"\u2e3a": "——", "\u2e3b": "———"}
"""Dashes that fonts join to one glyph, and printed files to one character."""
_KEEP_WIDE = set("，：；（）？！、。")
_SMALL = str.maketrans("﹐﹑﹔﹕﹖﹗﹙﹚﹝﹞", "，、；：？！（）〔〕")
_CJK = rf"{HAN}，。、；：？！（）《》〈〉“”‘’〔〕【】"
_HALF = re.compile(
    # The mark itself stands first, so that the search passes over all that is none.
    rf"[,;:?!.()](?:(?<=[()])|(?<=[{_CJK}][,;:?!])(?!//)"
    rf"|(?<=[,;:?!])(?<![A-Za-z0-9][,;:?!])(?=[{_CJK}])"
    rf"|(?<=[A-Za-z0-9%][,;:])(?=[{HAN}])|(?<=[{HAN}]\.)(?=$|[{HAN}\n]))"
)
_FULL = str.maketrans(",;:?!().", "，；：？！（）。")
_ANGLES = re.compile(rf"(?<![A-Za-z0-9])<([^<>\n]{{0,60}}[{HAN}][^<>\n]{{0,60}})>")
"""Less-than signs that stand for brackets: 《2021年<政府工作报告>分工》, 各县<市、区>政府."""


def usual_characters(text: MappedText) -> MappedText:
    """Return a text with the usual characters, and full-width punctuation beside Chinese."""
    text = text.sub(_FOLD, _folded)
    if "<" in text.text:
        text = text.sub(_ANGLES, lambda match: f"〈{match[1]}〉")
    return text.sub(_HALF, lambda match: match.group().translate(_FULL))


def fold(text: str) -> str:
    """Return ``text`` with the usual characters in place of compatible ones.

    >>> fold("人⺠政府")
    '人民政府'
    """
    return _FOLD.sub(_folded, text)


def _folded(match: re.Match[str]) -> str:
    character = match.group()
    if character in _DASHES:
        return _DASHES[character]
    folded = character.translate(_RADICALS).translate(_SMALL)
    if folded == character and character not in _KEEP_WIDE:
        folded = unicodedata.normalize("NFKC", character)
    return folded.translate(_VARIANTS) if len(folded) == 1 else character
