"""The tables and their papers as files: the same content is always the same bytes."""
