"""Runs: the pieces of a text that show a verdict, lead somewhere, or are set apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from atlas.blocks import html
from atlas.vocabulary import TONES, VERDICTS

Run = str | dict[str, str]
Text = Run | Sequence[Run]


def pill(verdict: str, text: str = "") -> dict[str, str]:
    """Return a run that shows a verdict: glyph, word and colour; `text` replaces the word ("3 hold").

    >>> pill("holds")
    {'t': 'pill', 'verdict': 'holds'}
    """
    VERDICTS[verdict]  # an unknown word fails where it is written, not in the exporter
    return {"t": "pill", "verdict": verdict} | ({"text": text} if text else {})


def link(text: str, href: str) -> dict[str, str]:
    """Return a run that links to a page, or to an anchor of the report (`#claim-…`)."""
    return {"t": "link", "text": text, "href": href}


def strong(text: str) -> dict[str, str]:
    """Return a run in bold."""
    return {"t": "strong", "text": text}


def soft(text: str) -> dict[str, str]:
    """Return a run in small grey letters."""
    return {"t": "soft", "text": text}


def bar(verdicts: Iterable[str]) -> dict[str, str]:
    """Return a run that shows how many verdicts have which tone: a bar, and the numbers with their signs.

    >>> bar(["holds", "came_true", "no_longer_holds"])
    {'t': 'bar', 'parts': 'good:2 changed:1', 'text': '● 2 ▲ 1'}
    """
    found = Counter(VERDICTS[word].tone for word in verdicts)
    tones = [tone for tone in TONES if found[tone]]
    return {"t": "bar", "parts": " ".join(f"{tone}:{found[tone]}" for tone in tones),
            "text": " ".join(f"{TONES[tone][0]} {found[tone]}" for tone in tones)}


def anchor(claim_id: str) -> str:
    """Return the anchor of a claim's card.

    >>> anchor("BLR-2020-security-R18")
    'claim-BLR-2020-security-R18'
    """
    return f"claim-{claim_id}"


def claim(claim_id: str, text: str = "") -> dict[str, str]:
    """Return a run that links to a claim's card; without `text` it shows the claim's number.

    >>> claim("BLR-2020-security-R18")["text"]
    'R18'
    """
    return link(text or claim_id.rsplit("-", 1)[-1], f"#{anchor(claim_id)}")


def plain(text: Text | None) -> str:
    """Return a text without its markup.

    >>> plain(["Belarus ", pill("holds")])
    'Belarus ● holds'
    """
    if text is None or isinstance(text, str):
        return text or ""
    text = [text] if isinstance(text, Mapping) else text
    return "".join(run if isinstance(run, str) else html.run_text(run) for run in text)
