"""Claims and their verdicts as schema.org ClaimReview, for machines that read the page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from atlas import language
from atlas.vocabulary import VERDICTS

_PUBLISHER = {"@type": "Organization", "@id": "#atlas", "name": "Living Partner Atlas"}


def json_ld(items: Iterable[Mapping[str, Any]], reviewed_on: str) -> str:
    """Return cards of claims as JSON-LD that may stand in a script element; nothing in it can end the element.

    Parameters
    ----------
    items : iterable of mapping
        The items of `Claims` blocks.
    reviewed_on : str
        The day that the data speak of, which is the day of the review.
    """
    texts: dict[str, dict[str, Any]] = {}
    graph = [_review(item, reviewed_on, texts) for item in items]
    if not graph:
        return ""
    whole = {"@context": "https://schema.org", "@graph": [_PUBLISHER, *texts.values(), *graph]}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _review(item: Mapping[str, Any], reviewed_on: str, texts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {"@type": "ClaimReview", "url": f"#{item['anchor']}", "claimReviewed": language.unmarked(item["statement"]),
            "author": {"@id": "#atlas"}, "itemReviewed": _claim(item, texts),
            "reviewRating": {"@type": "Rating", "alternateName": VERDICTS[item["verdict"]].label},
            **({} if language.english() else {"inLanguage": language.current()}),
            **({"datePublished": reviewed_on} if reviewed_on else {})}


def _claim(item: Mapping[str, Any], texts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Describe the claim as a part of the assessment that made it; each assessment is described once."""
    about = item.get("reviewed") or {}
    if not about:
        return {"@type": "Claim"}
    key = json.dumps(about, sort_keys=True)
    if key not in texts:
        texts[key] = {"@type": "CreativeWork", "@id": f"#text-{len(texts) + 1}", **_text(about)}
    author = texts[key].get("author")
    return {"@type": "Claim", "appearance": {"@id": texts[key]["@id"]}, **({"author": author} if author else {})}


def _text(about: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {key: about[name] for key, name in (("name", "title"), ("url", "url")) if about.get(name)}
    if about.get("publisher"):
        found["publisher"] = {"@type": "Organization", "name": about["publisher"]}
    if about.get("author"):
        found["author"] = {"@type": "Person", "name": about["author"]}
    elif about.get("publisher"):
        found["author"] = found["publisher"]
    return found | ({"datePublished": about["written"]} if about.get("written") else {})
