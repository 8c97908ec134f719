"""What the installers are made from, read without making them: that takes a minute and is `dev.py package`."""

import ast
import json
import plistlib
import re
import shutil
import struct
import subprocess
import sys
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path

import platformdirs
import pytest
import yaml

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
sys.path.insert(0, str(PACKAGING))
import build  # noqa: E402
import icu_data  # noqa: E402
import in_wine  # noqa: E402
import licences  # noqa: E402
import parts  # noqa: E402
import pruning  # noqa: E402
import version_resource  # noqa: E402

sys.path.remove(str(PACKAGING))


def imported() -> set[str]:
    """Every module that the program imports, by statement or by name."""
    found = set()
    for path in [*(ROOT / "receptionapp").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
            elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node):
                found |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return found


def test_nothing_that_the_program_imports_is_left_out_of_the_package() -> None:
    left_out = {*parts.LEFT_OUT, *parts.strangers()}
    missed = {
        name for name in imported() for out in left_out if name == out or name.startswith(f"{out}.")
    }  # a module of a package that is left out, too
    assert missed == set()


def test_every_late_import_is_of_a_library_that_the_program_requires() -> None:
    for name in parts.LATE_IMPORTS:
        assert name.partition(".")[0] not in parts.strangers()


def test_migrations_are_shipped_as_the_files_that_alembic_reads() -> None:
    versions = ROOT / "receptionapp" / "ledger" / "migrations" / "versions"
    assert {path.name for path in versions.glob("*.py")} - {"__init__.py"} == {
        path.name for path in versions.glob("r*.py")
    }  # what the spec takes


def test_a_plugin_that_is_not_used_goes_with_what_only_it_needed() -> None:
    entries = [
        ("PySide6/QtGui.abi3.so", "/qt/QtGui.so", "EXTENSION"),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "/qt/Gui", "BINARY"),
        ("PySide6/Qt/lib/libQt6Quick.so.6", "/qt/Quick", "BINARY"),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/qt/xcb", "BINARY"),
        ("PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so", "/qt/keyboard", "BINARY"),
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libQt6Quick.so.6", "PySide6/Qt/lib/libQt6Quick.so.6", "SYMLINK"),
    ]
    links = {"/qt/QtGui.so": ["/qt/Gui"], "/qt/xcb": ["/qt/Gui"], "/qt/keyboard": ["/qt/Quick"], "/qt/Quick": []}
    kept = [entry[0] for entry in pruning.pruned(entries, lambda file: links.get(file, []))]
    assert kept == [entries[n][0] for n in (0, 1, 3, 5)]


def package_of(items: dict[str, bytes]) -> bytes:
    """An ICU data package."""
    header = struct.pack("<HBB", 32, 0xDA, 0x27).ljust(32, b"\0")
    names, at = b"", 4 + 8 * len(items)
    name_at, data_at = at, at + sum(len(name) + 1 for name in items)
    table = struct.pack("<I", len(items))
    for name, data in items.items():
        table += struct.pack("<II", name_at, data_at)
        name_at, data_at, names = name_at + len(name) + 1, data_at + len(data), names + name.encode() + b"\0"
    return header + table + names + b"".join(items.values())


def items_of(package: bytes) -> dict[str, bytes]:
    (start,) = struct.unpack_from("<H", package)
    (count,) = struct.unpack_from("<I", package, start)
    table = [struct.unpack_from("<II", package, start + 4 + 8 * n) for n in range(count)]
    ends = [*[place for _, place in table[1:]], len(package) - start]
    names = [package[start + n : package.index(b"\0", start + n)].decode() for n, _ in table]
    return {
        name: package[start + place : start + end] for name, (_, place), end in zip(names, table, ends, strict=True)
    }


def test_of_icu_the_languages_of_the_clinic_and_what_is_common_to_all_are_kept() -> None:
    kept = {"icudt73l/coll/nb.res": b"nb", "icudt73l/coll/root.res": b"root", "icudt73l/en_GB.res": b"en"}
    kept |= {"icudt73l/nfkc.nrm": b"forms", "icudt73l/pool.res": b"pool", "icudt73l/res_index.res": b"index"}
    gone = {"icudt73l/coll/zh.res": b"zh", "icudt73l/gb18030.cnv": b"gb", "icudt73l/translit/root.res": b"any"}
    whole = package_of(dict(sorted({**kept, **gone}.items())))
    found = items_of(icu_data.trimmed(whole))
    assert {name: data.rstrip(b"\0") for name, data in found.items()} == kept
    assert list(found) == sorted(found)  # ICU looks names up by halving


@pytest.mark.parametrize("licence", ["MIT", "Apache-2.0 OR BSD-3-Clause", "LGPL-3.0-only OR GPL-2.0-only"])
def test_a_licence_that_we_can_meet_is_accepted(licence: str) -> None:
    assert licences.accepts(licence)


@pytest.mark.parametrize("licence", ["", "GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-3.0-only", "Proprietary"])
def test_a_licence_that_asks_more_stops_the_build(licence: str) -> None:
    assert not licences.accepts(licence)


def test_every_library_of_the_program_may_be_given_away_and_has_its_text() -> None:
    found = [licences.of_distribution(distribution(name)) for name in parts.distributions()]
    found += [part for name in licences.INSIDE for part in licences.inside(name)]
    needless = {"annotated-doc", "pycparser"}  # no part of a build
    licences.judge([part for part in found if part.name not in needless])
    listed = licences.bill_of(found)["components"]
    assert len({json.dumps(part["bom-ref"]) for part in listed}) == len(found) - 1


def test_windows_is_told_the_version_in_the_form_it_wants() -> None:
    text = version_resource.version_resource("1.20.3")
    assert ast.parse(text)
    assert "filevers=(1, 20, 3, 0)" in text


def test_a_mac_is_told_what_the_program_is() -> None:
    about = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    assert about["NSHighResolutionCapable"] is True
    assert about["NSRequiresAquaSystemAppearance"] is False
    assert about["LSMinimumSystemVersion"] >= "13"  # what Qt 6.11 asks for
    allowed = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert {name.rpartition(".")[2] for name, on in allowed.items() if on} == {
        "allow-unsigned-executable-memory",
        "disable-library-validation",
    }


def installer() -> dict[str, list[str]]:
    """The lines of every section of the Inno Setup script."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (PACKAGING / "windows" / "reception.iss").read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            lines = sections.setdefault(match[1], [])
        elif line and not line.startswith((";", "#")):
            lines.append(line)
    return sections


def test_the_installer_for_windows_upgrades_in_place_and_serves_one_person_or_all() -> None:
    setup = dict(line.split("=", 1) for line in installer()["Setup"])
    assert setup["AppId"] == "{{6E0B5C0F-6C5B-4D0E-9B0C-3F3B5C2D7A41}"  # another one would install beside, for ever
    assert setup["AppVersion"] == "{#Version}"
    assert setup["PrivilegesRequiredOverridesAllowed"] == "commandline dialog"
    assert setup["CloseApplications"] == "yes"
    assert setup["LZMAUseSeparateProcess"] == "yes"  # the compiler has 32 bits, and too little memory by itself
    assert (PACKAGING / "windows" / setup["LicenseFile"].replace("\\", "/")).exists()


def test_the_installer_for_windows_says_everything_in_both_languages() -> None:
    said = [line.split("=", 1)[0].split(".") for line in installer()["CustomMessages"]]
    assert {name for language, name in said if language == "nb"} == {
        name for language, name in said if language == "en"
    }
    assert len(installer()["Languages"]) == 2


def test_nothing_is_taken_from_under_a_program_that_runs() -> None:
    assert installer()["InstallDelete"]
    assert all(line.endswith("; Check: IsClosed") for line in installer()["InstallDelete"])
    code = "\n".join(installer()["Code"])
    assert re.search(r"function InitializeUninstall: Boolean;\nbegin\n  Result := IsClosed;", code)
    said = {line.split("=", 1)[0].partition(".")[2] for line in installer()["CustomMessages"]}
    assert set(re.findall(r"CustomMessage\('(\w+)'\)", code)) <= said


def test_what_windows_own_powershell_runs_is_in_letters_that_it_reads() -> None:
    assert (PACKAGING / "windows" / "build.ps1").read_bytes().isascii()  # without a mark it takes the old code page


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize(("verdict", "code"), [("Accepted", 0), ("Invalid", 1)])
def test_what_apple_refuses_stops_the_build_and_says_why(verdict: str, code: int) -> None:
    words = f"""
        set -euo pipefail
        profile=ours keychain=
        xcrun() {{ [ "$2" = log ] && echo "why $3: $*" || echo '{{"status":"{verdict}","id":"0a-1b"}}'; }}
        source <(sed -n '/^notary() {{/,/^}}/p; /^notarise() {{/,/^}}/p' packaging/macos/build.sh)
        notarise Reception.zip
        echo stapled
    """
    done = subprocess.run(["bash", "-c", words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, "")
    assert ("stapled" in done.stdout) is (code == 0)
    assert ("why 0a-1b: notarytool log 0a-1b --keychain-profile ours" in done.stdout) is (code == 1)


def test_taking_the_program_away_asks_about_the_folder_that_it_really_has(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "\n".join(installer()["Code"])
    assert "UninstallSilent" in code  # silently, the record stays
    assert platformdirs.user_data_path("Reception", appauthor=False).name == "Reception"
    assert r"{localappdata}\{#Name}" in code


@pytest.mark.parametrize("name", ["tests.yml", "release.yml"])
def test_workflows_can_be_read_and_run_only_code_that_nobody_can_change(name: str) -> None:
    text = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    used = re.findall(r"uses: (.+)", text)
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action) for action in used)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize("script", ["linux/build.sh", "macos/build.sh", "windows/wine.sh"])
def test_scripts_can_be_read_by_the_shell(script: str) -> None:
    subprocess.run(["bash", "-n", str(PACKAGING / script)], check=True)


def test_where_there_is_no_git_a_build_takes_the_time_of_its_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build.commit_time() == {}


OF_EACH_KIND = """
import pytest

def test_passes(): ...

@pytest.mark.xfail(reason="Wine: its fault")
def test_marked(): assert False

@pytest.mark.skip(reason="not here")
def test_skipped(): ...

def test_fails(): assert False
"""


def test_what_wine_fails_by_its_own_fault_is_counted_by_itself(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(OF_EACH_KIND, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "--rootdir", str(tmp_path), "--junitxml", str(tmp_path / "r.xml")]
    subprocess.run([*command, str(tmp_path)], cwd=tmp_path, stdout=subprocess.DEVNULL, check=False)
    counted = in_wine.count_cases(tmp_path / "r.xml")
    assert (counted.passed, counted.marked, counted.skipped, counted.failed) == (1, 1, 1, 1)
    assert not counted.good


def test_the_icon_has_every_size_that_windows_shows() -> None:
    text = (PACKAGING / "icon.py").read_text(encoding="utf-8")
    sizes = ast.literal_eval(re.search(r"_ICO_SIZES = (\(.+\))", text)[1])
    assert {16, 32, 48, 256} <= set(sizes)
    assert all(a < b for a, b in pairwise(sizes))
