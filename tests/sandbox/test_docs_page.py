"""The documentation page of a served sandbox."""

import httpx

from receptionapp.sandbox import Sandbox
from receptionapp.sandbox.app import openapi
from tests.clocks import SuiteClock
from tests.running_sandbox import run_in_thread


def test_the_page_names_every_operation_and_loads_nothing_from_elsewhere() -> None:
    with Sandbox(now=SuiteClock()) as sandbox, run_in_thread(sandbox) as leyr:
        page = httpx.get(leyr.url.removesuffix("/api") + "/docs")
        operations = openapi(sandbox)["paths"]
    assert page.status_code == 200
    assert all(path.replace("&", "&amp;") in page.text for path in operations)
    assert "src=" not in page.text
    assert "http://" not in page.text
    assert "https://" not in page.text
