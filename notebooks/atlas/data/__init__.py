"""The tables that claims are tested against: countries, indicators, memberships, status and events."""

from atlas.data.indicators import Indicator, Source, Value
from atlas.data.reference import Country, Event, Membership, PeerSet, Status
from atlas.data.tables import Tables, tables

__all__ = ["Country", "Event", "Indicator", "Membership", "PeerSet", "Source", "Status", "Tables", "Value", "tables"]
