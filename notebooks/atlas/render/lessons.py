"""What a class is handed: the editions of each session, and its slides as one file that asks no other host."""

from __future__ import annotations

from pathlib import Path

from nbconvert.exporters import SlidesExporter
from nbformat import NotebookNode
from traitlets.config import Config

from atlas.classroom import editions
from atlas.classroom.specimen import Specimen
from atlas.data import tables
from atlas.render import press

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
    made: dict[str, bytes] = {}
    for path in editions.chosen(session):
        for edition in [grader] if grader else ["student", "solution"]:
            made[f"{path.stem}-{country}-{edition}.ipynb"] = editions.text(path, country, edition).encode()
        if not grader:
            made[f"{path.stem}-{country}-slides.html"] = slides(editions.read(path, country)).encode()
    return press.write(folder, made)


def slides(notebook: NotebookNode) -> str:
    """Return the cells of a notebook that are marked as slides, as a page."""
    settings = Config({"SlidesExporter": {"template_name": "slides", "extra_template_basedirs": [str(TEMPLATES)]}})
    page, _ = SlidesExporter(config=settings).from_notebook_node(notebook)
    return str(page)
