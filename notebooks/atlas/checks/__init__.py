"""The rules that test a claim, one small function each, in a registry."""

from atlas.checks import amounts, dated, parts, ranks, trends
from atlas.checks.reading import At, Clock, Reading
from atlas.checks.registry import RULES, problems, read

__all__ = ["RULES", "At", "Clock", "Reading", "amounts", "dated", "parts", "problems", "ranks", "read", "trends"]
