"""What all models are, and what they tell editors: JSON Schema in Dutch that completes their keys.

An editor reads YAML with types (`10.00` is a number, an empty value is null), lrtdocs reads text.
The schema therefore allows whatever lrtdocs accepts, and refuses what would surely be refused.
"""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, model_validator

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT_SCHEMA: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_OUTER = ("title", "description", "default", "examples")


def _describe(schema: dict[str, Any], model: type[Record]) -> None:
    """Put what `model` is in its `schema`, and that a text will do as well, where it will."""
    schema["description"] = model.about
    if model.text_key:
        keys = {key: schema.pop(key) for key in list(schema) if key not in _OUTER}
        schema["anyOf"] = [TEXT_SCHEMA, keys]


class Record(BaseModel):
    """A model: frozen, with no other keys than its own.

    `about` is what it is, in Dutch; `text` is the key that a text by itself is the value of. It is
    built when it is first used: a command uses few of them.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, json_schema_extra=_describe
    )
    about: ClassVar[str] = ""
    text_key: ClassVar[str] = ""

    def __init_subclass__(cls, *, about: str, text: str = "") -> None:
        super().__init_subclass__()
        cls.about, cls.text_key = about, text

    @model_validator(mode="before")
    @classmethod
    def _accept_text(cls, value: Any) -> Any:
        return {cls.text_key: value} if cls.text_key and isinstance(value, str) else value


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
