"""The papermill engine `atlas`: `papermill --engine atlas in.ipynb out.ipynb -p country CHE`."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode


class AtlasEngine:
    """What papermill finds by name while it is itself being imported, so nothing of papermill is imported here."""

    @staticmethod
    def execute_notebook(nb: NotebookNode, kernel_name: str, **options: Any) -> NotebookNode:
        """Run a notebook in a warm kernel; see `atlas.render.client.WarmEngine`."""
        return _engine().execute_notebook(nb, kernel_name, **options)

    @staticmethod
    def nb_kernel_name(nb: NotebookNode, name: str | None = None) -> str:
        """Return the kernel that a notebook asks for."""
        return _engine().nb_kernel_name(nb, name)

    @staticmethod
    def nb_language(nb: NotebookNode, language: str | None = None) -> str:
        """Return the language that a notebook is written in."""
        return _engine().nb_language(nb, language)


def _engine() -> Any:
    from atlas.render import client, warm  # now papermill is there

    warm.start()
    return client.WarmEngine
