import ast
import subprocess
import sys
from pathlib import Path

import receptionapp.leyr

PACKAGE = Path(receptionapp.leyr.__file__).parent


def imports(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_only_the_transport_imports_httpx() -> None:
    """It may have to be replaced (`docs/decisions/0003-one-transport.md`)."""
    knowing = {path.name for path in PACKAGE.glob("*.py") if any(name.startswith("httpx") for name in imports(path))}
    assert knowing == {"transport.py"}


def test_nobody_pays_for_the_systems_trust_before_it_is_needed() -> None:
    """Making an SSL context takes 30 to 130 ms."""
    code = "import sys, receptionapp.leyr.client; sys.exit('truststore' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
