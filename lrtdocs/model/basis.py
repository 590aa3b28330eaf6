"""What all models share: frozen, no unknown keys, and a Dutch description for the schema.

A model is built when it is first used: a command uses few of them.
"""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from lrtdocs.model.velden import TEXT_SCHEMA


def describe(description: str, *, also_text: bool = False) -> ConfigDict:
    """Return the settings of a model: its Dutch description, and whether a text will do as well."""

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
