"""The JSON Schema of an assessment file: what editors are told is what the models and rules say."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
import pytest
import yaml

from atlas import grammar
from atlas.paths import ROOT

FOLDER = ROOT / "data" / "assessments"
FILES = sorted(FOLDER.glob("*.yaml"))


def as_an_editor_reads(text: str) -> Any:
    """YAML as editors read it: numbers are numbers, but a day stays text."""
    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        letter: [one for one in found if one[0] != "tag:yaml.org,2002:timestamp"]
        for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()}
    return yaml.load(text, Loader=Loader)


@pytest.fixture(scope="module")
def validator() -> Any:
    """The schema, ready to validate."""
    jsonschema.Draft202012Validator.check_schema(grammar.schema())
    return jsonschema.Draft202012Validator(grammar.schema())


def test_the_committed_schema_is_what_the_models_say() -> None:
    kept = (FOLDER / "assessment.schema.json").read_text(encoding="utf-8")
    assert kept == grammar.text(), "make schema"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_assessment_on_file_is_valid_to_an_editor(validator: Any, path: Any) -> None:
    given = as_an_editor_reads(path.read_text(encoding="utf-8"))
    assert [f"{list(one.path)}: {one.message[:200]}" for one in validator.iter_errors(given)] == []


@pytest.mark.parametrize(("change", "found"), [
    (lambda given: given.update(intrest="trade"), True),
    (lambda given: given["claims"][0].update(kind="fakt"), True),
    (lambda given: given["claims"][0].update(check={"rule": "abuot", "indicator": "x", "value": 1}), True),
    (lambda given: given["claims"][0].update(check={"rule": "about", "indicator": "x"}), True),
    (lambda given: given["claims"][0].update(check={"rule": "about", "indicator": "x", "value": 1, "of": "y"}), True),
    (lambda given: given["claims"][0].update(check={"rule": "about", "indicator": "x", "value": 1}), False),
])
def test_an_editor_underlines_what_check_would_refuse(validator: Any, change: Any, found: bool) -> None:
    given = copy.deepcopy(as_an_editor_reads((FOLDER / "CHE-2020-trade.yaml").read_text(encoding="utf-8")))
    given["claims"][0].pop("no_data", None)
    change(given)
    assert bool(list(validator.iter_errors(given))) == found
