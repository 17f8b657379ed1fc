"""Slides of a notebook as one HTML file that asks no other host for anything."""

from __future__ import annotations

from pathlib import Path

from nbconvert.exporters import SlidesExporter
from nbformat import NotebookNode
from traitlets.config import Config

TEMPLATES = Path(__file__).parent / "templates"


def write(notebook: NotebookNode, target: Path) -> Path:
    """Write the cells of a notebook that are marked as slides, and return where they are."""
    settings = Config({"SlidesExporter": {"template_name": "slides", "extra_template_basedirs": [str(TEMPLATES)]}})
    page, _ = SlidesExporter(config=settings).from_notebook_node(notebook)
    target.write_text(page, encoding="utf-8")
    return target
