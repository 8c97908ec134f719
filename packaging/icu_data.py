"""Leaves out of ICU's data, 32 MB on Linux, what this program never asks for: other languages, old encodings.

Qt has the words and formats of every language in itself and asks ICU how text is sorted and put in capitals. A
language that is missing falls back to ICU's root, as one that ICU never knew does. The library's name and its one
symbol stay the same, so that the whole one can be put in its place.
"""

import re
import struct
import subprocess
from pathlib import Path

KEPT_LANGUAGES = {"da", "en", "nb", "nn", "no", "sv"}
_LOCALE = re.compile(r"(?!res_index)([a-z]{2,3})(_\w+)?\.res")
_LEFT_OUT = (".cnv", ".dict")  # encodings other than Unicode; words of languages written without spaces
_SAME_MAGIC = b"\xda\x27"
_ALIGNED = 16


def is_kept(item: str) -> bool:
    """`item` is a name in the package, such as "icudt73l/coll/nb.res"."""
    _, _, path = item.partition("/")
    folder, _, name = path.rpartition("/")
    if folder == "translit" or name.endswith(_LEFT_OUT):
        return False
    locale = _LOCALE.fullmatch(name)
    return locale is None or locale[1] in KEPT_LANGUAGES


def trimmed(package: bytes) -> bytes:
    """An ICU data package ("CmnD"): a header, a table of contents (names, in order, and places), the items."""
    (header,) = struct.unpack_from("<H", package)
    (count,) = struct.unpack_from("<I", package, header)
    table = [struct.unpack_from("<II", package, header + 4 + 8 * n) for n in range(count)]
    ends = [place for _, place in table[1:]] + [len(package) - header]
    items = []
    for (named, place), end in zip(table, ends, strict=True):
        name = package[header + named : package.index(b"\0", header + named)]
        if is_kept(name.decode()):
            items.append((name + b"\0", package[header + place : header + end]))
    names = b"".join(name for name, _ in items)
    name_at = 4 + 8 * len(items)
    data_at = _round_up(name_at + len(names))
    contents, data = struct.pack("<I", len(items)), b""
    for name, item in items:
        contents += struct.pack("<II", name_at, data_at + len(data))
        name_at += len(name)
        data += item.ljust(_round_up(len(item)), b"\0")
    return package[:header] + (contents + names).ljust(data_at, b"\0") + data


def trim_library(library: Path, target: Path) -> None:
    """Write `library`, a libicudata.so.NN, to `target` with less in it. Needs binutils."""
    whole = library.read_bytes()
    place = whole.index(_SAME_MAGIC) - 2
    symbol = re.search(r"icudt\d+_dat", _run("nm", "-D", "--defined-only", library))[0]
    folder = target.parent / "icu"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "icudt").write_bytes(trimmed(whole[place:]))
    readonly = ".data=.rodata,alloc,load,readonly,data,contents"
    named = f"_binary_icudt_start={symbol}"
    library_of_it = ("-shared", "-z", "noexecstack", "-s", "-soname", library.name, "-o", target.resolve())
    _run("ld", "-r", "-b", "binary", "-o", "icudt.o", "icudt", cwd=folder)
    _run("objcopy", "--set-section-alignment", f".data={_ALIGNED}", "icudt.o", cwd=folder)
    _run("objcopy", "--rename-section", readonly, "--redefine-sym", named, "icudt.o", cwd=folder)
    _run("ld", *library_of_it, "icudt.o", cwd=folder)


def _round_up(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


def _run(*command: object, cwd: Path | None = None) -> str:
    return subprocess.run([str(word) for word in command], cwd=cwd, check=True, capture_output=True, text=True).stdout
