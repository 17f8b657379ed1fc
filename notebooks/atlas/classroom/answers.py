"""How a check answers: a sentence that says what is wrong and where to look, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

P = ParamSpec("P")
SHAPES = (TypeError, ValueError, KeyError, IndexError, AttributeError, ZeroDivisionError, NameError)
"""What goes wrong inside a check when an answer has another shape than the one asked for."""


class Again(Exception):
    """The answer is not there yet; the message is what the student reads, and all of it."""

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook prints instead of a traceback."""
        return [f"Not yet. {self}"]


def check(function: Callable[P, str]) -> Callable[P, None]:
    """Turn a method that returns praise or raises `Again` into a check that prints, and that survives any answer."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        if any(unwritten(one) for one in (*args[1:], *kwargs.values())):
            raise Again("There is no answer here yet: replace the dots in the cell above, run it, then run this one.")
        try:
            said = function(*args, **kwargs)
        except SHAPES as error:
            raise Again(
                "The answer does not have the form that the exercise asks for, so it cannot be read "
                f"({type(error).__name__}: {error}). Compare it with the starting code."
            ) from None
        print(f"That will do. {said}")  # noqa: T201 (the answer to a student, under the cell)

    return run


def unwritten(answer: Any) -> bool:
    """Tell whether an answer, or any part of it, is still the dots of the starting code."""
    if answer is None or answer is ...:
        return True
    if isinstance(answer, str):
        return answer.strip(" .…") == ""
    if isinstance(answer, dict):
        return not answer or any(map(unwritten, answer.values()))
    if isinstance(answer, list | tuple):
        return not answer or any(map(unwritten, answer))
    return False


def outcome(function: Callable[..., Any], *given: Any, what: str) -> Any:
    """Call a function that a student wrote; what it raises, and a forgotten `return`, become sentences."""
    try:
        found = function(*given)
    except Exception as error:
        raise Again(f"Your function stops with {type(error).__name__} ({error}) for {what}.") from None
    if found is ...:
        raise Again("The function still holds the dots of the starting code: write its body, then run both cells.")
    return found


def returned(function: Callable[..., Any], *given: Any, what: str) -> Any:
    """Call a function that has to give something back, whatever it is given."""
    found = outcome(function, *given, what=what)
    if found is None:
        raise Again(f"Your function gives nothing back for {what}: is its body written, and does it end with return?")
    return found
