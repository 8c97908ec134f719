"""Lays every part's licence into the frozen program, and writes the list of parts (CycloneDX 1.6) beside it.

A part without a licence text, with a licence that asks more than we can give (GPL or AGPL alone), or that nobody knows
fails the build.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

from packaging.utils import canonicalize_name
from parts import NAME, distributions

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TEXTS = HERE / "licences"
CONTENTS = ROOT / "build" / "packaging" / "contents.json"

ACCEPTED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LGPL-2.1-or-later", "LGPL-3.0-only", "MIT",
    "MIT-0", "MIT-CMU", "MIT-Modern-Variant", "MPL-2.0", "OLDAP-2.8", "PSF-2.0", "PostgreSQL", "Unicode-3.0",
    "Unlicense", "Zlib",
}  # fmt: skip
"""Licences, by SPDX name, that let a program be given away in one folder with its texts."""

NOT_SAID_IN_METADATA = {  # read from the licence files themselves
    "backports-tarfile": "MIT",
    "jaraco-classes": "MIT",
    "sqlcipher3": "Zlib",
}
TEXTS_OF = {"pyside6-essentials": ("Qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt"), "shiboken6": ("Qt.txt", "LGPL-3.0.txt")}


@dataclass(frozen=True, slots=True)
class Part:
    """Something in the build. `texts` are its licence files."""

    name: str
    version: str
    licence: str  # SPDX
    texts: tuple[Path, ...]
    kind: str  # of package, as in a package URL


INSIDE = {  # what compiled parts hold or bring along: name, licence, text
    "cryptography": [("OpenSSL", "Apache-2.0", "OpenSSL.txt")],
    "psycopg-binary": [
        ("libpq", "PostgreSQL", "PostgreSQL.txt"),
        ("OpenSSL", "Apache-2.0", "OpenSSL.txt"),
        ("MIT Kerberos", "MIT", "Kerberos.txt"),
        ("com_err", "MIT", "com_err.txt"),
        ("OpenLDAP", "OLDAP-2.8", "OpenLDAP.txt"),
        ("Cyrus SASL", "MIT-CMU", "Cyrus-SASL.txt"),
        ("libxcrypt", "LGPL-2.1-or-later", "libxcrypt.txt"),
        ("keyutils", "LGPL-2.1-or-later", "keyutils.txt"),
    ],
    "pynacl": [("libsodium", "ISC", "libsodium.txt")],
    "pyside6-essentials": [("ICU", "Unicode-3.0", "ICU.txt")],
    "python": [("OpenSSL", "Apache-2.0", "OpenSSL.txt")],
    "sqlcipher3": [("SQLCipher", "BSD-3-Clause", "SQLCipher.txt"), ("OpenSSL", "Apache-2.0", "OpenSSL.txt")],
}


class Unlicensed(Exception):
    """A part may not be given away, or nobody can tell. The text says which."""


def main() -> int:
    contents = json.loads(CONTENTS.read_text(encoding="utf-8"))
    folder = ROOT / "dist" / (f"{NAME}.app/Contents/Resources" if sys.platform == "darwin" else NAME)
    try:
        found = sorted(parts(contents["modules"], contents["sources"]), key=lambda part: part.name.lower())
        judge(found)
    except Unlicensed as error:
        print(f"Licences: {error}", file=sys.stderr)
        return 1
    lay(found, folder / "licences")
    listed = json.dumps(bill_of(found), indent=1, ensure_ascii=False) + "\n"
    (folder / "licences" / "parts.cdx.json").write_text(listed, encoding="utf-8")
    (ROOT / "dist" / "parts.cdx.json").write_text(listed, encoding="utf-8")
    print(f"Licences of {len(found)} parts")
    return 0


def parts(modules: list[str], sources: list[str]) -> Iterator[Part]:
    """What a build with these Python modules and these files, by where they came from, is made of."""
    owners = packages_distributions()
    used = {
        canonicalize_name(owner) for name in {m.partition(".")[0] for m in modules} for owner in owners.get(name, ())
    }
    for name in used & distributions():
        yield of_distribution(distribution(name))
        yield from inside(name)
    yield Part("Python", sys.version.split()[0], "PSF-2.0", (python_licence(),), "generic")
    yield from inside("python")
    bootloader = distribution("pyinstaller")
    exception = "GPL-2.0-or-later WITH Bootloader-exception"
    yield Part("PyInstaller bootloader", bootloader.version, exception, tuple(licence_files(bootloader)), "pypi")
    if sys.platform == "linux":
        yield from of_the_system(sources)


def of_distribution(found: Distribution) -> Part:
    name = canonicalize_name(found.metadata["Name"])
    texts = tuple(TEXTS / text for text in TEXTS_OF.get(name, ())) or tuple(licence_files(found))
    said = (
        found.metadata.get("License-Expression") or found.metadata.get("License") or NOT_SAID_IN_METADATA.get(name, "")
    )
    return Part(name, found.version, said, texts, "pypi")


def licence_files(found: Distribution) -> Iterator[Path]:
    words = ("licen", "copying", "notice", "authors")
    for file in found.files or ():
        if ".dist-info" in str(file.parent) and file.name.lower().startswith(words):
            yield Path(str(found.locate_file(file)))


def inside(name: str) -> Iterator[Part]:
    for held, licence, text in INSIDE.get(name, ()):
        yield Part(f"{held} (in {name})", "", licence, (TEXTS / text,), "generic")


def python_licence() -> Path:
    places = (Path(sys.base_prefix), Path(json.__file__).parent.parent)
    return next((p / "LICENSE.txt" for p in places if (p / "LICENSE.txt").exists()), Path("no licence of Python's"))


def of_the_system(sources: list[str]) -> Iterator[Part]:
    """Libraries that the build took from Debian or Ubuntu; their packages say who wrote them, and how they may be used.

    All are libraries of the X, GLib and compression families, dynamically linked and replaceable.
    """
    packages = set()
    for source in {str(Path(s).resolve()) for s in sources if s.startswith(("/lib", "/usr/lib"))}:
        for path in (source, source.removeprefix("/usr")):
            asked = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
            if asked.returncode == 0:
                packages.add(asked.stdout.split(":")[0])
                break
        else:
            raise Unlicensed(f"nobody knows where {source} comes from")
    for package in packages:
        asked = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True)
        text = Path("/usr/share/doc", package, "copyright")
        yield Part(package, asked.stdout.strip(), "LicenseRef-Debian-copyright", (text,), "deb")


def judge(found: list[Part]) -> None:
    """Raises Unlicensed."""
    for part in found:
        if not part.texts or not all(text.is_file() for text in part.texts):
            raise Unlicensed(f"{part.name} has no licence text")
        if not accepts(part.licence):
            raise Unlicensed(f"{part.name} is under “{part.licence}”, which nobody has agreed to")


def accepts(licence: str) -> bool:
    """Whether one of the alternatives will do: "A OR B" lets us choose, and of "A AND B" both must be good."""
    if licence in ("LicenseRef-Debian-copyright", "GPL-2.0-or-later WITH Bootloader-exception"):
        return True
    choices = licence.strip("()").split(" OR ")
    return any(all(name.strip("() ") in ACCEPTED for name in choice.split(" AND ")) for choice in choices)


def lay(found: list[Part], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for part in found:
        if part.name == "receptionapp":
            shutil.copy(ROOT / "LICENSE", folder / "Reception.txt")
            continue
        for text in part.texts:
            shutil.copy(text, folder / (text.name if text.parent == TEXTS else f"{part.name} {text.stem}.txt"))
    lines = [f"{part.name} {part.version}".strip() + f": {part.licence}" for part in found]
    (folder / "README.txt").write_text("\n".join(["What this program is made of:", "", *lines, ""]), encoding="utf-8")


def bill_of(found: list[Part]) -> dict[str, object]:
    """CycloneDX 1.6. Without a time or a serial number, so that like builds give like lists."""
    from receptionapp import __version__

    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": "reception", "name": NAME, "version": __version__}
        },
        "components": [component(part) for part in found if part.name != "receptionapp"],
    }


def component(part: Part) -> dict[str, object]:
    made: dict[str, object] = {"type": "library", "bom-ref": f"{part.kind}:{part.name}", "name": part.name}
    if part.version:
        made["version"] = part.version
        made["purl"] = f"pkg:{part.kind}/{'debian/' * (part.kind == 'deb')}{part.name.replace(' ', '-')}@{part.version}"
    if part.licence.startswith("LicenseRef"):
        made["licenses"] = [{"license": {"name": "see the copyright file of the package"}}]
    else:
        made["licenses"] = [{"expression": part.licence}]
    return made


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
