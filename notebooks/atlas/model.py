"""What an assessment is: its typed fields, and the reading of its YAML file with errors that name the line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from atlas import dates
from atlas.errors import BadData, Problem, nearest

Question = Literal["relevance", "willingness", "status_quo", "potential", "recommendation", "fact_box"]
Kind = Literal["fact", "attribution", "judgement", "causal", "forecast", "recommendation", "norm"]
Interest = Literal["values", "trade", "security", "climate", "migration"]
HalfLife = Literal["structural", "slow", "fast", "event"]
Outcome = Literal["occurred", "did_not_occur", "followed", "partly_followed", "not_followed", "reversed", "overtaken"]
FATES = {
    "forecast": {"occurred", "did_not_occur"},
    "recommendation": {"followed", "partly_followed", "not_followed", "reversed", "overtaken"},
}
HALF_LIFE_YEARS: dict[str, int | None] = {"structural": 10, "slow": 3, "fast": 1, "event": None}


def _partial(text: str) -> str:
    dates.parts(text)
    return text


PartialDate = Annotated[str, AfterValidator(_partial)]
Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Check(BaseModel):
    """A rule with its keys; the keys that only one rule knows are in `keys` and are validated by that rule."""

    model_config = ConfigDict(extra="allow", frozen=True)

    rule: str
    scope: str = ""
    country: Iso3 | None = None
    partner: Iso3 | None = None
    period: PartialDate | None = None
    fixed: bool = False

    @property
    def keys(self) -> dict[str, Any]:
        """The keys that belong to the rule alone."""
        return dict(self.model_extra or {})


class Fate(_Strict):
    """One declared way in which a forecast or recommendation is settled."""

    verdict: Outcome
    when: Check


class Rival(_Strict):
    """Another reading of the same matter, with its own check where one exists."""

    text: str
    check: Check | None = None


class Claim(_Strict):
    """One predicate that an assessment asserts, in our own words."""

    id: str
    question: Question
    kind: Kind
    statement: str
    short: str
    locator: str = ""
    half_life: HalfLife = "slow"
    key: bool = False
    topic: str = ""
    check: list[Check] = []
    rival: Rival | None = None
    not_checkable: str = ""
    no_data: str = ""
    outcomes: list[Fate] = []
    by: PartialDate | None = None
    unresolvable: str = ""
    overtaken_by: str = ""
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, given: Any) -> Any:
        """Read `check: {…}` as a list of one and `rival: text` as a rival without a check."""
        if isinstance(given, dict):
            given = dict(given)
            if isinstance(given.get("check"), dict):
                given["check"] = [given["check"]]
            if isinstance(given.get("rival"), str):
                given["rival"] = {"text": given["rival"]}
        return given

    @model_validator(mode="after")
    def _one_way_to_settle(self) -> Claim:
        """Refuse fields that the kind of claim has no use for."""
        if self.kind in FATES:
            if self.check or self.not_checkable or self.no_data:
                raise ValueError(
                    f"a {self.kind} is settled by outcomes or unresolvable, not by check, not_checkable or no_data"
                )
            if bool(self.outcomes) == bool(self.unresolvable):
                raise ValueError(
                    f"a {self.kind} needs outcomes, or unresolvable with the reason why none could settle it"
                )
            wrong = [fate.verdict for fate in self.outcomes if fate.verdict not in FATES[self.kind]]
            if wrong:
                raise ValueError(
                    f"a {self.kind} cannot end as {wrong[0]}; expected {', '.join(sorted(FATES[self.kind]))}"
                )
            if self.outcomes and self.by is None:
                raise ValueError("outcomes need a deadline: by: YYYY-MM")
        elif self.outcomes or self.unresolvable or self.by:
            raise ValueError(f"a {self.kind} is settled by check or not_checkable, not by outcomes, by or unresolvable")
        elif sum(map(bool, (self.check, self.not_checkable, self.no_data))) != 1:
            raise ValueError(
                "needs exactly one of check, not_checkable (why nobody could check it) "
                "and no_data (why the tables cannot)"
            )
        scopes = [check.scope for check in self.check]
        if len(scopes) > 1 and (not all(scopes) or len(set(scopes)) < len(scopes)):
            raise ValueError("several checks need a different scope each")
        return self


class Assessment(_Strict):
    """One dated text about one country, as a list of claims."""

    id: str
    country: Iso3
    interest: Interest | None = None
    region: str = ""
    edition: str
    publisher: str
    title: str
    authors: list[str] = []
    written: PartialDate
    dating: str = ""
    source: str
    known: Literal["whole", "opening", "abstract"] = "whole"
    notice: str = ""
    fact_box: dict[str, str] = {}
    answers: dict[Question, str] = {}
    claims: list[Claim] = []

    @property
    def written_day(self) -> date:
        """The latest day on which the text can have been written."""
        return dates.last_day(self.written)

    def answer(self, question: str) -> str:
        """How the text answers a question, in a few words of ours; empty where it does not."""
        return {str(code): text for code, text in self.answers.items()}.get(question, "")

    @property
    def label(self) -> str:
        """How the assessment is called in a table: publisher and edition, and the interest of an atlas chapter."""
        atlas = f" {self.interest}" if self.interest and self.publisher == ATLAS else ""
        return f"{SHORT_NAMES.get(self.publisher, self.publisher)} {self.edition}{atlas}"


ATLAS = "Konrad-Adenauer-Stiftung"
"""The publisher of the Partner-Atlas."""
SHORT_NAMES = {ATLAS: "KAS", "Stiftung Wissenschaft und Politik": "SWP"}


class _Loader(yaml.CBaseLoader):
    """Reads every scalar as text, so that no country is `false` and no month becomes a sum."""


def read_assessment(path: Path) -> Assessment:
    """Read one assessment file.

    Parameters
    ----------
    path : Path
        A YAML file; its stem must be the identifier of the assessment.

    Returns
    -------
    Assessment

    Raises
    ------
    BadData
        With every problem of the file: line, field, what was found and what was expected.
    """
    text = path.read_text(encoding="utf-8")
    name = f"data/assessments/{path.name}"
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        given = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise BadData([Problem(name, mark.line + 1 if mark else 0, "", f"not valid YAML: {problem}")]) from None
    problems = [Problem(name, line, field, "given twice; keep one") for field, line in _twice(node)]
    try:
        assessment = Assessment.model_validate(given)
    except ValidationError as error:
        raise BadData(problems + [_problem(name, node, one) for one in error.errors()]) from None
    problems += _identifiers(name, node, assessment, path.stem)
    if problems:
        raise BadData(problems)
    return assessment


def line_of(path: Path, *place: str | int) -> int:
    """Return the line on which a field of a YAML file stands, 1-based; the nearest parent where it is absent."""
    return _line(yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader), place)


def _line(node: Any, place: tuple[str | int, ...]) -> int:
    line = node.start_mark.line + 1 if node else 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == step]
            if not found:
                continue
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _twice(node: Any) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    if isinstance(node, yaml.MappingNode):
        names = [key.value for key, _ in node.value]
        found += [
            (key.value, key.start_mark.line + 1) for i, (key, _) in enumerate(node.value) if key.value in names[:i]
        ]
        for _, value in node.value:
            found += _twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            found += _twice(value)
    return found


def _problem(name: str, node: Any, error: Any) -> Problem:
    place = tuple(error["loc"])
    field = ".".join(str(step) for step in place)
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        message = f"unknown key{nearest(str(place[-1]), _fields(place))}"
    elif error["type"] == "missing":
        message = "missing; this field is needed"
    elif error["type"] == "literal_error":
        expected = error["ctx"]["expected"]
        choices = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
        message = f"{error['input']!r} is not known; expected {expected}{nearest(str(error['input']), choices)}"
    elif error["type"] == "string_pattern_mismatch":
        message = f"{error['input']!r} is no ISO 3166-1 alpha-3 code (three capital letters)"
    return Problem(name, _line(node, place), field, message)


def _fields(place: tuple[Any, ...]) -> list[str]:
    names: dict[Any, type[BaseModel]] = {"rival": Rival, "outcomes": Fate}
    owner: type[BaseModel] = Claim if "claims" in place else Assessment
    for step in place[:-1]:
        owner = names.get(step, owner)
    return list(owner.model_fields)


def _identifiers(name: str, node: Any, assessment: Assessment, stem: str) -> list[Problem]:
    problems = []
    if assessment.id != stem:
        problems.append(
            Problem(
                name, _line(node, ("id",)), "id", f"{assessment.id!r} differs from the file name; expected {stem!r}"
            )
        )
    seen: set[str] = set()
    for i, claim in enumerate(assessment.claims):
        line = _line(node, ("claims", i, "id"))
        if claim.id in seen:
            problems.append(
                Problem(name, line, f"claims.{i}.id", f"{claim.id!r} is used twice; identifiers are unique")
            )
        if not claim.id.startswith(assessment.id + "-"):
            problems.append(
                Problem(name, line, f"claims.{i}.id", f"{claim.id!r} must begin with {assessment.id + '-'!r}")
            )
        seen.add(claim.id)
    return problems
