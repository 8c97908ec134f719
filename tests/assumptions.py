"""Section 13 of docs/leyr-api.md, made from the list of assumptions: `python -m tests.assumptions`; and who refers to
which row."""

import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

from receptionapp.leyr.assumptions import relied_on_table
from tests.references import Source

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "leyr-api.md"
_MADE = re.compile(r"(<!-- made -->\n).*(<!-- end of made -->)", re.DOTALL)
_MARK = re.compile(r"\b[Aa]ssumes((?:[\s#,]|\band\b|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\b)+)")
_NAME = re.compile(r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*")
_SECTION = re.compile(r"^##+ (\d+(?:\.\d+)?)\b.*$", re.MULTILINE)


def with_table(page: str) -> str:
    return _MADE.sub(lambda found: f"{found[1]}\n{relied_on_table()}\n{found[2]}", page)


@cache
def marks() -> dict[str, set[str]]:
    """The files whose comments and docstrings say that they assume a row, by its name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for part in ("receptionapp", "ui"):
        for path in (ROOT / part).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith("receptionapp/sandbox/") or path.name == "assumptions.py":
                continue
            text = path.read_text(encoding="utf-8")
            if "ssumes" not in text:
                continue
            for prose in Source.of(name, text).prose:
                for mark in _MARK.finditer(prose.content):
                    for row in _NAME.findall(mark[1]):
                        found[row].add(name)
    return dict(found)


def sections_not_stated() -> set[str]:
    """The sections of the page, from 1 to 7, that have something which no page of Leyr's states."""
    page = PAGE.read_text(encoding="utf-8")
    places = [(match[1], match.end()) for match in _SECTION.finditer(page)]
    ends = [start for _, start in places[1:]] + [len(page)]
    return {
        section
        for (section, start), end in zip(places, ends, strict=True)
        if 1 <= float(section) < 8 and re.search(r"\b(INF|UNK)\b", page[start:end])
    }


def questions() -> set[str]:
    """Those of section 12, such as `12.7`."""
    page = PAGE.read_text(encoding="utf-8").partition("## 12.")[2].partition("## 13.")[0]
    return {f"12.{number}" for number in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(0)
