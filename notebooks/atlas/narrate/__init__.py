"""What a notebook calls: sections of prose, verdicts and charts for one country."""

from atlas.narrate.country import CountryReport, show

__all__ = ["CountryReport", "show"]
