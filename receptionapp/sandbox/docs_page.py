"""The documentation page: the specification as plain HTML. The usual viewers load scripts from the internet, and a
sandbox is often used without one."""

from collections.abc import Iterator
from html import escape
from typing import Any

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
  color-scheme: light dark; }}
h2 {{ font-size: 1rem; margin: 2rem 0 0; overflow-wrap: anywhere; }} h2 b {{ display: inline-block; width: 4.5rem; }}
table {{ border-collapse: collapse; margin: .5rem 0; }} td {{ padding: .1rem 1rem .1rem 0; vertical-align: top; }}
p {{ margin: .3rem 0; white-space: pre-line; }} code {{ font-size: .9em; }}
</style><h1>{title}</h1><p>The same for programs: <a href="/openapi.json">openapi.json</a>.</p>
{operations}</html>"""


def docs_page(specification: dict[str, Any]) -> str:
    """Every operation with its parameters, body and answers, as one HTML page that loads nothing."""
    info = specification["info"]
    operations = "\n".join(
        part
        for path, methods in specification["paths"].items()
        for method, operation in methods.items()
        for part in _operation_html(method, path, operation)
    )
    return _PAGE.format(title=escape(f"{info['title']}, profile {info['version']}"), operations=operations)


def _operation_html(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"<h2><b>{method.upper()}</b> <code>{escape(path)}</code></h2>"
    yield f"<p>{escape(operation['description'])}</p><table>"
    for parameter in operation.get("parameters", ()):
        need = "required" if parameter.get("required") else "optional"
        yield _row(parameter["name"], f"{parameter['in']}, {need}", parameter.get("description", ""))
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield _row("body", _shape(content.get("schema", {})), "")
    for status, answer in operation["responses"].items():
        shapes = [_shape(content.get("schema", {})) for content in answer.get("content", {}).values()]
        yield _row(status, ", ".join(shapes), answer.get("description", ""))
    yield "</table>"


def _row(*cells: str) -> str:
    first, *others = (escape(cell) for cell in cells)
    return f"<tr><td><code>{first}</code></td>" + "".join(f"<td>{cell}</td>" for cell in others) + "</tr>"


def _shape(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"list of {_shape(schema.get('items', {}))}"
    options = [_shape(option) for option in schema.get("anyOf", ())]
    return " or ".join(options) or str(schema.get("type", ""))
