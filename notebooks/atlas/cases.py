"""German articles and cases of the names of countries."""

from __future__ import annotations

import re

ARTICLES: dict[str, dict[str, str]] = {
    "die": {"nominative": "die", "genitive": "der", "dative": "der", "accusative": "die"},
    "der": {"nominative": "der", "genitive": "des", "dative": "dem", "accusative": "den"},
    "das": {"nominative": "das", "genitive": "des", "dative": "dem", "accusative": "das"},
    "die pl": {"nominative": "die", "genitive": "der", "dative": "den", "accusative": "die"},
}
"""The articles of the table of countries (`die pl` is a plural; `auf`, which may follow, is said of islands)."""
CASES = ("nominative", "genitive", "dative", "accusative")
_PLACES = {"in": ("in", "auf", "dative"), "from": ("aus", "von", "dative"), "to": ("nach", "auf", "accusative"),
           "of": ("von", "von", "dative"), "on": ("zu", "zu", "dative")}
_MERGED = {"in dem": "im", "von dem": "vom", "zu dem": "zum", "zu der": "zur"}
_ADJECTIVE = re.compile(r"(\w+(?:ische|igte|liche))s?(?= )")


def declined(name: str, article: str, case: str) -> str:
    """Return a name with its article in a case; the genitive of a name without one is "von Belarus".

    Parameters
    ----------
    name : str
        As it stands alone: "Vereinigtes Königreich".
    article : str
        As in the table of countries; empty for a name that takes none.
    case : str

    Examples
    --------
    >>> [declined("Vereinigte Arabische Emirate", "die pl", case) for case in ("nominative", "dative")]
    ['die Vereinigten Arabischen Emirate', 'den Vereinigten Arabischen Emiraten']
    >>> declined("Vereinigtes Königreich", "das", "genitive"), declined("Belarus", "", "genitive")
    ('des Vereinigten Königreichs', 'von Belarus')
    """
    kind = article.removesuffix(" auf")
    if not kind:
        return f"von {name}" if case == "genitive" else name
    plural, weak = kind == "die pl", case in ("genitive", "dative")
    ending = "n" if plural or weak or (kind == "der" and case == "accusative") else ""
    said = _adjectives(name, ending)
    if plural and case == "dative" and said[-1] not in "ns":
        said += "n"
    if kind == "das" and case == "genitive":
        said = re.sub(r"^((?:\w+en )*\w+)", r"\1s", said)
    return f"{ARTICLES[kind][case]} {said}"


def _adjectives(name: str, ending: str) -> str:
    """Let the adjectives before a noun end as they do after an article."""
    done = 0
    while found := _ADJECTIVE.match(name, done):
        word = found[1] + ending
        name = name[:done] + word + name[found.end():]
        done += len(word) + 1
    return name


def placed(name: str, article: str, where: str) -> str:
    """Return a name behind a word of place: `in`, `from` and `to` it, `of` and `on` it.

    >>> placed("Irak", "der", "in"), placed("Schweiz", "die", "to"), placed("Seychellen", "die pl auf", "in")
    ('im Irak', 'in die Schweiz', 'auf den Seychellen')
    >>> placed("Schweiz", "die", "on"), placed("Vereinigtes Königreich", "das", "of")
    ('zur Schweiz', 'vom Vereinigten Königreich')
    """
    plain, islands, case = _PLACES[where]
    word = islands if article.endswith("auf") else "in" if where == "to" and article else plain
    text = f"{word} {declined(name, article, case)}"
    start = " ".join(text.split(" ")[:2])
    return _MERGED[start] + text[len(start):] if start in _MERGED else text
