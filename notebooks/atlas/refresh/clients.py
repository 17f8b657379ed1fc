"""Which client asks which publisher, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from atlas.refresh import eurostat, owid, unhcr, worldbank
from atlas.refresh.answers import Download
from atlas.refresh.web import Web

Fetch = Callable[[Mapping[str, Any], Web, str, tuple[int, int]], Download]
CLIENTS: dict[str, Fetch] = {
    "worldbank": worldbank.fetch,
    "unhcr": unhcr.fetch,
    "owid": owid.fetch,
    "eurostat": eurostat.fetch,
}
BASES = {"worldbank": worldbank.BASE, "unhcr": unhcr.BASE, "owid": owid.BASE, "eurostat": eurostat.BASE}
"""The addresses of the publishers; a test puts its own server here."""
