"""What a notebook calls: sections of prose, verdicts and charts for one country, several, or the whole atlas."""

from atlas.narrate.change import ChangeReport
from atlas.narrate.compare import CompareReport
from atlas.narrate.country import CountryReport, show
from atlas.narrate.landing import LandingPage

__all__ = ["ChangeReport", "CompareReport", "CountryReport", "LandingPage", "show"]
