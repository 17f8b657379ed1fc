"""What a notebook calls: sections of prose, verdicts and charts for one country, and for the whole atlas."""

from atlas.narrate.country import CountryReport, show
from atlas.narrate.landing import LandingPage

__all__ = ["CountryReport", "LandingPage", "show"]
