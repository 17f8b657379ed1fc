"""The grammar of an assessment file as a JSON Schema, for editors that complete and check while somebody types."""

from __future__ import annotations

import inspect
import json
from typing import Any

from atlas.checks import registry
from atlas.model import Assessment

_NOTE = "Made from the models by `make schema`; editors read it, `atlas check` decides."


def schema() -> dict[str, Any]:
    """Return the JSON Schema of an assessment file: the fields of the models, each rule with its own keys."""
    made = Assessment.model_json_schema()
    shared = made["$defs"]["Check"]
    rules = {name: _rule(name, shared["properties"]) for name in sorted(registry.RULES)}
    made["$defs"] |= {f"rule-{name}": one for name, one in rules.items()}
    made["$defs"]["Check"] = {"oneOf": [{"$ref": f"#/$defs/rule-{name}"} for name in rules]}
    claim = made["$defs"]["Claim"]["properties"]
    claim["check"] = {"oneOf": [{"$ref": "#/$defs/Check"}, {**claim["check"], "minItems": 1}]}
    claim["rival"] = {"oneOf": [claim["note"], {"$ref": "#/$defs/Rival"}]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$comment": _NOTE, **_lenient(made)}


def text() -> str:
    """Return the schema as it is kept in `data/assessments/`."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _rule(name: str, shared: dict[str, Any]) -> dict[str, Any]:
    form = registry.form(name).model_json_schema()
    said = str(inspect.getdoc(registry.RULES[name])).replace("\n", " ")
    return {"type": "object", "description": said, "additionalProperties": False,
            "properties": {**shared, "rule": {"const": name}, **form.get("properties", {})},
            "required": ["rule", *form.get("required", [])]}


def _lenient(part: Any) -> Any:
    """Let a text be typed like a number, since our reader takes every scalar as text: `edition: 2020`."""
    if isinstance(part, list):
        return [_lenient(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {key: _lenient(one) for key, one in part.items()}
    if found.get("type") == "string" and not {"enum", "const"} & set(found):
        found["type"] = ["string", "number"]
    return found
