"""Newer figures from their publishers: fetched politely, validated, compared, and written together or not at all."""
