"""The command `copydesk`: reads what the user wants, calls what the flows call, prints the answer.

Exit codes: 0 done; 1 done, but look (verify found problems, nothing was published, bad lines); 2 the command or what it
names is wrong; 3 the lake, the archive or this machine is in the way; 130 stopped by Ctrl-C.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.problem import Problem

if TYPE_CHECKING:
    from flows.parameters import IngestParameters, ReprocessParameters
    from flows.progress import Progress
    from flows.receipt import Receipt
    from flows.settings import Settings

app = typer.Typer(
    name="copydesk",
    help="News in, tables out: every row points to the exact characters it came from.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)

LakeOption = Annotated[
    Path | None, typer.Option("--lake", metavar="DIR", help="Folder of the tables, instead of the one in the settings.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]
SourcesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE | PATH | URL]...",
        help="Names from config/sources, files, folders, pages or feeds. None: every enabled source.",
        show_default=False,
    ),
]
JsonlIn = Annotated[str, typer.Argument(metavar="IN.jsonl", help="A JSONL file, or - for standard input.")]
JsonlOut = Annotated[str, typer.Argument(metavar="OUT.jsonl", help="A file to write, or - for standard output.")]


@app.command()
def ingest(
    wanted: SourcesArgument = None,
    lake: LakeOption = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Leave out what a feed dates before this day."),
    ] = None,
    orchestrated: Annotated[
        bool | None,
        typer.Option(
            "--orchestrated/--plain",
            help="Run as a Prefect flow, or without Prefect. Default: as a flow where a Prefect API is configured.",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Take news in: collect, extract, find, link and publish. Running it twice is running it once.

    [dim]copydesk ingest data/samples[/]
    [dim]copydesk ingest https://news.example/feed.xml --since 2026-11-01[/]
    """
    from flows.parameters import IngestParameters
    from flows.summary import print_receipt

    settings = _settings(lake)
    parameters = IngestParameters(
        sources=wanted or [], since=since.date() if since else None, lake=str(lake.absolute()) if lake else None
    )
    receipt = _carry_out(parameters, settings, orchestrated, as_json)
    print_receipt(receipt, as_json=as_json)
    if not receipt.published and not receipt.unchanged:
        raise typer.Exit(1)


@app.command()
def reprocess(
    start: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY", help="First day.")],
    end: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DAY", help="Last day, included.")],
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Only this source; may be given again.", show_default=False)
    ] = None,
    missing: Annotated[
        bool,
        typer.Option("--missing", help="Also what was fetched on these days and the lake lacks: mends a lost lake."),
    ] = False,
    lake: LakeOption = None,
    orchestrated: Annotated[
        bool | None, typer.Option("--orchestrated/--plain", help="As for ingest.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read days of the lake again from the archive, with the rules of today. Nothing is fetched."""
    from flows.parameters import ReprocessParameters
    from flows.summary import print_receipt

    settings = _settings(lake)
    with _explained():
        parameters = ReprocessParameters(
            start=start.date(),
            end=end.date(),
            sources=source or [],
            missing=missing,
            lake=str(lake.absolute()) if lake else None,
        )
    print_receipt(_carry_out(parameters, settings, orchestrated, as_json), as_json=as_json)


@app.command()
def extract(source: JsonlIn, target: JsonlOut) -> None:
    """Extract saved pages: lines of id, html_path and url in, lines of title, authors, date and text out."""
    from flows.extract import extract_file

    with _progress(target == "-") as progress:
        extract_file(source, target, _settings(None), progress.counter("extract"))


@app.command()
def annotate(source: JsonlIn, target: JsonlOut) -> None:
    """Annotate texts: lines of id, text and published_at in, lines of sentences, dates, quantities and mentions out."""
    from flows.annotate import annotate_file

    with _progress(target == "-") as progress:
        bad = annotate_file(source, target, _settings(None), progress.counter("annotate"))
    if bad:
        typer.echo(f"{bad} lines could not be used; their answers say why", err=True)
        raise typer.Exit(1)


@app.command()
def verify(lake: LakeOption = None, as_json: JsonOption = False) -> None:
    """Prove that the lake is right: offsets quote the text, keys are unique, nothing is lost, the archive matches."""
    from flows.collect.archive.archive import Archive
    from flows.publish.verify import verify as verify_lake

    settings = _settings(lake)
    storage = settings.storage
    report = verify_lake(storage.lake, storage.state, Archive(storage.raw, storage.state).check)
    if as_json:
        _print_json({"problems": report.problems, "notes": report.notes, "checked": report.checked})
    else:
        for problem in report.problems:
            typer.echo(f"problem: {problem}")
        for note in report.notes:
            typer.echo(f"note: {note}")
        counts = ", ".join(f"{count:,} {what}" for what, count in report.checked.items())
        typer.echo(f"{storage.lake}: {len(report.problems) or 'no'} problems ({counts})")
    if report.problems:
        raise typer.Exit(1)


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help='A query in DuckDB\'s SQL, e.g. "select * from claims limit 5".')],
    lake: LakeOption = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Ask the tables a question; each table of the lake is a view."""
    from flows.sql import print_answer

    print_answer(_settings(lake).storage.lake, query, form="json" if as_json else "csv" if as_csv else "table")


@app.command()
def tables(
    name: Annotated[str | None, typer.Argument(help="Only this table, with its columns.", show_default=False)] = None,
    lake: LakeOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the tables, their rows and what their columns mean."""
    from flows.summary import print_tables

    print_tables(_settings(lake).storage.lake, name, as_json=as_json)


sources_app = typer.Typer(invoke_without_command=True, rich_markup_mode="rich")
app.add_typer(sources_app, name="sources")


@sources_app.callback()
def sources(context: typer.Context, lake: LakeOption = None, as_json: JsonOption = False) -> None:
    """List the sources of config/sources and how each fares, or look at a new one: [bold]sources check URL[/].

    [dim]copydesk sources[/]
    [dim]copydesk sources check https://harbourgazette.example[/]
    """
    if context.invoked_subcommand is None:
        from flows.sources.table import print_sources

        print_sources(_settings(lake), as_json=as_json)


@sources_app.command()
def check(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of a site, section, feed or sitemap.")],
    name: Annotated[
        str | None, typer.Option("--name", help="Name of the source. Default: from the address.", show_default=False)
    ] = None,
    write: Annotated[
        bool, typer.Option("--write/--no-write", help="Write config/sources/NAME.yaml, or only look.")
    ] = True,
    force: Annotated[bool, typer.Option("--force", help="Replace the file when there is one.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Tell whether a site can be collected, how, and how many articles a day; write its source file.

    Asks for its robots.txt, feeds and sitemaps and up to three articles, as slowly as for everything else.
    """
    from flows.sources.check import check_site
    from flows.sources.report import print_report

    settings = _settings(None)
    with _progress(as_json) as progress:
        report = check_site(url, settings, name=name, write=write, force=force, reporter=progress)
    print_report(report, as_json=as_json)
    if not report.can_be_collected:
        raise typer.Exit(1)


@app.command()
def show(
    article: Annotated[str, typer.Argument(help="Its id (or the beginning of it), address, or words of its headline.")],
    lake: LakeOption = None,
    as_json: JsonOption = False,
    raw: Annotated[bool, typer.Option("--raw", help="Print the bytes it was read from, exactly as they came.")] = False,
    headers: Annotated[bool, typer.Option("--headers", help="Print the HTTP headers that came with them.")] = False,
) -> None:
    """Print an article with its dates, quantities, names, statements and claims coloured, and what they mean beside.

    [dim]copydesk show "ferry service"[/]
    [dim]copydesk show 3f2a90c1 --raw > page.html[/]
    """
    from flows.show import print_article

    settings = _settings(lake)
    if raw or headers:
        from flows.collect.archive.archive import Archive
        from flows.show.raw import print_headers, print_raw

        if as_json:
            raise Problem("--json is the article's rows, --raw and --headers are what came in; ask for one of them")
        archive = Archive(settings.storage.raw, settings.storage.state)
        (print_headers if headers else print_raw)(settings.storage.lake, archive, article)
    else:
        print_article(settings.storage.lake, article, as_json=as_json)


@app.command()
def claims(
    article: Annotated[str, typer.Argument(help="Its id (or the beginning of it), address, or words of its headline.")],
    lake: LakeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print who counted how many in an article: killed, injured, displaced and so on, each with its sentence.

    [dim]copydesk claims "tram collision"[/]
    [dim]copydesk sql "from reports"[/]   all reports of deaths of the lake, copies counted once
    """
    from flows.show.claims import print_claims

    print_claims(_settings(lake).storage.lake, article, as_json=as_json)


@app.command()
def entities(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORD]...", help="Words of its name, another name, or its id.")
    ] = None,
    label: Annotated[
        str | None, typer.Option("--label", metavar="PER|ORG|LOC|…", help="Only this kind.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to print.")] = 50,
    lake: LakeOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the people, organisations and places of the lake, the most mentioned first, or search them.

    [dim]copydesk entities observatory[/]
    [dim]copydesk entities --label PER --limit 20[/]
    """
    from flows.entities.table import print_entities

    print_entities(_settings(lake).storage.lake, " ".join(words or []), label, limit=limit, as_json=as_json)


gazetteer_app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
app.add_typer(gazetteer_app, name="gazetteer", help="The places that names are linked to: build them anew.")


@gazetteer_app.command("build")
def build_gazetteer(
    geonames: Annotated[
        Path | None, typer.Option(metavar="FILE", help="allCountries or cities*, .txt or .zip.")
    ] = None,
    alternate_names: Annotated[
        Path | None, typer.Option(metavar="FILE", help="alternateNamesV2, .txt or .zip.")
    ] = None,
    admin1: Annotated[Path | None, typer.Option(metavar="FILE", help="admin1CodesASCII.txt.")] = None,
    admin2: Annotated[Path | None, typer.Option(metavar="FILE", help="admin2Codes.txt.")] = None,
    countries: Annotated[Path | None, typer.Option(metavar="FILE", help="countryInfo.txt.")] = None,
    wikidata: Annotated[Path | None, typer.Option(metavar="FILE", help="Wikidata dump, .json, .gz or .bz2.")] = None,
) -> None:
    """Build the gazetteer from the installed packages, and from dumps of GeoNames and Wikidata when given.

    [dim]copydesk gazetteer build[/]
    [dim]copydesk gazetteer build --geonames allCountries.zip --alternate-names alternateNamesV2.zip[/]
    """
    from flows.gazetteer.build_command import build
    from flows.gazetteer.dumps import Dumps

    dumps = Dumps(geonames, alternate_names, admin1, admin2, countries, wikidata)
    for sentence in build(_settings(None).storage.gazetteer, dumps):
        typer.echo(sentence)


@app.command()
def serve() -> None:
    """Start what is missing: the Prefect server, the deployments and schedules, and a process that runs them."""
    from flows.orchestration.serve import serve as serve_here

    serve_here(_settings(None))


def main() -> None:
    """Run the command; a `Problem` is printed without a traceback."""
    try:
        app(standalone_mode=True)
    except Problem as problem:
        typer.echo(f"copydesk: {problem}", err=True)
        sys.exit(problem.exit_code)
    except BrokenPipeError:
        # The reader of our output went away, as `| head` does; nothing is wrong.
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        typer.echo("stopped; what was finished is kept, run the same command again to go on", err=True)
        sys.exit(130)


def _settings(lake: Path | None) -> "Settings":
    from flows.settings import read_settings

    return read_settings().with_lake(lake)


def _carry_out(
    parameters: "IngestParameters | ReprocessParameters", settings: "Settings", orchestrated: bool | None, quiet: bool
) -> "Receipt":
    if _wants_prefect(orchestrated):
        from flows.orchestration import run_orchestrated

        return run_orchestrated(parameters, settings, quiet=quiet)
    from flows.mapper import ProcessMapper
    from flows.pipeline import run

    with _progress(quiet) as progress, ProcessMapper(settings.engine.worker_count) as mapper:
        return run(parameters, settings, mapper, progress)


def _wants_prefect(orchestrated: bool | None) -> bool:
    if orchestrated is not None:
        return orchestrated
    from flows.prefect_api import prefect_is_configured

    return prefect_is_configured()


@contextmanager
def _progress(quiet: bool) -> Iterator["Progress"]:
    from flows.progress import progress_bar

    with progress_bar(quiet) as progress:
        yield progress


@contextmanager
def _explained() -> Iterator[None]:
    from pydantic import ValidationError

    try:
        yield
    except ValidationError as error:
        raise Problem("; ".join(problem["msg"].removeprefix("Value error, ") for problem in error.errors())) from None


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


if __name__ == "__main__":
    main()
