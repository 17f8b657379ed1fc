"""What a notebook calls: sections of prose, verdicts and charts for one country or several."""

from atlas.narrate.change import ChangeReport
from atlas.narrate.compare import CompareReport
from atlas.narrate.country import CountryReport, show

__all__ = ["ChangeReport", "CompareReport", "CountryReport", "show"]
