"""The Living Partner Atlas: dated assessments of countries, tested against data."""

__version__ = "0.1.0"
