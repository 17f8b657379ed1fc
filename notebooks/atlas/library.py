"""The assessments on file: reading them all, and finding everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from atlas import assessment_file, checks, paths, typed_file
from atlas.data import Tables
from atlas.errors import BadData, Problem, WrongUse, nearest
from atlas.model import Assessment, Check, Claim


def files(root: Path | None = None) -> list[Path]:
    """Return the assessment files in order of their names."""
    return sorted(((root or paths.data()) / "assessments").glob("*.yaml"))


def assessed(root: Path | None = None) -> list[str]:
    """Return the codes of the countries that have an assessment on file."""
    return sorted({path.name[:3] for path in files(root)})


def of_country(root: Path, country: str) -> list[Path]:
    """Return the assessment files of one country in order of their names."""
    return [path for path in files(root) if path.name.startswith(country + "-")]


def forget() -> None:
    """Forget every assessment that was read, for a process that outlives a change of the files."""
    _read.cache_clear()


@cache
def _read(path: Path) -> Assessment:
    return assessment_file.read(path)


def assessments(tables: Tables, country: str, edition: str = "all") -> list[Assessment]:
    """Return the assessments of a country, oldest first.

    Parameters
    ----------
    tables : Tables
    country : str
        ISO 3166-1 alpha-3 code.
    edition : str
        `all`, a year such as `2020`, or the identifier of one assessment.

    Raises
    ------
    BadData
        If a file of the country has a fault, with every fault of every such file.
    WrongUse
        If the country has assessments, but none of that edition.
    """
    mine = of_country(tables.root, country)
    found = problems(tables, mine)
    if found:
        raise BadData(found)
    read = sorted(map(_read, mine), key=lambda one: (one.written_day, one.id))
    chosen = [one for one in read if edition in ("all", one.edition, one.id)]
    if read and not chosen:
        names = sorted({one.edition for one in read} | {one.id for one in read})
        raise WrongUse(
            f"edition {edition!r} of {country} is not on file{nearest(edition, names)}; "
            f"there are {', '.join(sorted({one.edition for one in read}))}"
        )
    return chosen


def problems(tables: Tables, chosen: Iterable[Path]) -> list[Problem]:
    """Return every fault of some assessment files: file, line, field, what was expected."""
    found: list[Problem] = []
    for path in chosen:
        try:
            assessment = _read(path)
        except BadData as error:
            found += error.problems
            continue
        found += _unknown_country(tables, path, assessment)
        found += _wrong_relations(tables, path, assessment)
        for i, claim in enumerate(assessment.claims):
            found += [
                Problem(
                    f"data/assessments/{path.name}",
                    typed_file.line_of(path, "claims", i, *place),
                    ".".join(map(str, (claim.id, *place))),
                    message,
                )
                for place, message in _claim_problems(tables, assessment.country, claim)
            ]
    return found


def _unknown_country(tables: Tables, path: Path, assessment: Assessment) -> list[Problem]:
    try:
        tables.country(assessment.country)
    except WrongUse as error:
        return [
            Problem(f"data/assessments/{path.name}", typed_file.line_of(path, "country"), "country", str(error))
        ]
    return []


def _wrong_relations(tables: Tables, path: Path, assessment: Assessment) -> Iterator[Problem]:
    """Yield what is wrong where a text names an earlier claim: one that it differs from, or one that it drops."""
    named = [(("claims", i), "differs_from", one) for i, one in enumerate(assessment.claims) if one.differs_from]
    if not named and not assessment.drops:
        return
    earlier = _earlier_claims(tables, assessment)
    name = f"data/assessments/{path.name}"
    for place, field, claim in named:
        target = earlier.get(claim.differs_from)
        line = typed_file.line_of(path, *place, field)
        if target is None:
            message = f"{claim.differs_from!r} is no claim of an earlier text{nearest(claim.differs_from, earlier)}"
            yield Problem(name, line, f"{claim.id}.{field}", message)
        elif not claim.topic or target.topic != claim.topic:
            message = f"{target.id} has the topic {target.topic!r}, not {claim.topic!r}; both must name the same"
            yield Problem(name, line, f"{claim.id}.{field}", message)
    for gone in assessment.drops:
        if gone not in earlier:
            message = f"{gone!r} is no claim of an earlier text{nearest(gone, earlier)}"
            yield Problem(name, typed_file.line_of(path, "drops"), "drops", message)


def _earlier_claims(tables: Tables, assessment: Assessment) -> dict[str, Claim]:
    found: dict[str, Claim] = {}
    for path in of_country(tables.root, assessment.country):
        try:
            other = _read(path)
        except BadData:  # said of its own file
            continue
        if other.written_day < assessment.written_day:
            found |= {claim.id: claim for claim in other.claims}
    return found


def checks_of(claim: Claim) -> Iterator[tuple[tuple[str | int, ...], Check]]:
    """Yield every check of a claim with its place in the file."""
    yield from ((("check", i), one) for i, one in enumerate(claim.check))
    if claim.rival and claim.rival.check:
        yield ("rival", "check"), claim.rival.check
    yield from ((("outcomes", i, "when"), fate.when) for i, fate in enumerate(claim.outcomes))


def _claim_problems(tables: Tables, country: str, claim: Claim) -> list[tuple[tuple[str | int, ...], str]]:
    found = [
        ((*place, field), message)
        for place, one in checks_of(claim)
        for field, message in checks.problems(one, tables, country)
    ]
    if claim.overtaken_by and claim.overtaken_by not in tables.events:
        found.append(
            (
                ("overtaken_by",),
                f"{claim.overtaken_by!r} is no event in the data{nearest(claim.overtaken_by, tables.events)}",
            )
        )
    return found
