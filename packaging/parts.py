"""What goes into the frozen program and what stays out. No PyInstaller here, so that tests can hold the lists against
the sources."""

import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NAME = "Reception"
BUNDLE_ID = "no.leyr.reception"
DESCRIPTION = "Appointment book for clinic receptionists"

LATE_IMPORTS = [  # by a name in a string, or by C code: no import statement shows them
    "_cffi_backend",
    "nacl.pwhash",
    "nacl.signing",
    "psycopg_binary._psycopg",
    "psycopg_binary.pq",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlcipher",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "sqlcipher3.dbapi2",
    "tzdata",
]

WHOLE_PACKAGES = ["receptionapp", "ui", "psycopg"]
"""Ours, since much of it is imported late; psycopg, since its compiled half imports the other."""

REPLACEABLE = ["PySide6", "psycopg", "shiboken6"]
"""Under the LGPL: their Python modules are files of their own too, and not in the program's archive."""

LEFT_OUT = [
    # the standard library's
    "_codecs_cn",
    "_codecs_hk",
    "_codecs_iso2022",
    "_codecs_jp",
    "_codecs_kr",
    "_codecs_tw",
    "doctest",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "pdb",
    "pydoc_data",
    "test",
    "tkinter",
    "turtle",
    "turtledemo",
    "venv",
    # parts of libraries that we do not call
    "alembic.testing",
    "httpx._main",
    "phonenumbers.carrier",
    "phonenumbers.carrierdata",
    "phonenumbers.geocoder",
    "phonenumbers.geodata",
    "phonenumbers.timezone",
    "phonenumbers.tzdata",
    "pydantic.v1",
    "PySide6.QtNetwork",
    "sqlalchemy.dialects.mssql",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle",
    "sqlalchemy.testing",
    "starlette.testclient",
]
if sys.platform != "linux":
    LEFT_OUT += ["cryptography", "jeepney", "secretstorage"]  # the Linux key store's, and nobody else's

QT_PLUGINS = {  # folder: the files in it, without `lib`, `q` and suffix; "*" is whatever Qt's hooks bring
    "iconengines": {"svgicon"},
    "imageformats": {"svg"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"cocoa", "offscreen", "wayland", "windows", "xcb"},
    "platformthemes": {"xdgdesktopportal"},  # gtk3 would bring 8 MB of GTK
    "printsupport": {"*"},
    "wayland-decoration-client": {"*"},
    "wayland-shell-integration": {"xdg-shell"},
    "xcbglintegrations": set(),  # no OpenGL in the program
}
"""Every other folder of plugins stays out. Fusion is in Qt's own library, and so are PNG pictures."""

THE_SYSTEMS_OWN = {
    "libX11-xcb.so.1",
    "libX11.so.6",
    "libcups.so.2",
    "libdbus-1.so.3",
    "libexpat.so.1",
    "libfontconfig.so.1",
    "libfreetype.so.6",
    "libgcc_s.so.1",
    "libgpg-error.so.0",
    "libstdc++.so.6",
    "libxcb-render.so.0",
    "libxcb-shm.so.0",
    "libz.so.1",
}
"""Libraries that every Linux desktop has, and that must fit its fonts, bus and drivers: taken from there, as AppImage's
list of exclusions does. What only they need goes with them."""

QT_DEAD_WEIGHT = {"opengl32sw.dll", "d3dcompiler_47.dll"}  # OpenGL in software for Windows, 20 MB


@cache
def distributions() -> frozenset[str]:
    """What the program requires, and what that requires, on this system: names as in `packaging.utils`."""
    found: set[str] = set()
    waiting = [("receptionapp", frozenset[str]())]
    seen = set(waiting)
    while waiting:
        name, extras = waiting.pop()
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        found.add(canonicalize_name(name))
        for text in requires:
            wanted = Requirement(text)
            if wanted.marker and not any(wanted.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                continue
            step = (canonicalize_name(wanted.name), frozenset(wanted.extras))
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return frozenset(found)


def strangers() -> list[str]:
    """Modules of whatever else is installed here (tools, test libraries): libraries of ours would use some of them."""
    return sorted(
        module
        for module, owners in packages_distributions().items()
        if not distributions() & {canonicalize_name(owner) for owner in owners}
    )
