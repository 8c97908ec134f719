"""Everything a newcomer needs, with nothing but Python 3.11 to 3.13: `python3 dev.py practice`, `python3 dev.py test`.

    practice      open the program in practice mode (made-up clinic, nothing leaves the machine)
    test          run all tests; after `--at 2027-03-28T01:59+01:00`, as on that day and at that hour; after
                  `--python 3.12`, with that Python, in an environment of its own (`.venv-3.12`)
    check         formatting, lint, types, layers, references, translations and all tests
    benchmark     time what a receptionist waits for
    soak          let two desks race for one time, 10,000 times or as often as you say; after `--model`, let whatever
                  can happen at a desk happen, in 50,000 steps or as many as you say; after `--matrix`, try every
                  way to fail at every kind of write; after `--answers`, give any answer to any write, 20,000 times or
                  as often as you say, with `--ledger-fails` while the shared ledger fails; after `--verify`, edit a
                  ledger 200 times or as often as you say, and count what `verify` finds; after `--days`, practice mode
                  on every kind of day; after `--properties`, run every test that stands for more than it tries
                  (properties, state machines, races, kills) in full: hours, or a part with `tests/domain`
    translations  bring resources/translations up to date with the texts in the program
    guide         make the pictures of the user guide anew from the running program
    run           `reception` with the arguments that follow
    package       freeze the program into dist/, with its licences, and try it there; nothing of it needs Python
    smoke         try a frozen program: the one in dist/, or in the folder that follows
    windows       on Debian, as root: try the program on Windows' own Python, libraries and installer, in Wine; `tests`,
                  `package` or `all` after it

Words after the command are passed on: `python3 dev.py practice --platform offscreen --screenshot book.png`.
The first call makes `.venv` beside this file and installs the versions of `constraints.txt` into it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VERSIONS = ("3.11", "3.12", "3.13")
VENV = ROOT / ".venv"


def python_in(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


PYTHON = python_in(VENV)


def main(words: list[str]) -> int:
    commands = {
        "practice": practice,
        "test": test,
        "check": check,
        "benchmark": benchmark,
        "soak": soak,
        "run": run,
        "translations": translations,
        "guide": guide,
        "package": package,
        "smoke": smoke,
        "windows": windows,
    }
    if not words or words[0] not in commands:
        print(__doc__)
        return 0 if words[:1] in ([], ["help"], ["-h"], ["--help"]) else 2
    if "{}.{}".format(*sys.version_info) not in VERSIONS:
        print(f"This program needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}.")
        return 2
    if words[0] == "test" and "--python" in words:
        return test_with_another_python(words[1:])
    if words[0] != "windows":  # it has a Python of its own
        install()
    return commands[words[0]](words[1:])


def practice(more: list[str]) -> int:
    return run(["--practice", *more])


def run(more: list[str]) -> int:
    return call(PYTHON, "-m", "receptionapp", *more)


def test(more: list[str]) -> int:
    return run_tests(PYTHON, more)


def run_tests(python: Path, more: list[str]) -> int:
    """`tests/conftest.py` knows the best order, so the files are not sorted by how many tests they have."""
    at_once = ("--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder")
    all_of_them = more[:1] in ([], ["--at"]) and len(more) in (0, 2)
    return call(python, "-m", "pytest", *more, *(at_once if all_of_them else ()))


def test_with_another_python(words: list[str]) -> int:
    at = words.index("--python")
    version = "".join(words[at + 1 : at + 2])
    if version not in VERSIONS:
        print(f"--python takes one of {', '.join(VERSIONS)}; this is “{version}”.")
        return 2
    interpreter = find_python(version)
    if interpreter is None:
        print(f"Python {version} was not found on this computer. Install it from python.org, then try again.")
        return 2
    venv = ROOT / f".venv-{version}"
    install(venv=venv, interpreter=interpreter)
    return run_tests(python_in(venv), words[:at] + words[at + 2 :])


def find_python(version: str) -> Path | None:
    """The interpreter of that version that the system's own ways of asking for one lead to."""
    chosen = {**os.environ, "PYENV_VERSION": version}  # pyenv's `python3.12` starts nothing unless told
    here = (sys.executable,) if version == "{}.{}".format(*sys.version_info) else ()
    for command in (here, ("py", f"-{version}"), (f"python{version}",)):
        if not command or not shutil.which(command[0]):
            continue
        asked = subprocess.run([*command, "-c", WHICH_PYTHON], env=chosen, capture_output=True, text=True)
        found, _, path = asked.stdout.strip().partition(" ")
        if found == version:
            return Path(path)
    return None


WHICH_PYTHON = "import sys; print('{}.{}'.format(*sys.version_info), sys.executable)"


def check(more: list[str]) -> int:
    for command in (
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        ("importlinter.cli", "lint-imports"),
        ("tests.references",),
    ):
        arguments = ("-m", *command) if command[0] != "importlinter.cli" else ("-c", LINT_IMPORTS)
        if code := call(PYTHON, *arguments):
            return code
    return test(more)


LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def benchmark(more: list[str]) -> int:
    return call(PYTHON, "-m", "tests.benchmarks", *more)


def soak(more: list[str]) -> int:
    return call(PYTHON, "-m", "tests.soak", *more)


def translations(more: list[str]) -> int:
    return call(PYTHON, ROOT / "resources" / "translations" / "update.py", *more)


def package(more: list[str]) -> int:
    install("package")
    return call(PYTHON, ROOT / "packaging" / "build.py", *more)


def smoke(more: list[str]) -> int:
    return call(PYTHON, ROOT / "packaging" / "smoke.py", *more)


def windows(more: list[str]) -> int:
    return call(sys.executable, ROOT / "packaging" / "in_wine.py", *more)


def guide(more: list[str]) -> int:
    return call(PYTHON, ROOT / "resources" / "guide" / "make_pictures.py", *more)


def install(extra: str = "dev", *, venv: Path = VENV, interpreter: Path = Path(sys.executable)) -> None:
    """Make `venv` agree with pyproject.toml and constraints.txt; does nothing when it already does."""
    version = subprocess.check_output([interpreter, "-c", "import sys; print(sys.version)"]).strip()
    wanted = hashlib.sha256(
        b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
        + version
        + str(ROOT).encode()
    ).hexdigest()
    stamp = venv / ("installed" if extra == "dev" else f"installed-{extra}")
    python = python_in(venv)
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing for {extra} into {venv.name} (once, about a minute) …", flush=True)
    if not python.exists():
        subprocess.run([interpreter, "-m", "venv", "--clear", venv], check=True)
    pip_install = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    pinned = ("--constraint", ROOT / "constraints.txt", "--editable", f"{ROOT}[{extra}]")
    subprocess.run([*pip_install, *pinned], check=True, cwd=ROOT)
    stamp.write_text(wanted)


def call(*command: object) -> int:
    """Compiled files are kept, whatever the shell says: a run of the tests starts the program two hundred times."""
    kept = {name: value for name, value in os.environ.items() if name.upper() != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.call([str(part) for part in command], cwd=ROOT, env=kept)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except subprocess.CalledProcessError as failure:
        print(f"Installing failed (exit {failure.returncode}); the lines above say why.")
        sys.exit(1)
