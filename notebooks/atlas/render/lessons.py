"""What a class is handed: the editions of each session, and its slides as one file that asks no other host."""

from __future__ import annotations

from pathlib import Path

from nbconvert.exporters import SlidesExporter
from nbformat import NotebookNode
from traitlets.config import Config

from atlas.classroom import editions
from atlas.classroom.specimen import Specimen
from atlas.data import tables

TEMPLATES = Path(__file__).parent / "templates"


def build(country: str, session: str, grader: str | None, folder: Path) -> list[Path]:
    """Write the editions of one session or all, and return the files.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-3 code of a state.
    session : str
        Number or name of a session; empty for all.
    grader : str, optional
        `nbgrader` or `otter`: write the master for that grader, and nothing else.
    folder : Path
    """
    Specimen(tables(), country)
    made = []
    for path in editions.chosen(session):
        wanted = [grader] if grader else ["student", "solution"]
        made += [editions.build(path, country, one, folder) for one in wanted]
        if not grader:
            made.append(slides(editions.read(path, country), folder / f"{path.stem}-{country}-slides.html"))
    return made


def slides(notebook: NotebookNode, target: Path) -> Path:
    """Write the cells of a notebook that are marked as slides, and return where they are."""
    settings = Config({"SlidesExporter": {"template_name": "slides", "extra_template_basedirs": [str(TEMPLATES)]}})
    page, _ = SlidesExporter(config=settings).from_notebook_node(notebook)
    target.write_text(page, encoding="utf-8")
    return target
