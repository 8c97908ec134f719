"""The picture in docs/architecture.md, made from the imports of the code: `python -m tests.architecture`.

An arrow from a package to another says that the first imports the second.
Imports inside functions and for type checkers only count as any other.
"""

import re
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from grimp import build_graph

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
PICTURE = re.compile(r"```mermaid\n.*?```\n", re.DOTALL)


def draw() -> str:
    """The packages as a Mermaid flow chart, top layer first."""
    graph = build_graph("receptionapp", "ui", cache_dir=None)
    arrows = set()
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            a, b = _package(importer), _package(imported)
            if a != b and a and b:
                arrows.add((a, b))
    lines = [f"    {a} --> {b}" for a, b in sorted(arrows)]
    return "\n".join(("```mermaid", "flowchart TD", *lines, "```", ""))


def find_circle() -> list[str]:
    """Modules that import each other around, the first again at the end; none if there is no circle."""
    graph = build_graph("receptionapp", "ui", cache_dir=None)
    imports = {importer: graph.find_modules_directly_imported_by(importer) for importer in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _package(module: str) -> str:
    """`ui` as a whole; of the core the package, or `app` for the command line."""
    first, _, rest = module.partition(".")
    if first == "ui":
        return "ui"
    return rest.partition(".")[0].removeprefix("__main__")


def main() -> int:
    PAGE.write_text(PICTURE.sub(lambda _: draw(), PAGE.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
