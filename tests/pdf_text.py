"""What can be read in a PDF of Qt's: every text on its pages, and everything else in the file in the open.

Qt writes text as numbers of glyphs, and beside each font a table of which letters they are; streams are deflated.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_ONE = re.compile(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>\n")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})> (?:<([0-9A-Fa-f]+)>|\[(.*?)\])", re.DOTALL)
_FONT_OR_TEXT = re.compile(rb"/F(\d+) [-\d.]+ Tf|<([0-9A-Fa-f]+)> Tj")


def opened(pdf: bytes) -> bytes:
    """The file with its streams inflated."""
    return _STREAM.sub(lambda found: b"stream\n" + _inflated(found[1]) + b"\nendstream", pdf)


def words(pdf: bytes) -> str:
    """All texts in the order they were drawn, each on a line of its own."""
    objects = {int(number): body for number, body in _OBJECT.findall(opened(pdf))}
    letters = {number: table for number in objects if (table := _letters(number, objects))}
    return "\n".join(text for page in objects.values() if b" Tf" in page for text in _texts(page, letters))


def _texts(page: bytes, letters: dict[int, dict[int, str]]) -> Iterator[str]:
    for block in re.findall(rb"BT\n(.*?)ET", page, re.DOTALL):
        said, table = "", dict[int, str]()
        for font, glyphs in _FONT_OR_TEXT.findall(block):
            if font:
                table = letters[int(font)]
            for at in range(0, len(glyphs), 4):
                said += table.get(int(glyphs[at : at + 4], 16), "\ufffd")
        yield unicodedata.normalize("NFKC", said).replace("\t", " ")  # ligatures are letters again


def _letters(number: int, objects: dict[int, bytes]) -> dict[int, str]:
    """The table of a font: its object names the one that has it."""
    named = re.search(rb"/ToUnicode (\d+) 0 R", objects[number])
    if named is None:
        return {}
    table: dict[int, str] = {}
    for first, last, begin, each in _RANGE.findall(objects[int(named[1])]):
        ends = re.findall(rb"<([0-9A-Fa-f]+)>", each)
        for step in range(int(last, 16) - int(first, 16) + 1):
            code = ends[step] if each else f"{int(begin, 16) + step:04x}".encode()
            table[int(first, 16) + step] = bytes.fromhex(code.decode()).decode("utf-16-be")
    return table


def _inflated(content: bytes) -> bytes:
    try:
        return zlib.decompress(content)
    except zlib.error:
        return content
