"""Bring the translations up to date with the program: `python3 dev.py translations`.

`reception_nb.ts` follows the sources; new texts stand in it as unfinished, with their translation empty. `qt_nb.ts`
holds the few texts of Qt's own that show (Qt ships none in bokmål) and is kept by hand. Both become
`reception_nb.qm`, which is committed too, so that a bare clone speaks Norwegian. English has no catalogue: the texts
in the sources are English, worded so that none needs a plural form.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import PySide6

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TOOLS = Path(PySide6.__file__).parent


def sources() -> list[Path]:
    """Every file with words for the screen, always in the same order."""
    return [
        file
        for part in ("ui", "receptionapp/desktop", "receptionapp/sentences")
        for file in sorted((ROOT / part).rglob("*.py"))
    ]


def update(folder: Path) -> None:
    """Read the sources into the .ts of `folder`, and make its .qm."""
    steady = ("-locations", "none", "-no-obsolete", "-disable-heuristic", "sametext")
    steady += ("-disable-heuristic", "similartext")
    _run("lupdate", "-silent", *sources(), *steady, "-source-language", "en", "-target-language", "nb_NO", "-ts",
         folder / "reception_nb.ts")  # fmt: skip
    compile_catalogue(folder)


def compile_catalogue(folder: Path) -> None:
    """Make the .qm of `folder` from its two .ts."""
    catalogues = (folder / "reception_nb.ts", folder / "qt_nb.ts")
    _run("lrelease", "-silent", "-nounfinished", *catalogues, "-qm", folder / "reception_nb.qm")


def _run(tool: str, *arguments: object) -> None:
    subprocess.run([str(TOOLS / tool), *(str(a) for a in arguments)], check=True, cwd=ROOT)  # noqa: S603


def main(words: Sequence[str]) -> int:
    update(Path(words[0]) if words else HERE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
