"""The catalogues: every language says the same, nothing is said twice, nothing that nobody asks for."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator

import pytest
import yaml

from atlas import phrases
from atlas.language import LANGUAGES
from atlas.paths import PACKAGE

OTHERS = LANGUAGES[1:]
FOLDER = PACKAGE / "catalogue"
SAID = {path: path.read_text(encoding="utf-8")
        for path in sorted(PACKAGE.rglob("*")) if path.suffix in (".py", ".j2", ".typ")}


class _Once(yaml.SafeLoader):
    """Refuses a key that stands twice, which YAML lets pass."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[object, object]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    assert len(keys) == len(set(keys)), f"line {node.start_mark.line + 1}: a key stands twice"
    assert all(isinstance(key, str) for key in keys), f"line {node.start_mark.line + 1}: YAML reads a key as no text"
    return loader.construct_mapping(node, deep=True)


_Once.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def places(phrase: object) -> set[str]:
    """The places that a phrase leaves open, in all of its forms, without the cases of countries and the count."""
    texts = list(phrase.values()) if isinstance(phrase, dict) else [phrase] if isinstance(phrase, str) else []
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name} - {"count", "number"}


def asked() -> Iterator[re.Pattern[str]]:
    """The keys that code and templates ask for; what is computed in them stands for anything without a dot."""
    for path, text in SAID.items():
        if path.suffix != ".py":
            yield from (re.compile(re.escape(key)) for key in re.findall(r"phrase\(\"([\w. ]+)\"", text))
            yield re.compile(r"page\.\w+") if path.suffix == ".typ" else re.compile("")
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                yield re.compile(re.escape(str(node.args[0].value)))
            elif isinstance(node, ast.Constant) and re.fullmatch(r"\w+(\.[\w %-]+)+", str(node.value)):
                yield re.compile(re.escape(str(node.value)))
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
                if re.match(r"\w+\\\.|\.\+\\\.", "".join(parts)):
                    yield re.compile("".join(parts))


@pytest.mark.parametrize("name", LANGUAGES)
def test_no_key_stands_twice_and_each_is_a_text(name: str) -> None:
    assert yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=_Once)


@pytest.mark.parametrize("name", OTHERS)
def test_every_language_has_the_same_phrases(name: str) -> None:
    english, other = set(phrases.catalogue("en")), set(phrases.catalogue(name))
    assert english - other == set(), "not translated"
    assert other - english == set(), "not in the English catalogue"


@pytest.mark.parametrize("name", OTHERS)
def test_a_phrase_leaves_the_same_places_open_in_every_language(name: str) -> None:
    free = {"numbers.rank", "parts.detail"}  # German ranks need no ending
    differing = {key: (places(phrase), places(phrases.catalogue(name)[key]))
                 for key, phrase in phrases.catalogue("en").items()
                 if key not in free and places(phrase) != places(phrases.catalogue(name)[key])}
    assert not differing


def test_every_phrase_is_asked_for() -> None:
    patterns = list(asked())
    unused = [key for key in phrases.catalogue("en") if not key.startswith("cells.")
              and not any(pattern.fullmatch(key) for pattern in patterns)]
    assert not unused


def test_every_phrase_that_is_asked_for_by_name_exists() -> None:
    known = phrases.catalogue("en")
    for path, text in SAID.items():
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "say" \
                        and node.args and isinstance(node.args[0], ast.Constant) and "." in str(node.args[0].value):
                    assert node.args[0].value in known, f"{path.name}:{node.lineno}: {node.args[0].value}"
