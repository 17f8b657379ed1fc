"""The command `atlas`: arguments to calls, errors to one line and an exit status."""

from __future__ import annotations

import atexit
import gc
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from atlas import __version__, dates, paths
from atlas.errors import AtlasError, BadData, WrongUse

FORMATS = ("html", "pdf")


class _Day(click.ParamType[date]):
    """A date that may lack its day or month; it stands for its last day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return dates.last_day(value)
        except ValueError as error:
            raise WrongUse(str(error)) from None


class _Command(click.Group):
    """Turns every error of ours into one line and an exit status, and typing errors too."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        atexit.register(gc.freeze)  # else Python searches all that was imported for garbage once more as it ends
        try:
            return super().main(*args, **(kwargs | {"standalone_mode": False}))
        except AtlasError as error:
            click.echo(f"atlas: {error}", err=True)
            sys.exit(1 if isinstance(error, BadData) else error.exit_status)
        except click.ClickException as error:
            click.echo(f"atlas: {error.format_message()}", err=True)
            sys.exit(2)
        except click.exceptions.Exit as error:
            sys.exit(error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            click.echo("atlas: stopped; finished reports are complete, the others are as they were", err=True)
            sys.exit(130)
        except BrokenPipeError:
            sys.exit(0)


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="atlas")
def main() -> None:
    """Country assessments kept as dated claims, tested against data, rendered as reports.

    Example: atlas render CHE
    """


@main.command()
@click.argument("countries", nargs=-1, metavar="[ISO3 …]")
@click.option("--notebook", default="country", show_default=True, help="The notebook to render.")
@click.option("--all-countries", is_flag=True, help="Every state of the world, with an assessment or without.")
@click.option("--edition", help="One edition, such as 2020, or the identifier of one assessment; default all.")
@click.option("--as-of", "as_of", metavar="DATE", help="Read the data as they stood that day; default the newest.")
@click.option("-P", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of the notebook; repeatable.")
@click.option("--to", "formats", default="html,pdf", show_default=True, help="Which formats to write.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The folder; default reports/.")
@click.option("--jobs", type=click.IntRange(min=1), help="How many reports at a time; default one a core.")
@click.option("--force", is_flag=True, help="Render reports again although nothing changed.")
@click.option("--cluster", metavar="ADDRESS", help="Render on a dask cluster: the scheduler, as in tcp://host:8786.")
@click.option("--cell-seconds", type=click.FloatRange(min=0, min_open=True), help="How long one cell may take.")
@click.option("--notebook-seconds", type=click.FloatRange(min=0, min_open=True), help="How long one notebook may take.")
def render(
    countries: tuple[str, ...],
    notebook: str,
    all_countries: bool,
    edition: str | None,
    as_of: str | None,
    given: tuple[str, ...],
    formats: str,
    out: Path | None,
    jobs: int | None,
    force: bool,
    cluster: str | None,
    **limits: float | None,
) -> None:
    """Render reports as HTML and PDF; without a country, all that have an assessment and the landing page.

    A report that was made from the same notebook, package, data, parameters and versions is not made again.

    Example: atlas render CHE --as-of 2022-12-31 --to html
    """
    from atlas.render import warm

    target = out or paths.reports()
    if not cluster and (force or any(not (target / iso3).is_dir() for iso3 in countries)):
        warm.start()  # a report will be made: what its kernel needs is read beside what we need ourselves

    from atlas.render import build, plan

    parameters = _pairs(given) | {name: value for name, value in (("edition", edition), ("as_of", as_of)) if value}
    if "country" in parameters:
        raise WrongUse("-P country=… is not taken; name the country as an argument: atlas render CHE")
    if all_countries and countries:
        raise WrongUse(f"--all-countries and {' '.join(countries)} exclude each other; give one of them")
    whole: dict[str, Any] = {"formats": _formats(formats), "out": target, "jobs": jobs, "force": force,
                             "cluster": cluster, "limits": {name: value for name, value in limits.items() if value}}
    chosen = plan.chosen(countries, notebook, everywhere=all_countries)
    outcomes = build.render(chosen, notebook=notebook, parameters=parameters, **whole)
    if notebook == plan.COUNTRY and not countries and not parameters and plan.has_landing():
        outcomes += build.render([], notebook=plan.LANDING, **whole)
    failed = [one for one in outcomes if one.error]
    for one in failed:
        click.echo(f"atlas: {one.report}: {one.error}", err=True)
    unchanged = sum(one.unchanged for one in outcomes)
    click.echo(f"{len(outcomes) - len(failed) - unchanged} reports rendered, {unchanged} unchanged")
    if failed:
        click.echo(f"atlas: {len(failed)} of {len(outcomes)} reports failed", err=True)
        sys.exit(1)


@main.command()
@click.argument("country", metavar="ISO3")
@click.option("--edition", default="all", show_default=True, help="One edition or the identifier of one assessment.")
@click.option("--as-of", "as_of", type=_Day(), metavar="DATE", help="Read the data as they stood that day.")
@click.option("--json", "form", flag_value="json", help="Print a JSON list.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
def claims(country: str, edition: str, as_of: date | None, form: str | None) -> None:
    """Print the ledger of a country: every claim with its verdict.

    Example: atlas claims BLR --as-of 2021-12 --json
    """
    from atlas import ledger_text, verdicts

    ledger = verdicts.ledger(country, edition=edition, as_of=as_of)
    if form == "json":
        click.echo(json.dumps([ledger_text.as_json(row) for row in ledger.rows], ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(ledger_text.as_csv(ledger), nl=False)
    else:
        click.echo(ledger_text.as_text(ledger))


@main.command("list")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The folder; default reports/.")
def list_(out: Path | None) -> None:
    """List what can be rendered, and the state of each report: fresh, stale, failed or missing, and why.

    Example: atlas list
    """
    from atlas.render import listed

    for line in listed.lines(out or paths.reports()):
        click.echo(line)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print problems and remarks as JSON.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of an assessment file instead.")
def check(as_json: bool, schema: bool) -> None:
    """Check the data folder: every problem with file, line and field, and what else should be looked at.

    Problems end with status 1, remarks do not.

    Example: atlas check --json
    """
    from atlas import advice, grammar, library
    from atlas.data import soundness, tables
    from atlas.options import file as options_file

    if schema:
        click.echo(grammar.text(), nl=False)
        return
    found = soundness.problems(tables()) + library.problems(tables(), library.files())
    found += options_file.problems(tables(), options_file.files())
    remarks = advice.remarks(tables(), library.files())
    if as_json:
        click.echo(json.dumps({"problems": list(map(asdict, found)), "remarks": list(map(asdict, remarks))}, indent=1))
        sys.exit(1 if found else 0)
    for one in remarks:
        click.echo(f"remark: {one}")
    if found:
        raise BadData(found)
    weighed = len(options_file.files())
    options = f", {weighed} options file{'' if weighed == 1 else 's'}" if weighed else ""
    click.echo(f"{len(library.files())} assessments{options} and {len(tables().indicators)} indicators are sound"
               f"{f', with {len(remarks)} remarks' if remarks else ''}")


@main.command()
@click.argument("country", metavar="ISO3")
@click.option("--interest", required=True, help="values, trade, security, climate or migration.")
@click.option("--edition", required=True, help="A year, such as 2026.")
def new(country: str, interest: str, edition: str) -> None:
    """Write a new assessment file, ready to be filled in; a file that is there is never overwritten.

    Example: atlas new KAZ --interest security --edition 2026
    """
    from atlas import draft
    from atlas.data import tables

    click.echo(f"{draft.write(tables(), country, interest, edition, date.today())}: fill it in, then run atlas check")


@main.command()
@click.argument("groups", nargs=-1, metavar="[GROUP …]")
@click.option("--dry-run", is_flag=True, help="Show what would change, write nothing.")
@click.option("--full", is_flag=True, help="List every change, not only the largest revisions.")
@click.option("--diff", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write every change to a CSV.")
@click.option("--skip", multiple=True, metavar="INDICATOR", help="Leave this indicator as it is; repeatable.")
@click.option("--accept-vanished", is_flag=True, help="Drop values that the publisher no longer has; default keep.")
def refresh(groups: Sequence[str], file: Path | None, full: bool, **choices: Any) -> None:
    """Fetch newer figures from their publishers and show what changes; all is written, or nothing.

    Example: atlas refresh economy security --dry-run
    """
    from atlas.refresh import command

    for line in command.refresh(groups, file, full, tell=lambda said: click.echo(said, err=True), **choices):
        click.echo(line)


@main.command()
@click.argument("against", default="HEAD", metavar="[REVISION | DATE]")
@click.option("--markdown", is_flag=True, help="Write a table for a pull request.")
def diff(against: str, markdown: bool) -> None:
    """List the verdicts that the data folder as it is now would flip, against the last commit, another one or a date.

    Example: atlas diff 2026-06-30 --markdown
    """
    from atlas import flips
    from atlas.data import tables

    with flips.earlier(against, paths.data()) as (revision, old):
        found = flips.between(old, tables())
    named = against if against == revision[: len(against)] else f"{against} ({revision[:10]})"
    click.echo((flips.markdown if markdown else flips.plain)(found, named))


@main.command("class")
@click.option("--country", default="UKR", show_default=True, metavar="ISO3", help="The country of the class.")
@click.option("--session", default="", metavar="NUMBER", help="One session, as in 1; default all.")
@click.option("--for", "grader", type=click.Choice(["nbgrader", "otter"]), help="Write a grader's master instead.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The folder; default reports/class/.")
def class_(country: str, session: str, grader: str | None, out: Path | None) -> None:
    """Build what a class needs: the student and the solution edition of each session, and its slides.

    Example: atlas class --country UKR
    """
    from atlas.render import lessons

    for path in lessons.build(country, session, grader, out or paths.reports() / "class"):
        click.echo(path)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def lab(options: tuple[str, ...]) -> None:
    """Open JupyterLab on the notebooks; other options go to Jupyter as they are.

    Example: atlas lab --no-browser
    """
    start = ["-m", "jupyterlab", f"--ServerApp.root_dir={paths.NOTEBOOKS}", "--LabApp.default_url=/lab/tree/README.md"]
    os.execv(sys.executable, [sys.executable, *start, *options])


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    for name, equals, _ in pairs:
        if not equals or not name:
            raise WrongUse(f"-P {name!r} is no parameter; expected name=value, as in -P detail=brief")
    return {name: value for name, _, value in pairs}


def _formats(text: str) -> set[str]:
    chosen = {one.strip() for one in text.split(",") if one.strip()}
    unknown = sorted(chosen - set(FORMATS))
    if unknown or not chosen:
        raise WrongUse(f"--to {text!r}: expected one or more of {', '.join(FORMATS)}, as in --to html,pdf")
    return chosen
