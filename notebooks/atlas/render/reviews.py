"""Claims and their verdicts as schema.org ClaimReview, for machines that read the page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from atlas.blocks import plain
from atlas.words import VERDICTS

_PUBLISHER = {"@type": "Organization", "name": "Living Partner Atlas"}


def json_ld(items: Iterable[Mapping[str, Any]], reviewed_on: str) -> str:
    """Return cards of claims as JSON-LD that may stand in a script element; nothing in it can end the element.

    Parameters
    ----------
    items : iterable of mapping
        The items of `Claims` blocks.
    reviewed_on : str
        The day that the data speak of, which is the day of the review.
    """
    graph = [_review(item, reviewed_on) for item in items]
    if not graph:
        return ""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _review(item: Mapping[str, Any], reviewed_on: str) -> dict[str, Any]:
    verdict = VERDICTS[item["verdict"]]
    then, now = plain(item.get("then")), plain(item.get("now"))
    why = " ".join(filter(None, (f"Then: {then}" if then else "", f"Now: {now}" if now else "")))
    return {"@type": "ClaimReview", "url": f"#{item['anchor']}", "identifier": item["id"],
            "claimReviewed": item["statement"], "author": _PUBLISHER, "itemReviewed": _claim(item),
            "reviewRating": {"@type": "Rating", "alternateName": verdict.label,
                             "ratingExplanation": why or verdict.meaning},
            **({"datePublished": reviewed_on} if reviewed_on else {})}


def _claim(item: Mapping[str, Any]) -> dict[str, Any]:
    """Describe the assessment that made the claim, as far as the card tells."""
    about = item.get("reviewed") or {}
    found: dict[str, Any] = {"@type": "Claim", "text": item["statement"]}
    if about.get("author"):
        found["author"] = {"@type": "Person", "name": about["author"]}
    elif about.get("publisher"):
        found["author"] = {"@type": "Organization", "name": about["publisher"]}
    if about.get("written"):
        found["datePublished"] = about["written"]
    if about.get("title") or about.get("url"):
        found["appearance"] = {"@type": "CreativeWork", **{key: about[name] for key, name in
                               (("name", "title"), ("url", "url"), ("publisher", "publisher")) if about.get(name)}}
    return found
