"""`dev.py test --python 3.12`: the tests with another Python, in an environment of its own."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
THIS = "{}.{}".format(*sys.version_info)


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_it_is_found_by_asking_it_for_its_version(dev: ModuleType) -> None:
    found = dev.find_python(THIS)
    said = subprocess.check_output([found, "-c", "import sys; print(*sys.version_info[:2], sep='.')"], text=True)
    assert said.strip() == THIS


def test_it_has_an_environment_of_its_own_and_hears_the_words_that_follow(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed, called = [], []
    monkeypatch.setattr(dev, "find_python", lambda version: Path(f"python{version}"))
    monkeypatch.setattr(dev, "install", lambda **about: installed.append(about))
    monkeypatch.setattr(dev, "call", lambda *command: called.append(command) or 7)
    assert dev.main(["test", "--python", "3.12", "tests/domain", "-x"]) == 7
    venv = ROOT / ".venv-3.12"
    assert installed == [{"venv": venv, "interpreter": Path("python3.12")}]
    assert called == [(dev.python_in(venv), "-m", "pytest", "tests/domain", "-x")]


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (["3.12"], "Python 3.12 was not found on this computer. Install it from python.org, then try again.\n"),
        (["3.9"], "--python takes one of 3.11, 3.12, 3.13; this is “3.9”.\n"),
        ([], "--python takes one of 3.11, 3.12, 3.13; this is “”.\n"),
    ],
)
def test_one_that_is_missing_or_not_allowed_is_said_in_one_sentence(
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    version: list[str],
    said: str,
) -> None:
    monkeypatch.setattr(dev, "find_python", lambda _version: None)
    assert dev.main(["test", "--python", *version]) == 2
    assert capsys.readouterr().out == said
