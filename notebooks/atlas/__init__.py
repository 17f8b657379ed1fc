"""The Living Partner Atlas: dated assessments of countries, tested against data."""

__version__ = "0.2.0"
