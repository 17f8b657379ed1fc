"""The plan: which reports are asked for, what each is made from, and which of them still are as they were made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from atlas import dates, library, paths
from atlas.data import Tables, tables
from atlas.errors import BadData, WrongUse, nearest
from atlas.render import keys, manifest, parameters
from atlas.render.parameters import Parameter, Validator

FORMATS = frozenset({"html", "pdf"})


@dataclass(frozen=True)
class Order:
    """One report to be made: everything that a worker needs, and nothing that cannot be sent to it.

    The notebook travels as its text, so that what is run is what was checked, on another machine too.
    """

    country: str
    notebook: str
    source: bytes
    parameters: Mapping[str, Any]
    formats: frozenset[str]
    parts: Mapping[str, str]
    limits: Mapping[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the report in the manifest."""
        return f"{self.country}/{self.notebook}"

    @property
    def wanted(self) -> list[str]:
        """The files that the report consists of, but for the notebook as run, which is not kept."""
        written = [f"{self.notebook}.{ending}" for ending in sorted(self.formats)]
        return [*written, "claims.csv"] if self.notebook == "country" else written


def find(name: str) -> Path:
    """Return the notebook of that name; a name is never a path."""
    known = {path.stem: path for path in sorted(paths.NOTEBOOKS.glob("*.ipynb"))}
    if name not in known:
        raise WrongUse(f"{name!r} is no notebook{nearest(name, known)}; there are {', '.join(known)}")
    return known[name]


def orders(countries: Iterable[str], notebook: str = "country", given: Mapping[str, str] | None = None,
           formats: Iterable[str] = FORMATS, limits: Mapping[str, float] | None = None) -> list[Order]:
    """Return one order a country, with what its report would be made from now.

    A parameter that is given its default is left out: the report is the same with it and without it.

    Raises
    ------
    WrongUse
        For a country, notebook or parameter that makes no sense.
    """
    place, data = find(notebook), tables()
    chosen = list(dict.fromkeys(countries))
    for iso3 in chosen:
        data.country(iso3)
    source = place.read_bytes()
    others = _others(place, given) if given else {}
    common = keys.shared(data.root)
    return [Order(iso3, place.stem, source, {"country": iso3, **others}, frozenset(formats),
                  {**common, **keys.own(data.root, iso3, source)}, limits or {}) for iso3 in chosen]


def states(asked: Sequence[Order], target: Path) -> dict[str, manifest.State]:
    """Return the state of every report asked for, by the order's name."""
    rows = manifest.read(target)
    return {order.name: manifest.state(rows.get(order.name), target / order.country, order.wanted, order.parts,
                                       order.parameters) for order in asked}


def standing(target: Path) -> list[tuple[Order, manifest.State]]:
    """Return the country reports that are expected or on record in a folder, each with its state."""
    recorded = [iso3 for iso3, _, notebook in (name.partition("/") for name in manifest.read(target))
                if notebook == "country" and iso3 in tables().countries]
    asked = orders(sorted({*library.assessed(), *recorded}))
    found = states(asked, target)
    return [(order, found[order.name]) for order in asked]


def check(asked: Sequence[Order]) -> None:
    """Check what cannot be wrong with a report that was made before from the same parts.

    Raises
    ------
    WrongUse
        For an edition that a country does not have, or a notebook that takes no country.
    BadData
        If a file behind one of the countries has a fault.
    """
    if not asked:
        return
    data = tables()
    parameters.checked({"country": asked[0].country}, parameters.declared(find(asked[0].notebook)), {})
    found = library.problems(data, [path for order in asked for path in library.of_country(data.root, order.country)])
    if found:
        raise BadData(found)
    for order in asked:
        library.assessments(data, order.country, order.parameters.get("edition", "all"))


def _others(place: Path, given: Mapping[str, str]) -> dict[str, Any]:
    known: dict[str, Parameter] = parameters.declared(place)
    typed = parameters.checked(given, known, _validators(tables()))
    return {name: value for name, value in typed.items() if value != known[name].default}


def _validators(known: Tables) -> dict[str, Validator]:
    return {"country": known.country, "as_of": _day,
            "peers": lambda name: known.peers(name, "DEU", known.newest),
            "detail": lambda word: _one_of("detail", word, ("brief", "full")),
            "language": lambda word: _one_of("language", word, ("en",))}


def _day(text: str) -> None:
    try:
        if text:
            dates.last_day(text)
    except ValueError as error:
        raise WrongUse(f"as_of: {error}") from None


def _one_of(name: str, word: str, valid: Sequence[str]) -> None:
    if word not in valid:
        raise WrongUse(f"{name}={word!r} is not known{nearest(word, valid)}; expected {' or '.join(valid)}")
