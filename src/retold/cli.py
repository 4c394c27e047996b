"""The command line. Nothing heavy is imported before a command runs.

Exit status: 0 done; 1 something in the data failed (it stands in the report and on standard error); 2 wrong usage.
Standard output carries the result and nothing else; progress and messages go to standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retold.deskcommands import add_desk_commands

if TYPE_CHECKING:
    from retold.base.models import Models
    from retold.base.tables import Batch
    from retold.pipeline import Settings

DONE, FAILED, WRONG = 0, 1, 2
INTERRUPTED = 130
WIDTH = 100  # of lines of text on standard output
FORMATS = ("terminal", "json", "html", "markdown")
ENDINGS = {".json": "json", ".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".txt": "terminal"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one thread: the same bytes on every machine, and no spinning
    parser = make_parser()
    chosen = parser.parse_args(arguments)
    from retold.base.errors import InputError, RetoldError

    try:
        return int(chosen.command(chosen))
    except InputError as error:
        return complain(error.message, FAILED)
    except RetoldError as error:
        return complain(error.message, WRONG)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return complain("stopped; finished stages are kept where --tables names a folder", INTERRUPTED)


def complain(message: str, status: int) -> int:
    """Say what is wrong on standard error; returns the status."""
    print(f"retold: {message}", file=sys.stderr)
    return status


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(prog="retold", description="Shows where a news story came from: who had it from whom, how many "
                                     "independent origins stand behind each claim, and what changed on the way.")
    parser.add_argument("--version", action="store_true", help="print the version and stop")
    parser.set_defaults(command=lambda chosen: version_or_help(chosen, parser))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    trace = add(commands, "trace", run_trace, "trace articles to their origins and report")
    inputs(trace)
    trace.add_argument("--format", choices=FORMATS, help="of the report (default: from the ending of -o, else terminal)")
    trace.add_argument("--decisions", type=Path, metavar="FILE", help="follow what people decided, as this file says (see retold decide)")
    trace.add_argument("--one-story", action="store_true", help="all inputs tell one story: do not group them")
    trace.add_argument("-o", "--output", type=Path, help="write the report to this file instead of standard output")
    for name, command, words in (
        ("read", run_read, "names, quotes, attributions and claims of every article"),
        ("group", run_group, "which articles tell the same story"),
        ("reuse", run_reuse, "passages that articles share"),
    ):
        stage = add(commands, name, command, words)
        inputs(stage)
        stage.add_argument("--format", choices=("json",), default="json", help="of the result (default: json)")
    judge = add(commands, "judge", run_judge, "whether premises entail or contradict hypotheses, and what kind of thing changed")
    judge.add_argument("pairs", metavar="PAIRS", help="JSON Lines with premise and hypothesis; - is standard input")
    judge.add_argument("--format", choices=("json",), default="json", help="of the result (default: json)")
    decide = add(commands, "decide", run_decide, "note a decision about a finding in a file, show those that are there, or undo one")
    decide.add_argument("file", metavar="FILE", type=Path, help="the file of decisions (TOML; JSON Lines where it ends in .jsonl)")
    decide.add_argument("decision", metavar="KIND SUBJECT KEY", nargs="*", help="the decision; none shows the file")
    decide.add_argument("--note", default="", help="why")
    decide.add_argument("--undo", metavar="ID", help="take a decision back")
    add(commands, "stages", run_stages, "what each stage reads and writes")
    add_desk_commands(commands)
    return parser


def add(commands: Any, name: str, command: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
    """A command."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
    parser.set_defaults(command=command)
    return parser


def inputs(parser: argparse.ArgumentParser) -> None:
    """The arguments that all commands over articles share."""
    parser.add_argument("inputs", metavar="INPUT", nargs="+",
                        help="text, HTML, JSON Lines or CSV file, folder of these, URL, or - for standard input")
    parser.add_argument("--tables", type=Path, metavar="FOLDER", help="keep all tables there as Parquet; unchanged stages are not rerun")
    parser.add_argument("--workers", type=int, default=0, metavar="N", help="processes (default: one; one a core for many articles)")
    parser.add_argument("--encoder", metavar="MODULE:NAME", help="another encoder than the shipped one")
    parser.add_argument("--judge", metavar="MODULE:NAME", help="another entailment judge than the shipped one")
    parser.add_argument("--rules-alone", action="store_true",
                        help="read who said what without the trained tagger: faster, less found (so are more than 600 articles)")
    parser.add_argument("--allow-private", action="store_true", help="fetch URLs that lead to private addresses too")
    parser.add_argument("--ignore-robots", action="store_true", help="fetch URLs that robots.txt forbids too")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress on standard error")


def version_or_help(chosen: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Without a command: the version, or the help."""
    if chosen.version:
        from importlib.metadata import version

        print(version("retold"))
        return DONE
    parser.print_help()
    return WRONG


def settings_of(chosen: argparse.Namespace) -> Settings:
    """The settings that the arguments ask for."""
    from retold.pipeline import Settings

    return Settings(workers=chosen.workers, tables=chosen.tables, progress=None if chosen.quiet else tell)


def tell(words: str) -> None:
    """Progress: one line that is written over on a terminal, nothing elsewhere."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words[:120]}", end="", file=sys.stderr, flush=True)


def models_of(chosen: argparse.Namespace) -> Models:
    """The models that the arguments ask for."""
    from retold.base.models import Models

    named = {name: getattr(chosen, name) for name in ("encoder", "judge") if getattr(chosen, name)}
    return Models(**named, **({"tagger": ""} if chosen.rules_alone else {}))


def collected(chosen: argparse.Namespace, **collecting: bool) -> tuple[Batch, Models, Settings]:
    """What the inputs hold, with the models and settings; `collecting` are further settings of collection."""
    from retold.pipeline import gather

    models, settings = models_of(chosen), settings_of(chosen)
    batch = gather(chosen.inputs, models=models, settings=settings, stdin=sys.stdin.buffer, allow_private=chosen.allow_private,
                   ignore_robots=chosen.ignore_robots, **collecting)
    return batch, models, settings


def finish(batch: Batch) -> int:
    """Say on standard error what failed; the exit status."""
    from retold.base.records import Failure

    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    failures = batch.get(Failure)
    for failure in failures:
        print(f"retold: {failure.message}", file=sys.stderr)
    return FAILED if failures else DONE


def run_trace(chosen: argparse.Namespace) -> int:
    """`retold trace`."""
    kind = chosen.format or (ENDINGS.get(chosen.output.suffix.lower()) if chosen.output else "terminal")
    if kind is None:
        return complain(f"expected -o FILE ending in {', '.join(ENDINGS)}, found {chosen.output}; or name a --format", WRONG)
    from retold.base.decisions import read_decisions
    from retold.pipeline import one_story, retrace, run
    from retold.view.formats import render, screen, see_writable, write_report
    from retold.view.report import build_report

    if chosen.output:
        see_writable(chosen.output)
    decisions = read_decisions(chosen.decisions) if chosen.decisions else ()
    batch, models, settings = collected(chosen)
    batch = run(one_story(batch) if chosen.one_story else batch, models=models, settings=settings)
    if decisions:
        batch = retrace(batch, decisions, models)
    settings.tell("view …")
    text = render(build_report(batch), kind, **({} if chosen.output else screen(sys.stdout)))
    status = finish(batch)
    if chosen.output:
        write_report(text, chosen.output)
        print(f"The report is in {chosen.output}", file=sys.stderr)
    else:
        sys.stdout.write(text)
    return status


def run_read(chosen: argparse.Namespace) -> int:
    """`retold read`."""
    from retold.pipeline import read
    from retold.view.reading import reading_rows

    batch, models, settings = collected(chosen)
    done = read(batch, models=models, settings=settings)
    write_lines(reading_rows(done))
    return finish(done)


def run_group(chosen: argparse.Namespace) -> int:
    """`retold group`."""
    from retold.pipeline import run
    from retold.view.reading import group_rows

    batch, models, settings = collected(chosen)
    done = run(batch, models=models, settings=settings, only=("divide", "group"))
    sys.stdout.write(json.dumps(group_rows(done), ensure_ascii=False) + "\n")
    return finish(done)


def run_reuse(chosen: argparse.Namespace) -> int:
    """`retold reuse`."""
    from retold.sharing import reuse

    batch, models, settings = collected(chosen, repetitions=False)  # reuse counts for itself what outlets print everywhere
    found = reuse(batch, models=models, settings=settings)
    write_lines(found.rows)
    if found.crowded:
        print(f"retold: {found.crowded} phrases stand in more than 100 articles each; those were joined to the first of them only",
              file=sys.stderr)
    return finish(batch)


def run_judge(chosen: argparse.Namespace) -> int:
    """`retold judge`."""
    from retold.pipeline import judge, judge_notice

    try:
        data = sys.stdin.buffer.read() if chosen.pairs == "-" else Path(chosen.pairs).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        return complain(f"{chosen.pairs}: expected a file of JSON Lines, found {error.strerror}", FAILED)
    except UnicodeDecodeError:
        return complain(f"{chosen.pairs}: expected JSON Lines in UTF-8, found other bytes; save the file in UTF-8", FAILED)
    rows, failures = [], 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.append((str(row["premise"]), str(row["hypothesis"])))
        except (ValueError, KeyError, TypeError) as error:
            failures += 1
            found = f"none of that name: {error}" if isinstance(error, KeyError) else "something else"
            print(f"retold: {chosen.pairs}:{number}: expected an object with premise and hypothesis, found {found}", file=sys.stderr)
    if rows and (notice := judge_notice()):
        print(f"retold: {notice}", file=sys.stderr)
    write_lines(judge(rows))
    return FAILED if failures else DONE


def run_decide(chosen: argparse.Namespace) -> int:
    """`retold decide`."""
    from datetime import UTC, datetime

    from retold.base.decisions import latest, make_decision, read_decisions, write_decisions

    known = read_decisions(chosen.file) if chosen.file.exists() else ()
    if chosen.undo:
        if all(d.id != chosen.undo for d in known):
            return complain(f"expected the id of a decision in {chosen.file}, found {chosen.undo}", FAILED)
        write_decisions(chosen.file, [d for d in known if d.id != chosen.undo])
    elif chosen.decision:
        if len(chosen.decision) != 3:
            return complain(f"expected KIND SUBJECT KEY, found {' '.join(chosen.decision)}; put a key with spaces into quotes", WRONG)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        write_decisions(chosen.file, latest([*known, make_decision(*chosen.decision, made=made, note=chosen.note)]))
    else:
        write_lines({"id": d.id, "kind": d.kind, "subject": d.subject, "key": d.key, "made": d.made, "note": d.note} for d in known)
    return DONE


def run_stages(chosen: argparse.Namespace) -> int:
    """`retold stages`."""
    from retold.pipeline import stages

    print("Each stage, what it works on at a time, the tables it reads and those it writes")
    for stage in stages():
        print(f"\n{stage.name} (by {stage.by})")
        for verb, kinds in (("reads", stage.reads), ("writes", stage.writes)):
            print(textwrap.fill(names(kinds), width=WIDTH, initial_indent=f"  {verb:8}", subsequent_indent=" " * 10))
    return DONE


def names(kinds: Iterable[Any]) -> str:
    """Table names in a row."""
    return " ".join(kind.table for kind in kinds)


def write_lines(rows: Iterable[Any]) -> None:
    """JSON Lines on standard output."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
