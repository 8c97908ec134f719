"""The OpenAPI document of the sandbox, made from the endpoints that are served, and the same as a plain HTML page: the
usual viewers load scripts from the internet."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from inspect import getdoc
from typing import Any

from pydantic import TypeAdapter

from receptionapp.sandbox.endpoint import CLIENT_ID_HEADER, CLIENT_SECRET_HEADER, Endpoint, reader
from receptionapp.sandbox.wire import ErrorShape

Json = dict[str, Any]

_ERROR: Json = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorShape"}}}
_REFUSED: Json = {
    "400": {"content": _ERROR, "description": "The request does not fit, or a business rule said no"},
    "404": {"content": _ERROR, "description": "No such address; or an unknown id, where the settings say so"},
    "405": {"content": _ERROR, "description": "No such method here"},
    "500": {"content": _ERROR, "description": "`UNKNOWN_ERROR`, or a failure of the EHR that is passed on"},
}
_REFUSED_BY_LEYR: Json = {
    **_REFUSED,
    "401": {"content": _ERROR, "description": "`UNAUTHORIZED`, or `EMR_ERROR` when it is the EHR that refuses"},
    "429": {"content": _ERROR, "description": "A planned fault"},
    "501": {"content": _ERROR, "description": "`NOT_SUPPORTED`, where the settings say so"},
    "502": {"content": {"text/html": {"schema": {"type": "string"}}}, "description": "A planned fault"},
    "503": {"content": _ERROR, "description": "A planned fault"},
}


def specification(version: str, endpoints: Sequence[Endpoint]) -> Json:
    """`version` is the name of the profile that is served."""
    bodies = [((e, "body"), "validation", reader(e.body)) for e in endpoints if e.body]
    answers = [((e, "answer"), "serialization", reader(e.answer)) for e in endpoints if e.answer is not None]
    error = [((None, "error"), "serialization", reader(ErrorShape))]
    schemas, components = TypeAdapter.json_schemas(
        [*bodies, *answers, *error],  # type: ignore[list-item]
        ref_template="#/components/schemas/{model}",
    )
    paths: Json = {}
    for endpoint in endpoints:
        operation = _operation(endpoint)
        if body := schemas.get(((endpoint, "body"), "validation")):
            operation["requestBody"] = {"required": True, "content": _json(body)}
        if answer := schemas.get(((endpoint, "answer"), "serialization")):
            operation["responses"]["200"]["content"] = _json(answer)
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "Leyr sandbox", "version": version},
        "paths": paths,
        "components": {
            "schemas": components["$defs"],
            "securitySchemes": {
                name: {"type": "apiKey", "in": "header", "name": name}
                for name in (CLIENT_ID_HEADER, CLIENT_SECRET_HEADER)
            },
        },
    }


def _operation(endpoint: Endpoint) -> Json:
    """All but the shapes. Both headers are needed at once."""
    is_leyr = endpoint.path.startswith("/api/")
    done: Json = {"204": {"description": "Done"}} if endpoint.answer is None else {"200": {"description": "Done"}}
    return {
        "tags": ["leyr" if is_leyr else "sandbox control"],
        "operationId": endpoint.work.__name__,
        "description": getdoc(endpoint.work),
        "parameters": [*_path_parameters(endpoint.path), *_query_parameters(endpoint.query)],
        "responses": done | (_REFUSED_BY_LEYR if is_leyr else _REFUSED),
        "security": [{CLIENT_ID_HEADER: [], CLIENT_SECRET_HEADER: []}] if is_leyr else [],
    }


def _path_parameters(path: str) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]


def _query_parameters(shape: Any) -> list[Json]:
    if shape is None:
        return []
    schema = reader(shape).json_schema()
    return [
        {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": field}
        for name, field in schema["properties"].items()
    ]


def _json(schema: Any) -> Json:
    return {"application/json": {"schema": schema}}


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
