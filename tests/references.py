"""Finds references that lead nowhere, in docstrings, comments and Markdown: `python -m tests.references`.

A reference is a file or folder of the repository, a module, a name of ours in backticks, a link or anchor in Markdown,
or a section of `leyr-api.md`. Whoever moves or renames something reads here which sentences to mend.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]

CODE_FOLDERS = ("receptionapp", "ui", "tests", "packaging", "resources")
LEYR_PAGE = "leyr-api.md"
LEYR_FOLDERS = ("receptionapp/leyr/", "receptionapp/sandbox/", "tests/leyr/", "tests/sandbox/")
"""Where a number alone, such as (3.9), means a section of that page."""

OWN_FILES = ("references.py", "test_references.py")
"""What these name in strings does not count as used."""

NOT_OURS = {"dist", "build", "__pycache__"}
SCRIPTS = (".toml", ".yml", ".sh", ".ps1", ".iss", ".spec", ".desktop", "Makefile")

FOREIGN_PAGES = ("docs/leyr-api.md", "docs/decisions/", "CHANGELOG.md")
"""Pages that name what other projects have, or what this one had: only their files and links are looked at."""

FOREIGN_NAMES = frozenset(
    """
    AppImage AtspiKeySynthType AtspiRelationType AtspiStateType CmnD FastAPI GitHub McCoy OpenAPI OpenGL PubMed PySide
    QAccessibleTableCellInterface QAccessibleTableInterface QStyleHints.accessibility TerminateProcess __feature__
    btree_gist ddl log_parameter_max_length_on_error log_statement packaging.utils pg_trgm takeCentralWidget xvfb
    """.split()  # noqa: SIM905, a list of words reads better so
)
"""Names in prose that are other projects', and that no code of ours uses."""


@dataclass(frozen=True, slots=True)
class Text:
    """Prose with the file where it stands and the line where it begins."""

    path: str
    line: int
    content: str


@dataclass(frozen=True, slots=True)
class Dead:
    path: str
    line: int
    reference: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reference}: {self.why}"


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: `words` are the identifiers in its code, in names and in strings."""

    text: str
    words: frozenset[str]
    prose: tuple[Text, ...]

    @classmethod
    def of(cls, path: str, text: str) -> "Source":
        words: set[str] = set()
        prose: list[Text] = []
        tokens = [
            token
            for token in tokenize.generate_tokens(io.StringIO(text).readline)
            if token.type not in (tokenize.NL, tokenize.INDENT, tokenize.DEDENT)
        ]
        before, last_comment = tokenize.NEWLINE, -1
        for token, after in pairwise(tokens):
            line = token.start[0]
            if token.type == tokenize.COMMENT:
                said = token.string.lstrip("#")
                if last_comment == line - 1:  # a sentence may go on in the next line
                    prose[-1] = replace(prose[-1], content=f"{prose[-1].content}\n{said}")
                else:
                    prose.append(Text(path, line, said))
                last_comment = line
                continue
            stands_alone = before == tokenize.NEWLINE and after.type in (tokenize.NEWLINE, tokenize.COMMENT)
            if token.type == tokenize.STRING and stands_alone:  # a docstring, or one below a constant or a field
                prose.append(Text(path, line, token.string))
            else:
                words.update(re.findall(_IDENTIFIER, token.string))
            before = token.type
        return cls(text, frozenset(words), tuple(prose))


class Repository:
    """What there is to refer to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = tuple(sorted(_files(root)))
        self.folders = frozenset(parent.as_posix() for file in self.files for parent in Path(file).parents)

    def has(self, path: str) -> bool:
        """Whether it is a file or folder: by its path from the root (`ui/theme.py`), or by its last parts."""
        wanted = path.strip("/").removeprefix("./")
        there = chain(self.files, self.folders)
        if "/" in wanted and wanted.partition("/")[0] in self.folders:
            return wanted in there
        return any(known == wanted or known.endswith(f"/{wanted}") for known in there)

    def matches(self, pattern: str) -> bool:
        """The same for a path with `*`, and with choices such as `{en,nb}`."""
        return all(
            any(Path(there).match(path.rstrip("/")) for there in chain(self.files, self.folders))
            if "*" in path
            else self.has(path)
            for path in _choices(pattern)
        )

    @cached_property
    def sources(self) -> dict[str, "Source"]:
        """Every Python file by its path."""
        return {
            file: Source.of(file, (self.root / file).read_text(encoding="utf-8"))
            for file in self.files
            if file.endswith(".py") and file.startswith((*(f"{folder}/" for folder in CODE_FOLDERS), "dev.py"))
        }

    @cached_property
    def pages(self) -> dict[str, str]:
        """The text of every Markdown file by its path."""
        return {file: (self.root / file).read_text(encoding="utf-8") for file in self.files if file.endswith(".md")}

    @cached_property
    def members(self) -> dict[str, set[str]]:
        """What can stand after a dot, by what can stand before it: a package, a module or a class of ours. A module
        that a table or another value of a module is named after can't be told from it, and is left out."""
        found: dict[str, set[str]] = {}
        values: set[str] = set()
        for path, source in self.sources.items():
            tree = ast.parse(source.text)
            *folders, name = Path(path).with_suffix("").parts
            own = set(_defined(tree.body))
            values |= {name.id for node in tree.body if isinstance(node, ast.Assign) for name in _names(node.targets)}
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    inside = set(_defined(node.body)) | set(_set_on_self(node))
                    found.setdefault(node.name, set()).update(inside)
                    own |= inside
            module = folders.pop() if name == "__init__" and folders else name
            found.setdefault(module, set()).update(own)
            for folder, below in zip(folders, [*folders[1:], module], strict=False):
                found.setdefault(folder, set()).update({below, *own})
        return {name: inside for name, inside in found.items() if name not in values}

    @cached_property
    def scripts(self) -> dict[str, str]:
        """The text of every script and setting that is no Python, by its path."""
        return {file: (self.root / file).read_text(encoding="utf-8") for file in self.files if file.endswith(SCRIPTS)}

    @cached_property
    def words_of_code(self) -> frozenset[str]:
        """Every identifier that the code itself has, in names and in strings; docstrings and comments do not count."""
        in_scripts = (re.findall(_IDENTIFIER, script) for script in self.scripts.values())
        in_code = (source.words for path, source in self.sources.items() if Path(path).name not in OWN_FILES)
        return frozenset(chain(*in_scripts, *in_code))

    @cached_property
    def leyr_sections(self) -> frozenset[str]:
        """`3`, `3.9`, and `12.10` for a question of section 12."""
        page = next((text for path, text in self.pages.items() if path.endswith(f"/{LEYR_PAGE}")), "")
        headings = re.findall(r"^##+ (\d+(?:\.\d+)?)\b", page, re.MULTILINE)
        questions = re.findall(r"^\| (\d+) \|", page.partition("## 12.")[2], re.MULTILINE)
        return frozenset([*headings, *(f"12.{number}" for number in questions)])


def dead_references(root: Path = ROOT) -> list[Dead]:
    """Every reference that leads nowhere, in order of file and line."""
    repository = Repository(root)
    found = chain.from_iterable(dead_in(text, repository) for text in texts(repository))
    return sorted(set(found), key=lambda dead: (dead.path, dead.line, dead.reference))


def texts(repository: Repository) -> Iterator[Text]:
    """All prose: Markdown files, the docstrings and comments of Python files, and scripts as they are."""
    for path, page in chain(repository.pages.items(), repository.scripts.items()):
        yield Text(path, 1, page)
    for source in repository.sources.values():
        yield from source.prose


def dead_in(text: Text, repository: Repository) -> Iterator[Dead]:
    yield from _dead_files(text, repository)
    if text.path.endswith(SCRIPTS):
        return
    yield from _dead_sections(text, repository)
    if text.path.endswith(".md"):
        yield from _dead_links(text, repository)
    if not text.path.startswith(FOREIGN_PAGES):
        yield from _dead_names(text, repository)


_FILE_TYPES = ("py", "md", "ts", "spec", "ps1", "sh", "iss", "toml")
_FILE = re.compile(rf"(?<![\w/.:@\-<{{}}])[\w.{{}},*-]+(?:/[\w.{{}},*-]+)*\.(?:{'|'.join(_FILE_TYPES)})\b(?![/\w])")
_FOLDER_OF_TREE = re.compile(r"^ *([a-z_]+/)(?= )", re.MULTILINE)  # a line of a drawing of the folders
_PATH = re.compile(rf"(?<![\w/.:@\-<{{}}])(?:{'|'.join((*CODE_FOLDERS, 'docs', '.github'))})/[\w./{{}},*-]*")


def _dead_files(text: Text, repository: Repository) -> Iterator[Dead]:
    for match in chain(_FILE.finditer(text.content), _PATH.finditer(text.content)):
        path = match[0].rstrip(".,")
        beside = (Path(text.path).parent / path).as_posix()
        if not (repository.matches(path) or repository.has(beside)):
            yield _dead(text, match, path, "no such file or folder")
    if text.path.endswith(".md"):
        for match in _FOLDER_OF_TREE.finditer(text.content):
            if not repository.has(match[1]):
                yield _dead(text, match, match[1], "no such folder")


_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def _dead_links(text: Text, repository: Repository) -> Iterator[Dead]:
    for match in _LINK.finditer(text.content):
        target, _, anchor = match[1].partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        page = _plain((Path(text.path).parent / target).as_posix()) if target else text.path
        if page not in repository.files and page not in repository.folders:
            yield _dead(text, match, match[1], "the link leads to no file")
        elif anchor and anchor not in map(_slug, _HEADING.findall(repository.pages.get(page, ""))):
            yield _dead(text, match, match[1], "the page has no such heading")


_NUMBER = r"\d{1,2}(?:\.\d{1,2})?"
_NUMBERS = rf"{_NUMBER}(?:(?:, | and | to |; |, and ){_NUMBER}(?!\w|\.\d))*"
_NAMED_SECTION = re.compile(rf"{re.escape(LEYR_PAGE)}`?\s+({_NUMBERS})(?![\w%])")
_BARE_SECTION = re.compile(
    rf"\((?:DOC |INF )?({_NUMBERS})\)|\b(?:DOC|INF|[Ss]ection) ({_NUMBERS})|\b[Qq]uestions? (?P<question>\d+)"
)
_SUB_SECTION = re.compile(r"(?<![\w.])(\d{1,2}\.\d{1,2})(?!\w|\.\d|\s*(?:s|ms|MB|%)\b)")


def _dead_sections(text: Text, repository: Repository) -> Iterator[Dead]:
    found = [(match, match[1]) for match in _NAMED_SECTION.finditer(text.content)]
    if text.path.startswith(LEYR_FOLDERS):
        for match in _BARE_SECTION.finditer(text.content):
            found.append((match, f"12.{match['question']}" if match["question"] else match[1] or match[2]))
        if re.match(rf"\W*{re.escape(LEYR_PAGE)}", text.content):
            found += [(match, match[1]) for match in _SUB_SECTION.finditer(text.content)]
    for match, numbers in found:
        for number in re.findall(_NUMBER, numbers):
            if number not in repository.leyr_sections:
                yield _dead(text, match, f"{LEYR_PAGE} {number}", "no such section or question")


_IDENTIFIER = r"[A-Za-z_]\w*"
_IN_BACKTICKS = re.compile(rf"(?<!`)`({_IDENTIFIER}(?:\.{_IDENTIFIER})*)(?:\(\))?`(?!`)")
_MODULE = re.compile(rf"(?<![\w./\-])((?:receptionapp|ui)(?:\.{_IDENTIFIER})+)(?![\w/])")
_LIKE_CODE = re.compile(
    r"(?<![\w`./'-])([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|[a-z]+(?:_[a-z0-9]+)+)\b(?![`/-])"  # ViewMoved, from_json
)


def _dead_names(text: Text, repository: Repository) -> Iterator[Dead]:
    patterns = (_IN_BACKTICKS, _MODULE) if text.path.endswith(".md") else (_IN_BACKTICKS, _MODULE, _LIKE_CODE)
    for match in chain.from_iterable(pattern.finditer(text.content) for pattern in patterns):
        name = match[1]
        is_file = "." in name and name.rpartition(".")[2] in (*_FILE_TYPES, "desktop", "json", "sqlite3")
        if not is_file and name not in FOREIGN_NAMES and not _is_there(name, repository):
            yield _dead(text, match, name, "neither we nor our code use this name")


def _is_there(name: str, repository: Repository) -> bool:
    parts = name.split(".")
    known = repository.words_of_code
    if not all(part in known or part in repository.members for part in parts):
        return False
    return all(after in repository.members[before] for before, after in pairwise(parts) if before in repository.members)


# Reading files


def _files(root: Path) -> Iterator[str]:
    for entry in root.iterdir():
        if entry.name in NOT_OURS or (entry.name.startswith(".") and entry.name not in (".github", ".ci")):
            continue
        if entry.is_dir():
            yield from (f"{entry.name}/{below}" for below in _files(entry))
        else:
            yield entry.name


def _defined(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                yield from (name.id for name in _names(targets))
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from (alias.asname or alias.name for alias in names)


def _names(targets: list[ast.expr]) -> Iterator[ast.Name]:
    return (target for target in targets if isinstance(target, ast.Name))


def _set_on_self(node: ast.ClassDef) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store):
            yield inner.attr


def _choices(path: str) -> list[str]:
    """Each path that one with choices in braces stands for."""
    if found := re.search(r"\{([^{}]*)\}", path):
        before, after = path[: found.start()], path[found.end() :]
        return [whole for choice in found[1].split(",") for whole in _choices(before + choice + after)]
    return [path]


def _plain(path: str) -> str:
    """Without `.` and `..` in it."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)


def _slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    kept = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).lower())
    return kept.replace(" ", "-")


def _dead(text: Text, match: re.Match[str], reference: str, why: str) -> Dead:
    return Dead(text.path, text.line + text.content.count("\n", 0, match.start()), reference, why)


if __name__ == "__main__":
    found = dead_references()
    sys.stdout.writelines(f"{dead}\n" for dead in found)
    sys.exit(1 if found else 0)
