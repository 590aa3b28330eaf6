"""What models tell editors: their Dutch description, and JSON Schema that completes their keys.

An editor reads YAML with types (`10.00` is a number, an empty value is null), lrtdocs reads text.
The schema therefore allows whatever lrtdocs accepts, and refuses what would surely be refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict

from lrtdocs.model.velden import TEXT_SCHEMA

if TYPE_CHECKING:
    from pydantic import BaseModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_OUTER = ("title", "description", "default", "examples")


def describe(description: str, *, also_text: bool = False) -> ConfigDict:
    """Return the settings of a model: its Dutch description, and whether a text will do as well.

    All models are frozen and know all their keys. A model is built when it is first used: a command
    uses few of them.
    """

    def adapt(schema: dict[str, Any]) -> None:
        schema["description"] = description
        if also_text:
            title = schema.pop("title")
            record = dict(schema)
            schema.clear()
            schema |= {
                "title": title,
                "description": record.pop("description"),
                "anyOf": [TEXT_SCHEMA, record],
            }

    return ConfigDict(frozen=True, extra="forbid", json_schema_extra=adapt, defer_build=True)


def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `model`, with Dutch titles and descriptions."""
    schema = model.model_json_schema(mode="validation")
    for part in [schema, *schema.get("$defs", {}).values()]:
        _allow_empty(part)
    return {"$schema": DIALECT, **schema}


def _allow_empty(schema: dict[str, Any]) -> None:
    """Let every key that may be left out also stand there with nothing behind it.

    A default of yes or no is put into the words that people type.
    """
    for branch in [schema, *schema.get("anyOf", ())]:
        required = branch.get("required", ())
        for name, value in branch.get("properties", {}).items():
            if name not in required:
                branch["properties"][name] = _nullable(value)


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    outer = {key: schema[key] for key in _OUTER if key in schema and schema[key] is not None}
    if isinstance(outer.get("default"), bool):
        outer["default"] = "ja" if outer["default"] else "nee"
    inner = {key: value for key, value in schema.items() if key not in _OUTER}
    options = inner.pop("anyOf") if set(inner) == {"anyOf"} else [inner]
    null = {"type": "null"}
    return {**outer, "anyOf": options if null in options else [*options, null]}
