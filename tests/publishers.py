"""A publisher on this machine: a server that gives recorded answers, good and broken ones, and a small data folder."""

from __future__ import annotations

import json
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import yaml

from atlas.paths import ROOT
from atlas.refresh.kept import Kept
from atlas.refresh.web import Manners, Web
from atlas.writing.codebook import write_codebook
from atlas.writing.package import write_package
from atlas.writing.rows import COLUMNS, write_csv
from atlas.writing.sidecar import write_sidecar

ANSWERS = Path(__file__).parent / "refresh"
JSON, CSV, HTML = "application/json;charset=utf-8", "text/csv; charset=utf-8", "text/html"
QUICK = Manners(pause=0, connect=1, read=0.3, whole=2, tries=3, backoff=0.01, longest=2)
"""Manners for a server that is ours."""


@dataclass(frozen=True)
class Reply:
    """What the server answers once; `length` promises more bytes than come, `late` waits before the first one."""

    body: bytes = b""
    kind: str = JSON
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int = 0
    late: float = 0.0


def recorded(name: str, **more: Any) -> Reply:
    """An answer of the folder `refresh`."""
    return Reply((ANSWERS / name).read_bytes(), **({"kind": CSV if name.endswith(".csv") else JSON} | more))


def said(content: Any) -> Reply:
    """Some content as JSON."""
    return Reply(json.dumps(content).encode())


class Publisher:
    """A server of recorded answers.

    `replies` maps a part of an address to what is answered, in turn; the last reply stays. `asked` and `agents` keep
    what was asked and by whom.
    """

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.times: list[float] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, part: str, *replies: Reply) -> None:
        self.replies[part] = list(replies)

    def reply(self, address: str) -> Reply:
        fitting = [part for part in self.replies if part in address]
        if not fitting:
            return Reply(b"no such thing", HTML, 404)
        waiting = self.replies[max(fitting, key=len)]
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def handler(self) -> type[BaseHTTPRequestHandler]:
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                publisher.asked.append(self.path)
                publisher.times.append(time.monotonic())
                publisher.agents.add(self.headers["User-Agent"])
                reply = publisher.reply(self.path)
                time.sleep(reply.late)
                try:
                    self.send_response(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Type", reply.kind)
                    self.send_header("Content-Length", str(reply.length or len(reply.body)))
                    self.end_headers()
                    self.wfile.write(reply.body)
                except OSError:
                    pass  # the other side has lost patience, as it should

            def log_message(self, *arguments: Any) -> None:
                pass

        return Handler


@contextmanager
def publishing() -> Iterator[Publisher]:
    """A publisher that serves every answer of the folder `refresh` where its client asks for it."""
    publisher = Publisher()
    for part, name in (
        ("SP.POP.TOTL?", "worldbank-population-1.json"),
        ("per_page=20000&page=2", "worldbank-population-2.json"),
        ("indicator/NY.GDP.MKTP.KD?", "worldbank-gdp.json"),
        ("indicator/GOV_WGI_RL.EST?", "worldbank-governance.json"),
        ("/population/?limit=10000&page=1&", "unhcr-population-1.json"),
        ("/population/?limit=10000&page=2&", "unhcr-population-2.json"),
        ("/asylum-decisions/?", "unhcr-decisions.json"),
        ("/human-development-index.metadata.json?", "owid-development.metadata.json"),
        ("/human-development-index.csv?", "owid-development.csv"),
        ("/nrg_ti_gas?", "eurostat-gas.json"),
    ):
        publisher.answer(part, recorded(name))
    thread = Thread(target=publisher.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        publisher.server.shutdown()
        publisher.server.server_close()
        thread.join(timeout=5)


def nobody() -> str:
    """An address at which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def polite(cache: Path, manners: Manners = QUICK) -> Web:
    """A web that keeps its downloads in a folder."""
    return Web(Kept(cache / "downloads"), manners)


POPULATION = {"title": "Population", "unit": "persons", "definition": "People.", "digits": -3, "refresh": {
    "client": "worldbank", "series": "SP.POP.TOTL", "unit": "total", "source": "bank"}}
GDP = {"title": "GDP", "unit": "constant 2015 US$", "definition": "Product.", "digits": -7, "refresh": {
    "client": "worldbank", "series": "NY.GDP.MKTP.KD", "unit": "constant 2015 US$", "source": "bank"}}
GROWTH = {"title": "Growth", "unit": "%", "definition": "Growth of GDP.", "digits": 1, "derive": {"growth_of": "gdp"},
          "refresh": {"source": "own_bank"}}
MOOD = {"title": "Mood", "unit": "points", "definition": "Mood of people.", "digits": 0}
ARMY = {"title": "Army", "unit": "persons", "definition": "Soldiers.", "digits": 0}
ARMY_SHARE = {"title": "Army per thousand", "unit": "persons", "definition": "Soldiers per thousand.", "digits": 1,
              "derive": {"ratio_of": ["army", "population_total"], "times": 1000}, "refresh": {"source": "own_bank"}}
SPENT = {"title": "Spent", "unit": "million", "definition": "Money.", "digits": 0}
SPENT_PER_HEAD = {"title": "Spent per head", "unit": "US$", "definition": "Money per head.", "digits": 0,
                  "derive": {"per_head_of": "spent", "times": 1_000_000}}
GROUPS: dict[str, dict[str, Any]] = {
    "economy": {"population_total": POPULATION, "gdp": GDP, "growth": GROWTH, "mood": MOOD},
    "security": {"army": ARMY, "army_per_1000": ARMY_SHARE},
    "published": {"spent": SPENT, "spent_per_head": SPENT_PER_HEAD},
}
FIGURES = """\
economy population_total BLR 2020 9379952 old
economy population_total BLR 2021 9302585 old
economy population_total BLR 2022 9228071 old
economy population_total CHE 2020 8638167 old
economy population_total CHE 2021 8704546 old
economy population_total CHE 2022 8775760 old
economy population_total UKR 2020 44132050 old
economy population_total UKR 2021 43822900 old
economy population_total UKR 2022 41048770 old
economy gdp BLR 2020 58300000000 old
economy gdp BLR 2021 59700000000 old
economy gdp BLR 2022 56900000000 old
economy gdp CHE 2020 740100000000 old
economy gdp CHE 2021 780100000000 old
economy growth BLR 2021 2.401 own_old
economy growth BLR 2022 -4.69 own_old
economy growth CHE 2021 5.405 own_old
economy mood BLR 2020 5 old
security army BLR 2022 45000 old
security army_per_1000 BLR 2022 4.876 own_old
published spent BLR 2022 700 old
published spent BLR 2022 650 other
published spent_per_head BLR 2022 75.86 old
published spent_per_head BLR 2022 70.44 other
"""
SOURCE = {"publisher": "A bank", "title": "Figures", "citation": "A bank: Figures.", "url": "https://example.org",
          "licence": "CC BY 4.0", "licence_id": "CC-BY-4.0"}
OLD = {"version": "", "retrieved": "2025-01-01", "note": ""}


def folder(place: Path) -> Path:
    """Write a small data folder, as `python data/selection` would, and return it."""
    data, lists = place / "data", place / "data" / "selection" / "lists"
    shutil.copytree(ROOT / "data" / "reference", data / "reference")
    lists.mkdir(parents=True)
    for group, indicators in GROUPS.items():
        declare(data, group, {"title": group.title(), "indicators": indicators, "cite_only": {}, "corrections": []})
    declare(data, "trade", {"left_out": []})
    fresh = dict.fromkeys(("bank", "own_bank", "statistics"), SOURCE)
    declare(data, "sources", {"allowed_licences": {"CC-BY-4.0": "Attribution"}, "sources": {}, "fresh": fresh})
    shutil.copy(ROOT / "data" / "selection" / "lists" / "codebook.md", lists)
    for group, indicators in GROUPS.items():
        rows = [dict(zip(COLUMNS, (name, iso3, "", year, value, source, ""), strict=True))
                for where, name, iso3, year, value, source in map(str.split, FIGURES.splitlines()) if where == group]
        path = data / "indicators" / f"{group}.csv"
        write_csv(path, COLUMNS, sorted(rows, key=lambda row: list(row.values())))
        papers = dict.fromkeys(("old", "other", "own_old"), SOURCE | OLD)
        write_sidecar(group, {"title": group.title(), "indicators": indicators}, rows, papers, path)
    licences = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))["resources"]
    allowed = {one["name"]: "" for resource in licences for one in resource["licenses"]}
    amend(data, "sources", allowed_licences=allowed)
    write_package(data, allowed)
    write_codebook(data, lists)
    return data


def declare(data: Path, name: str, content: dict[str, Any]) -> None:
    path = data / "selection" / "lists" / f"{name}.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def amend(data: Path, name: str, **more: Any) -> None:
    """Change some fields of a list."""
    path = data / "selection" / "lists" / f"{name}.yaml"
    declare(data, name, yaml.safe_load(path.read_text(encoding="utf-8")) | more)


def contents(data: Path) -> dict[str, bytes]:
    """Every file of a data folder with its bytes."""
    return {str(path.relative_to(data)): path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file()}
