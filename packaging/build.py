"""Builds the frozen program into dist/, with its licences and its list of parts, and tries it: `dev.py package`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DIST, WORK, MADE = ROOT / "dist", ROOT / "build" / "pyinstaller", ROOT / "build" / "packaging"


def main(words: list[str]) -> int:
    """`--no-smoke` leaves the trying to a later step, as when the build has still to be signed."""
    for folder in (DIST, MADE, WORK):
        shutil.rmtree(folder, ignore_errors=True)
    python(HERE / "icon.py", MADE)
    arguments = ("--noconfirm", "--log-level", "ERROR", "--distpath", DIST, "--workpath", WORK)
    python("-m", "PyInstaller", HERE / "reception.spec", *arguments)
    python(HERE / "licences.py")
    if sys.platform == "darwin":  # PyInstaller sealed the bundle before the licences were in it
        subprocess.run(["codesign", "--force", "--deep", "--sign", "-", build_folder()], check=True)
    say_sizes(build_folder())
    return 0 if "--no-smoke" in words else python(HERE / "smoke.py", check=False)


def build_folder() -> Path:
    return DIST / ("Reception.app" if sys.platform == "darwin" else "Reception")


def say_sizes(folder: Path) -> None:
    files = sorted(
        ((p.stat().st_size, p) for p in folder.rglob("*") if p.is_file() and not p.is_symlink()), reverse=True
    )
    print(f"{folder.relative_to(ROOT)}: {sum(size for size, _ in files) / 1e6:.0f} MB. The largest:")
    for size, path in files[:8]:
        print(f"  {size / 1e6:5.1f} MB  {path.relative_to(folder).as_posix()}")


def python(*words: object, check: bool = True) -> int:
    """Like-for-like builds give like files: no random hashes, and the commit's time for every stamp."""
    environment = os.environ | {"PYTHONHASHSEED": "1"} | commit_time()
    return subprocess.run([sys.executable, *map(str, words)], cwd=ROOT, env=environment, check=check).returncode


def commit_time() -> dict[str, str]:
    """Nothing where there is no git, or the folder is no repository: what the environment says counts there."""
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        return {}
    return {"SOURCE_DATE_EPOCH": said.strip()}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as failure:
        print(f"{Path(failure.cmd[1]).name} failed (exit {failure.returncode}); the lines above say why.")
        sys.exit(1)
