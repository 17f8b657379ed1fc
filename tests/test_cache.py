"""Only what changed: what makes a report stale, how that is said, and that nothing else is rendered again."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest

from atlas import paths
from atlas.data import tables
from atlas.render import build, keys, manifest, plan
from atlas.render.manifest import Row
from tinies import DATA, contents, notebook

OUTPUTS = {"country.html": b"page", "country.pdf": b"print", "claims.csv": b"claims", "country.ipynb": b"as run"}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A few data in a folder of the test's own; only AAA has an assessment."""
    root = Path(shutil.copytree(DATA, tmp_path / "data"))
    monkeypatch.setenv("ATLAS_DATA", str(root))
    tables.cache_clear()
    yield root
    tables.cache_clear()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package in a folder of the test's own, as far as checksums are concerned."""
    copy = tmp_path / "atlas"
    shutil.copytree(paths.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(paths, "PACKAGE", copy)
    return copy


@pytest.fixture
def target(tmp_path: Path, data: Path, package: Path) -> Path:
    """A folder of reports on Belarus and Switzerland that is on record as made from what there is."""
    target = tmp_path / "reports"
    for order in plan.orders(["AAA", "BBB"]):
        (target / order.country).mkdir(parents=True)
        for name, content in OUTPUTS.items():
            (target / order.country / name).write_bytes(content)
        made = {name: keys.checksum(content) for name, content in OUTPUTS.items()}
        manifest.record(target, order.name, Row("done", order.parameters, order.parts, made))
    return target


def said(target: Path, **asked: object) -> dict[str, str]:
    """State and reason of each report, in one line."""
    found = plan.states(plan.orders(["AAA", "BBB"], **asked), target)  # type: ignore[arg-type]
    return {name[:3]: f"{state.word}: {state.why}" if state.why else state.word for name, state in found.items()}


def add(path: Path, text: str = "\n") -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_what_was_made_from_what_there_is_is_fresh(target: Path) -> None:
    assert said(target) == {"AAA": "fresh", "BBB": "fresh"}


def test_one_changed_claim_makes_one_country_stale(target: Path, data: Path) -> None:
    add(data / "assessments/AAA-2020-security.yaml", "# reviewed\n")
    assert said(target) == {"AAA": "stale: claims of AAA changed", "BBB": "fresh"}


def test_a_new_assessment_makes_its_country_stale(target: Path, data: Path) -> None:
    shutil.copy(data / "assessments/AAA-2020-security.yaml", data / "assessments/BBB-2030-new.yaml")
    assert said(target) == {"AAA": "fresh", "BBB": "stale: claims of BBB changed"}


@pytest.mark.parametrize(("file", "why"), [
    ("indicators/things.csv", "indicator things changed"),
    ("indicators/things.yaml", "indicator things changed"),
    ("reference/events.csv", "reference events changed"),
    ("reference/borders.csv", "reference borders changed"),
])
def test_changed_tables_are_named(target: Path, data: Path, file: str, why: str) -> None:
    add(data / file)
    assert said(target) == {"AAA": f"stale: {why}", "BBB": f"stale: {why}"}


def test_two_changes_are_both_named(target: Path, data: Path) -> None:
    add(data / "indicators/things.csv")
    add(data / "assessments/AAA-2020-security.yaml")
    assert said(target) == {"AAA": "stale: claims of AAA and indicator things changed",
                            "BBB": "stale: indicator things changed"}


@pytest.mark.parametrize("file", ["words.py", "house.mplstyle", "render/templates/page.css"])
def test_code_templates_and_style_belong_to_the_package(target: Path, package: Path, file: str) -> None:
    add(package / file)
    assert said(target)["BBB"] == "stale: package changed"


def test_a_changed_notebook_is_named(target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(paths.NOTEBOOKS / "country.ipynb", tmp_path)
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path)
    assert said(target)["BBB"] == "fresh"
    add(tmp_path / "country.ipynb")
    assert said(target)["BBB"] == "stale: notebook changed"


def test_other_versions_are_named(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "versions", lambda: {"python": "4.0"})
    assert said(target)["BBB"] == "stale: versions changed"


def test_a_report_with_other_parameters_does_not_pass_for_the_usual_one(target: Path) -> None:
    asked = {"given": {"as_of": "2022-12-31"}}
    assert said(target, **asked)["BBB"] == "stale: rendered with the default parameters"
    order = plan.orders(["BBB"], **asked)[0]
    made = manifest.read(target)["BBB/country"].outputs
    manifest.record(target, order.name, Row("done", order.parameters, order.parts, made))
    assert said(target, **asked)["BBB"] == "fresh"
    assert said(target)["BBB"] == "stale: rendered with as_of=2022-12-31"


def test_a_default_that_is_spelt_out_changes_nothing(target: Path) -> None:
    assert said(target, given={"edition": "all", "as_of": ""}) == {"AAA": "fresh", "BBB": "fresh"}


@pytest.mark.parametrize(("harm", "why"), [
    (lambda folder: (folder / "country.pdf").unlink(), "country.pdf is missing"),
    (lambda folder: add(folder / "country.html"), "country.html is not as it was made"),
    (lambda folder: add(folder / "country.ipynb"), "country.ipynb is not as it was made"),
])
def test_a_harmed_report_is_stale(target: Path, harm: Callable[[Path], None], why: str) -> None:
    harm(target / "BBB")
    assert said(target) == {"AAA": "fresh", "BBB": f"stale: {why}"}


def test_a_clone_without_the_notebook_as_run_is_fresh(target: Path) -> None:
    (target / "BBB/country.ipynb").unlink()
    assert said(target)["BBB"] == "fresh"


def test_a_format_that_was_not_made_is_missing(target: Path) -> None:
    row = manifest.read(target)["BBB/country"]
    made = {name: one for name, one in row.outputs.items() if not name.endswith("pdf")}
    manifest.record(target, "BBB/country", Row("done", row.parameters, row.parts, made))
    assert said(target, formats=["html"])["BBB"] == "fresh"
    assert said(target)["BBB"] == "stale: country.pdf is missing"


def test_without_a_record_a_report_is_missing_or_unknown(target: Path) -> None:
    (target / "manifest.json").unlink()
    shutil.rmtree(target / "AAA")
    assert said(target) == {"AAA": "missing", "BBB": "stale: nothing on record about it"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"reports": {"BBB/country": {}}}', '{"reports": []}'])
def test_a_manifest_that_cannot_be_read_is_made_anew(target: Path, text: str) -> None:
    (target / "manifest.json").write_text(text, encoding="utf-8")
    assert said(target)["BBB"] == "stale: nothing on record about it"
    manifest.record(target, "BBB/country", Row("failed", {}, {}, error="no luck"))
    assert said(target)["BBB"] == "failed: no luck"


def test_the_manifest_holds_nothing_of_the_machine(target: Path, tmp_path: Path) -> None:
    text = (target / "manifest.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text and str(paths.ROOT) not in text
    kept = json.loads(text)
    assert set(kept) == {"versions", "reports"} and set(kept["reports"]) == {"AAA/country", "BBB/country"}
    assert set(kept["reports"]["BBB/country"]) == {"state", "parameters", "parts", "outputs", "error", "key"}
    assert {row["parts"]["versions"] for row in kept["reports"].values()} == set(kept["versions"])
    assert kept["reports"]["BBB/country"]["outputs"]["claims.csv"] == hashlib.sha256(b"claims").hexdigest()


def test_list_says_how_each_report_stands(target: Path, data: Path,
                                          atlas: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    add(data / "assessments/AAA-2020-security.yaml")
    (target / "BBB/country.pdf").unlink()
    lines = atlas("list", "--out", str(target)).stdout.splitlines()
    assert lines[0].split(maxsplit=4) == ["AAA", "Arcadia", "1", "assessment", "stale    claims of AAA changed"]
    assert lines[1].split(maxsplit=4) == ["BBB", "Borduria", "0", "assessments", "stale    country.pdf is missing"]
    shutil.rmtree(target)
    assert atlas("list", "--out", str(target)).stdout.splitlines()[0].endswith("missing")


def test_a_build_with_nothing_to_do_loads_nothing_that_takes_long(target: Path) -> None:
    source = ("import sys; from pathlib import Path; from atlas.render import build; "
              "print([one.unchanged for one in build.render(['AAA', 'BBB'], out=Path(sys.argv[1]))], "
              "sorted({'papermill', 'nbconvert', 'nbformat', 'matplotlib', 'typst', 'pandas'} & set(sys.modules)))")
    shutil.rmtree(target)
    target.mkdir()
    done = subprocess.run([sys.executable, "-c", RECORD + source, str(target)], capture_output=True, text=True)
    assert done.stdout == "[True, True] []\n", done.stderr


# Puts reports on record in the process itself, whose package is the installed one.
RECORD = f"""
import sys
from pathlib import Path
from atlas.render import keys, manifest, plan
for order in plan.orders(["AAA", "BBB"]):
    folder = Path(sys.argv[1]) / order.country
    folder.mkdir()
    made = {OUTPUTS!r}
    for name, content in made.items():
        (folder / name).write_bytes(content)
    sums = {{name: keys.checksum(one) for name, one in made.items()}}
    manifest.record(folder.parent, order.name, manifest.Row("done", order.parameters, order.parts, sums))
"""


@pytest.mark.slow
def test_a_build_makes_what_is_stale_and_no_more(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat.write(notebook("from atlas import library\nfrom atlas.data import tables\n"
                            "[one.title for one in library.assessments(tables(), country)]"), tmp_path / "tiny.ipynb")
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path)

    def made(**options: object) -> dict[str, bool]:
        found = build.render(["AAA", "BBB"], notebook="tiny", formats={"html"}, out=tmp_path / "out", jobs=1,
                             **options)  # type: ignore[arg-type]
        assert not [one.error for one in found if one.error]
        return {one.report: not one.unchanged for one in found}

    assert made() == {"AAA": True, "BBB": True}
    before = contents(tmp_path / "out")
    assert made() == {"AAA": False, "BBB": False}
    place = data / "assessments/AAA-2020-security.yaml"
    lines = place.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = ["title: Another title\n" if line.startswith("title:") else line for line in lines]
    place.write_text("".join(changed), encoding="utf-8")
    assert made() == {"AAA": True, "BBB": False}
    assert "Another title" in (tmp_path / "out/AAA/tiny.html").read_text(encoding="utf-8")
    assert contents(tmp_path / "out")["BBB/tiny.html"] == before["BBB/tiny.html"]
    after = contents(tmp_path / "out")
    assert made(force=True) == {"AAA": True, "BBB": True}
    assert contents(tmp_path / "out") == after
