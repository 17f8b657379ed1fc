"""The plan: which reports are asked for, what each is made from, and which of them still are as they were made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from atlas import changes, library, paths
from atlas.data import tables
from atlas.errors import BadData, WrongUse, nearest
from atlas.options import file as options_file
from atlas.render import accepted, keys, manifest, parameters

FORMATS = frozenset({"html", "pdf"})
COUNTRY, LANDING = "country", "index"
"""The notebooks that `atlas render` renders when it is told nothing: one report a country, and the landing page."""
_PAGES_ONLY = {LANDING: frozenset({"html"})}


@dataclass(frozen=True)
class Order:
    """One report to be made: everything that a worker needs, and nothing that cannot be sent to it.

    The notebook travels as its text, so that what is run is what was checked, on another machine too. A report on the
    whole atlas has no country.
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
        """The name of the report in the manifest, `BLR/country` or `index`: its files without their endings."""
        return f"{self.country}/{self.notebook}" if self.country else self.notebook

    @property
    def label(self) -> str:
        """What the report is called while it is made."""
        return self.country or self.notebook

    @property
    def wanted(self) -> list[str]:
        """The files that the report consists of, but for the notebook as run, which is not kept."""
        written = [f"{self.notebook}.{ending}" for ending in sorted(self.formats)]
        return [*written, "claims.csv"] if self.notebook == COUNTRY else written


def find(name: str) -> Path:
    """Return the notebook of that name; a name is never a path."""
    known = {path.stem: path for path in sorted(paths.NOTEBOOKS.glob("*.ipynb"))}
    if name not in known:
        raise WrongUse(f"{name!r} is no notebook{nearest(name, known)}; there are {', '.join(known)}")
    return known[name]


def has_landing() -> bool:
    """Say whether there is a notebook for the landing page."""
    return (paths.NOTEBOOKS / f"{LANDING}.ipynb").is_file()


def chosen(countries: Sequence[str], notebook: str, *, everywhere: bool = False) -> list[str]:
    """Return the countries to render: those given, every state, or those assessed if the notebook is on one country.

    Of a notebook that reads options files, "those assessed" are the countries that have one.
    """
    if everywhere:
        return sorted(iso3 for iso3, one in tables().countries.items() if one.kind == "state")
    source = find(notebook).read_bytes()
    known = options_file.countries() if options_file.FOLDER in keys.reads(source) else library.assessed()
    return list(countries) or (known if "country" in _names(source) else [])


def orders(countries: Iterable[str], notebook: str = COUNTRY, given: Mapping[str, Any] | None = None,
           formats: Iterable[str] = FORMATS, limits: Mapping[str, float] | None = None,
           target: Path | None = None) -> list[Order]:
    """Return the orders for a notebook, with what each report would be made from now.

    A notebook with a parameter `country` gives one report a country. Another one gives a single report, on the
    countries if it has a parameter `countries`. A parameter that is given its default is left out: the report is the
    same with it and without it. A notebook with a parameter `states` is told how the reports in the folder stand.

    Raises
    ------
    WrongUse
        For a country, notebook or parameter that makes no sense.
    """
    place, data = find(notebook), tables()
    source = place.read_bytes()
    names, chosen = _names(source), list(dict.fromkeys(countries))
    for iso3 in chosen:
        data.country(iso3)
    others = dict(given or {})
    if "country" not in names and chosen:
        if "countries" not in names:
            raise WrongUse(f"the notebook {notebook} takes no country; drop {' '.join(chosen)}")
        others["countries"] = ",".join(chosen)
    others = accepted.others(place, others) if others else {}
    if "states" in names:
        others["states"] = told(standing(target or paths.reports()))
    common = keys.shared(data.root)
    asked = frozenset(formats) & _PAGES_ONLY.get(place.stem, FORMATS) or _PAGES_ONLY[place.stem]
    return [Order(iso3, place.stem, source, {**({"country": iso3} if iso3 else {}), **others}, asked,
                  {**common, **keys.own(data.root, iso3, source)}, limits or {})
            for iso3 in (chosen if "country" in names else [""])]


def _names(source: bytes) -> set[str]:
    """Return the names of a notebook's parameters, without the second or two that papermill takes to be imported."""
    try:
        cells = json.loads(source)["cells"]
    except (ValueError, KeyError, TypeError):  # said in full when the notebook is checked
        return set()
    tagged = ["".join(cell["source"]) for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", ())]
    return set(re.findall(r"^(\w+)\b[^=\n]*=", "\n".join(tagged), re.MULTILINE))


def states(asked: Sequence[Order], target: Path) -> dict[str, manifest.State]:
    """Return the state of every report asked for, by the order's name."""
    rows = manifest.read(target)
    return {order.name: manifest.state(rows.get(order.name), target / order.country, order.wanted, order.parts,
                                       order.parameters) for order in asked}


def standing(target: Path) -> list[tuple[Order, manifest.State]]:
    """Return the country reports that are expected or on record in a folder, each with its state."""
    recorded = [iso3 for iso3, _, notebook in (name.partition("/") for name in manifest.read(target))
                if notebook == COUNTRY and iso3 in tables().countries]
    asked = orders(sorted({*library.assessed(), *recorded}))
    found = states(asked, target)
    return [(order, found[order.name]) for order in asked]


def further(target: Path) -> list[tuple[Order, manifest.State]]:
    """Return the reports of other notebooks, each with its state: those on record, and those not on one country.

    Each is compared with what it would be made from now with the parameters of its row, or with none if the notebook no
    longer takes them.
    """
    known = {path.stem: "country" in _names(path.read_bytes()) for path in paths.NOTEBOOKS.glob("*.ipynb")}
    rows = manifest.read(target)
    asked: list[Order] = []
    for name in sorted({*rows, *(notebook for notebook, single in known.items() if not single)}):
        iso3, _, notebook = name.rpartition("/")
        if notebook != COUNTRY and notebook in known and (not iso3 or iso3 in tables().countries):
            given = parameters.by_hand(rows[name].parameters) if name in rows else {}
            try:
                asked += orders([iso3] if iso3 else [], notebook, given, target=target)
            except WrongUse:
                asked += orders([iso3] if iso3 else [], notebook, target=target)
    found = states(asked, target)
    return [(order, found[order.name]) for order in asked]


def unmade(target: Path) -> list[str]:
    """Return the notebooks on one country, besides the country report, that no report in the folder was made from."""
    made = {name.rpartition("/")[2] for name in manifest.read(target)}
    return sorted(path.stem for path in paths.NOTEBOOKS.glob("*.ipynb")
                  if path.stem not in {*made, COUNTRY} and "country" in _names(path.read_bytes()))


def told(reports: Iterable[tuple[Order, manifest.State]]) -> str:
    """Return the states of reports as a notebook is told them: `BLR:fresh:html+pdf CHE:failed:html`."""
    return " ".join(f"{order.country}:{state.word}:{'+'.join(sorted(order.formats))}" for order, state in reports
                    if state.word != "missing")


def check(asked: Sequence[Order]) -> None:
    """Check what cannot be wrong with a report that was made before from the same parts.

    Raises
    ------
    WrongUse
        For an edition that a country does not have, two days in the wrong order, or a notebook that cannot take what it
        is given.
    BadData
        If a file behind one of the reports has a fault.
    """
    if not asked:
        return
    data = tables()
    parameters.checked(asked[0].parameters, parameters.declared(find(asked[0].notebook)), {})
    files = {path for order in asked
             for path in (library.of_country(data.root, order.country) if order.country else library.files(data.root))}
    found = library.problems(data, sorted(files))
    if found:
        raise BadData(found)
    for order in asked:
        if order.country:
            library.assessments(data, order.country, order.parameters.get("edition", "all"))
        if options_file.FOLDER in keys.reads(order.source):
            _options(order)
        if "from_date" in _names(order.source):
            days = (order.parameters.get(name, "") for name in ("from_date", "to_date"))
            changes.span(data, order.country, *days)


def _options(order: Order) -> None:
    """Check the options file of an order, and that the file knows the names that are asked of it."""
    data, given = tables(), order.parameters
    path = options_file.find(data.root, order.country, given.get("file", ""))
    found = options_file.problems(data, [path])
    if found:
        raise BadData(found)
    options_file.check(path, given.get("weights", ""), given.get("scenario", ""))
