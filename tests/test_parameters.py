"""Parameters: judged before a kernel starts, in one line that says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import v4

from atlas.errors import AtlasError, WrongUse
from atlas.render import parameters

CELL = """\
country = "BLR"  # type: str  ISO 3166-1 alpha-3 code
number = 3  # type: int  how many
share = 0.5  # type: float; a share
full = True  # type: bool; everything or not
plain = "x"
"""


def written(folder: Path, source: str) -> Path:
    cell = v4.new_code_cell(source, metadata={"tags": ["parameters"]})
    place = folder / "tiny.ipynb"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(v4.new_notebook(cells=[cell], metadata=kernel), place)
    return place


@pytest.fixture
def known(tmp_path: Path) -> dict[str, parameters.Parameter]:
    return parameters.declared(written(tmp_path, CELL))


def refuse(value: Any) -> None:
    if value != "BLR":
        raise WrongUse(f"{value!r} is no country code; did you mean BLR?")


def test_types_defaults_and_help_are_read_from_the_cell(known: dict[str, parameters.Parameter]) -> None:
    assert known["country"] == parameters.Parameter("country", "str", "BLR", "ISO 3166-1 alpha-3 code")
    assert {name: one.type for name, one in known.items()} == {
        "country": "str", "number": "int", "share": "float", "full": "bool", "plain": "str"}


def test_text_becomes_what_the_notebook_declares(known: dict[str, parameters.Parameter]) -> None:
    given = {"country": "CHE", "number": "12", "share": "0.25", "full": "no", "plain": "__import__('os')"}
    assert parameters.checked(given, known, {}) == {
        "country": "CHE", "number": 12, "share": 0.25, "full": False, "plain": "__import__('os')"}


def test_typed_values_pass(known: dict[str, parameters.Parameter]) -> None:
    assert parameters.checked({"number": 4, "full": True}, known, {}) == {"number": 4, "full": True}


@pytest.mark.parametrize(("given", "message"), [
    ({"contry": "CHE"}, "'contry' is no parameter of this notebook; did you mean country?"),
    ({"zzz": "1"}, "'zzz' is no parameter of this notebook; it takes country, number, share, full, plain"),
    ({"number": "many"}, "number='many' is no int; expected how many, as in number=3"),
    ({"number": "1.5"}, "number='1.5' is no int"),
    ({"full": "perhaps"}, "full='perhaps' is no bool; expected everything or not, as in full=True"),
    ({"country": 7}, "country=7 is no str"),
    ({"country": "BLX"}, "'BLX' is no country code; did you mean BLR?"),
    ({"country": "../../etc"}, "'../../etc' is no country code"),
])
def test_what_makes_no_sense_is_refused_in_one_line(known: dict[str, parameters.Parameter], given: dict[str, Any],
                                                    message: str) -> None:
    with pytest.raises(WrongUse) as error:
        parameters.checked(given, known, {"country": refuse})
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)
    assert error.value.exit_status == 2


def test_a_default_that_is_an_expression_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match=r"tiny\.ipynb: the default of day is no plain value"):
        parameters.declared(written(tmp_path, "day = today()"))


def test_what_is_no_notebook_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "broken.ipynb"
    place.write_text("{", encoding="utf-8")
    with pytest.raises(AtlasError, match=r"broken\.ipynb cannot be read as a notebook"):
        parameters.declared(place)
