"""What an assessment is: the typed fields of text, claim, check, outcome and rival reading."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from atlas import dates
from atlas.language import Said
from atlas.phrases import say

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
    scope: Said = Said()
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

    text: Said
    check: Check | None = None


class Claim(_Strict):
    """One predicate that an assessment asserts, in our own words.

    `topic` names the matter, in the same word in every text on the country. `differs_from` names an earlier claim on
    the same topic that this one does not go along with; it compares two sentences and does not say who is right.
    """

    id: str
    question: Question
    kind: Kind
    statement: Said
    short: Said
    locator: str = ""
    half_life: HalfLife = "slow"
    key: bool = False
    topic: str = ""
    differs_from: str = ""
    check: list[Check] = []
    rival: Rival | None = None
    not_checkable: Said = Said()
    no_data: Said = Said()
    outcomes: list[Fate] = []
    by: PartialDate | None = None
    unresolvable: Said = Said()
    overtaken_by: str = ""
    note: Said = Said()

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, given: Any) -> Any:
        """Read `check: {…}` as a list of one and `rival: text` as a rival without a check."""
        if isinstance(given, dict):
            given = dict(given)
            if isinstance(given.get("check"), dict):
                given["check"] = [given["check"]]
            if isinstance(given.get("rival"), str) or (isinstance(given.get("rival"), dict) and "en" in given["rival"]):
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
    """One dated text about one country, as a list of claims.

    `notice` is what the source itself says of its text, in our words; `about` is what we have to say of it.
    `withdrawn` is the day on which its publisher took the text back, by a notice of its own. `drops` names claims of
    earlier layers that this one no longer makes, where the source shows that; silence alone drops nothing.
    """

    id: str
    country: Iso3
    interest: Interest | None = None
    region: str = ""
    edition: str
    publisher: str
    title: str
    authors: list[str] = []
    written: PartialDate
    dating: Said = Said()
    source: str
    known: Literal["whole", "opening", "abstract"] = "whole"
    notice: Said = Said()
    about: Said = Said()
    withdrawn: PartialDate | None = None
    drops: list[str] = []
    fact_box: dict[str, str] = {}
    answers: dict[Question, Said] = {}
    claims: list[Claim] = []

    @property
    def written_day(self) -> date:
        """The latest day on which the text can have been written."""
        return dates.last_day(self.written)

    def answer(self, question: str) -> str:
        """How the text answers a question, in a few words of ours; empty where it does not."""
        return {str(code): text.shown for code, text in self.answers.items()}.get(question, "")

    @property
    def label(self) -> str:
        """How the assessment is called in a table: publisher and edition, and the interest of an atlas chapter."""
        atlas = f" {say(f'interests.{self.interest}.inside')}" if self.interest and self.publisher == ATLAS else ""
        return f"{SHORT_NAMES.get(self.publisher, self.publisher)} {self.edition}{atlas}"


ATLAS = "Konrad-Adenauer-Stiftung"
"""The publisher of the Partner-Atlas."""
SHORT_NAMES = {
    ATLAS: "KAS",
    "Stiftung Wissenschaft und Politik": "SWP",
    "Deutsche Gesellschaft für Auswärtige Politik": "DGAP",
    "Institut für Europäische Politik": "IEP",
    "European Council on Foreign Relations": "ECFR",
    "Geneva Centre for Security Policy": "GCSP",
    "RWI – Leibniz-Institut für Wirtschaftsforschung": "RWI",
}
"""What publishers are called in tables; the list of texts has their full names."""
