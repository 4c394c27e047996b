"""The commands over a workspace. As in `cli`, nothing heavy is imported before a command runs."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retold.workspace import Added, Workspace
    from retold.workspace.claims import ClaimHit
    from retold.workspace.revisions import Revision

DONE, FAILED = 0, 1
DESK = "RETOLD_DESK"
SORTS = ("newest", "retold", "origins", "conflicts")
REPORTS = ("terminal", "json", "html", "markdown")


def add_desk_commands(commands: Any) -> None:
    """Add the commands over a workspace to the parser."""
    init = command(commands, "init", run_init, "make a workspace: a folder that holds a collection", desk=False)
    init.add_argument("path", metavar="PATH", type=Path, help="the folder; it is made if it is not there")
    taking = command(commands, "add", run_add, "add articles to the workspace; what is there already is not added again")
    taking.add_argument("inputs", metavar="INPUT", nargs="+", help="text, HTML, JSON Lines, CSV or Parquet file, feed, OPML list of feeds, "
                        "sitemap, web archive (WARC, WACZ), folder of these, URL, or - for standard input")
    taking.add_argument("--trace", action="store_true", help="trace the stories that gained an article now, not when they are shown")
    fetching(taking)
    watch = command(commands, "watch", run_watch, "look at the feeds and sitemaps that were added, again and again, and add what is new")
    watch.add_argument("--every", metavar="TIME", default="10m", help="between two looks at a feed: 30s, 10m (default), 2h")
    watch.add_argument("--once", action="store_true", help="look once and stop")
    fetching(watch)
    stories = command(commands, "stories", run_stories, "the stories of the workspace")
    narrowing(stories)
    stories.add_argument("--text", metavar="WORDS", help="only stories with these words in the title")
    stories.add_argument("--sort", choices=SORTS, default="newest", help="newest first (default), most retold, most origins or conflicts")
    stories.add_argument("--settle", action="store_true", help="first find all stories afresh, as if all articles had come at once")
    form(stories, ("terminal", "json"))
    search = command(commands, "search", run_search, "the articles, or claims, that fit a query best")
    search.add_argument("query", metavar="QUERY", help='words that must occur, in any order; "words in quotation marks" stand together')
    search.add_argument("--semantic", action="store_true", help="by meaning too, in any language")
    search.add_argument("--in", dest="kind", choices=("all", "title", "name", "claim"), default="all",
                        help="where the words stand (default: all); claim: the claims of the stories that were traced")
    narrowing(search)
    form(search, ("terminal", "json"))
    show = command(commands, "show", run_show, "the report on a story, or the versions of an article and what was changed between them")
    show.add_argument("id", metavar="ID", help="of a story or an article")
    form(show, REPORTS)
    export = command(commands, "export", run_export, "write the report on a story to a file")
    export.add_argument("id", metavar="STORY", help="the id of a story")
    export.add_argument("output", metavar="FILE", type=Path, help="ending in .html, .json, .md or .txt")
    forget = command(commands, "forget", run_forget, "take articles out of the workspace, with their versions and originals")
    forget.add_argument("ids", metavar="ARTICLE", nargs="+", help="the id of an article")
    form(command(commands, "check", run_check, "see that the workspace and all originals are sound"), ("terminal", "json"))
    backup = command(commands, "backup", run_backup, "a sound copy of the workspace, also while another process writes")
    backup.add_argument("file", metavar="FILE", type=Path, help="the copy; its originals lie in FILE.originals")
    serve = command(commands, "serve", run_serve, "open the workspace in the browser")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on; any but this machine's asks visitors for a token")
    serve.add_argument("--port", type=int, default=8765, help="the port (default: 8765)")
    serve.add_argument("--token", default="", help="what visitors must show (default beyond this machine: one is made and printed)")
    serve.add_argument("--name", action="append", default=[], metavar="HOST", help="a further name under which the desk is called")


def command(
    commands: Any, name: str, function: Callable[[argparse.Namespace], int], words: str, *, desk: bool = True,
) -> argparse.ArgumentParser:
    """A command."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
    parser.set_defaults(command=function)
    if desk:
        parser.add_argument("--desk", metavar="PATH", type=Path, help=f"the workspace (default: ${DESK}, else the current folder)")
    return parser


def form(parser: argparse.ArgumentParser, formats: Iterable[str]) -> None:
    """The argument for the format of what is printed."""
    parser.add_argument("--format", choices=tuple(formats), default="terminal", help="of the result (default: terminal)")


def fetching(parser: argparse.ArgumentParser) -> None:
    """The arguments of commands that fetch pages."""
    parser.add_argument("--allow-private", action="store_true", help="fetch URLs that lead to private addresses too")
    parser.add_argument("--ignore-robots", action="store_true", help="fetch URLs that robots.txt forbids too")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress on standard error")


def narrowing(parser: argparse.ArgumentParser) -> None:
    """The arguments that narrow a list."""
    parser.add_argument("--since", metavar="WHEN", help="told since then: 2d, 12h, or a day such as 2026-03-01")
    parser.add_argument("--until", metavar="WHEN", help="told until then")
    parser.add_argument("--language", metavar="CODE", help="in this language: en, de, fr …")
    parser.add_argument("--outlet", metavar="NAME", help="by this outlet")
    parser.add_argument("--limit", metavar="N", type=int, default=50, help="at most so many (default: 50)")


def opened(chosen: argparse.Namespace, *, write: bool = False) -> Workspace:
    """The workspace that is meant."""
    from retold.workspace import Workspace

    return Workspace.open(chosen.desk or os.environ.get(DESK) or Path(), write=write)


def opened_to_keep(chosen: argparse.Namespace) -> Workspace:
    """The workspace that is meant, so that what is traced is kept; for reading where it may not be written to."""
    from retold.base.errors import StoreError

    try:
        return opened(chosen, write=True)
    except StoreError:
        return opened(chosen)


def tell(words: str) -> None:
    """Progress: one line that is written over on a terminal, nothing elsewhere."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words[:120]}", end="", file=sys.stderr, flush=True)


def say(words: str) -> None:
    """A message on standard error, on a line of its own."""
    print(f"{chr(13)}\x1b[K{words}" if sys.stderr.isatty() else words, file=sys.stderr)


def run_init(chosen: argparse.Namespace) -> int:
    """`retold init`."""
    from retold.workspace import Workspace

    Workspace.init(chosen.path).close()
    say(f"The workspace is {chosen.path}. Add articles: retold add --desk {chosen.path} INPUT…")
    return DONE


def run_add(chosen: argparse.Namespace) -> int:
    """`retold add`."""
    from retold.workspace import FetchSettings

    fetch = FetchSettings(allow_private=chosen.allow_private, ignore_robots=chosen.ignore_robots)
    with opened(chosen, write=True) as desk:
        added = desk.add(chosen.inputs, progress=None if chosen.quiet else tell, fetch=fetch)
        if chosen.trace:
            trace_stories(desk, added.stories, quiet=chosen.quiet)
    return finish(added)


def run_watch(chosen: argparse.Namespace) -> int:
    """`retold watch`: until it is stopped with Ctrl-C or asked to end."""
    import signal
    import time

    from retold.base.errors import BusyError
    from retold.workspace import FetchSettings
    from retold.workspace.times import seconds

    every = seconds(chosen.every, where="--every")
    fetch = FetchSettings(allow_private=chosen.allow_private, ignore_robots=chosen.ignore_robots)
    quiet = (lambda words: None) if chosen.quiet else tell
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with opened(chosen, write=True) as desk:
        watcher = desk.watcher(every=every, progress=quiet, fetch=fetch)
        if not desk.feeds():
            say("There is nothing to watch yet. Add a feed first: retold add https://…/feed.xml")
        try:
            while True:
                try:
                    added = desk.look(watcher)
                except BusyError as error:  # somebody adds by hand: their turn
                    say(f"retold: {error.message}")
                    time.sleep(min(every, 60.0))
                    continue
                trace_stories(desk, added.stories, quiet=chosen.quiet)
                if chosen.once:
                    return finish(added)
                if added.articles or added.versions or added.failures:
                    finish(added)
                quiet("waiting")
                time.sleep(min(every, 60.0))
        except KeyboardInterrupt:
            say("stopped; everything that was added is kept")
            return DONE


def trace_stories(desk: Workspace, stories: Iterable[str], *, quiet: bool) -> None:
    """Trace stories that changed."""
    waiting = sorted(stories)
    for number, story in enumerate(waiting, 1):
        if not quiet:
            tell(f"tracing story {number} of {len(waiting)}")
        desk.batch(story)


def finish(added: Added) -> int:
    """Say what came of adding; the exit status."""
    for failure in added.failed:
        say(f"retold: {failure.message}")
    if added.failures > len(added.failed):
        say(f"retold: … and {added.failures - len(added.failed)} more failures")
    say(f"{added.articles} new, {added.versions} changed, {added.unchanged} unchanged, {added.failures} failed")
    return FAILED if added.failures else DONE


def run_stories(chosen: argparse.Namespace) -> int:
    """`retold stories`."""
    from retold.desklists import story_lines

    since, until = period(chosen)
    if chosen.settle:
        settle_stories(chosen)
    if chosen.sort in ("origins", "conflicts"):
        trace_waiting(chosen)
    with opened(chosen) as desk:
        found = desk.stories(since=since, until=until, language=chosen.language, outlet=chosen.outlet, text=chosen.text, sort=chosen.sort,
                             limit=chosen.limit)
    if chosen.format == "json":
        dump({"stories": [asdict(story) for story in found]})
    else:
        for story in found:
            print(story_lines(story))
        if not found:
            say("no story fits; a new workspace is filled with: retold add INPUT…")
    return DONE


def settle_stories(chosen: argparse.Namespace) -> None:
    """Settle all stories and say what came of it."""
    from retold.view.wording import count

    with opened(chosen, write=True) as desk:
        done = desk.settle(progress=tell)
    say(f"{done.moved} of {count('article', done.articles)} moved; {len(done.merged)} merged, {len(done.split)} split")
    for old, new in sorted(done.merged.items()):
        say(f"  {old} is now part of {new}")
    for old, parts in sorted(done.split.items()):
        say(f"  {old} was split: {', '.join(parts)}")


def trace_waiting(chosen: argparse.Namespace) -> None:
    """Trace the stories whose origins are not known yet, where the workspace may be written to."""
    from retold.base.errors import StoreError

    try:
        with opened(chosen, write=True) as desk:
            waiting = desk.untraced()
            trace_stories(desk, waiting, quiet=False)
            left = len(desk.untraced(1))
    except StoreError:  # somebody else's workspace: what is known is shown
        return
    if left:
        say("there are more stories to trace: those are sorted last")


def period(chosen: argparse.Namespace) -> tuple[str | None, str | None]:
    """The moments that --since and --until mean."""
    from retold.workspace.times import moment

    since, until = (moment(when, where=f"--{name}") if when else None for name, when in (("since", chosen.since), ("until", chosen.until)))
    return since, until


def run_search(chosen: argparse.Namespace) -> int:
    """`retold search`."""
    from retold.desklists import hit_lines

    since, until = period(chosen)
    with opened(chosen) as desk:
        asked: dict[str, Any] = {"semantic": chosen.semantic, "language": chosen.language, "outlet": chosen.outlet, "since": since,
                                 "until": until, "limit": chosen.limit}
        if chosen.kind == "claim":
            return show_claims(desk.claims(chosen.query, **asked), chosen, untraced=len(desk.untraced(1)))
        found = desk.search(chosen.query, kind=chosen.kind, **asked)
    if chosen.format == "json":
        dump({"hits": [asdict(hit) for hit in found]})
        return DONE
    for hit in found:
        print(hit_lines(hit))
    if not found:
        say("nothing fits" if chosen.query.strip() else "expected words to search for, found none")
    return DONE


def show_claims(found: list[ClaimHit], chosen: argparse.Namespace, *, untraced: int) -> int:
    """Claims with who says them, what they go back to, and their story."""
    from retold.desklists import claim_lines

    if chosen.format == "json":
        dump({"claims": [asdict(hit) for hit in found]})
        return DONE
    for hit in found:
        print(claim_lines(hit))
    if not found:
        say("nothing fits")
    if untraced:
        say("some stories are not traced yet, and their claims not found: retold stories --sort origins traces them")
    return DONE


def run_show(chosen: argparse.Namespace) -> int:
    """`retold show`."""
    from retold.base.errors import NotFoundError
    from retold.view.formats import render, screen

    with opened_to_keep(chosen) as desk:
        try:
            report = desk.report(chosen.id)
        except NotFoundError:
            return show_article(desk, chosen)
        sys.stdout.write(render(report, chosen.format, **screen(sys.stdout)))
    return DONE


def show_article(desk: Workspace, chosen: argparse.Namespace) -> int:
    """The versions of an article."""
    from retold.view.visible import visible

    rows = [{"number": v.number, "captured": v.captured, "seen": v.seen, "sha256": v.sha256, "published": v.article.published,
             "title": v.article.title, "url": v.article.url, "outlet": v.article.outlet, "text": v.article.text}
            for v in desk.versions(chosen.id)]
    revisions = desk.revisions(chosen.id)
    if chosen.format == "json":
        dump({"id": chosen.id, "versions": rows, "revisions": [asdict(revision) for revision in revisions]})
        return DONE
    last = rows[-1]
    print(visible(f"{last['title']}\n{last['outlet'] or ''}  {last['published'] or ''}  {last['url'] or ''}\n\n{last['text']}\n"))
    for row in rows:
        print(f"version {row['number']}, captured {row['captured']}, last seen {row['seen']}")
        for revision in revisions:
            if revision.number == row["number"]:
                for line in revision_lines(revision):
                    print(visible(line, lines=False))
    return DONE


def revision_lines(revision: Revision) -> Iterator[str]:
    """What was changed, in lines."""
    yield "  changed in silence" if revision.silent else "  changed with a notice"
    if revision.title:
        yield f"  title: {revision.title[0]} -> {revision.title[1]}"
    for change in revision.changes:
        yield from (f"  {sign} {words}" for sign, words in (("-", change.old), ("+", change.new)) if words)


def run_export(chosen: argparse.Namespace) -> int:
    """`retold export`."""
    with opened_to_keep(chosen) as desk:
        desk.export(chosen.id, chosen.output)
    say(f"The report is in {chosen.output}")
    return DONE


def run_forget(chosen: argparse.Namespace) -> int:
    """`retold forget`."""
    from retold.view.wording import count

    with opened(chosen, write=True) as desk:
        desk.forget(chosen.ids)
    gone = len(set(chosen.ids))
    say(f"{count('article', gone)} {'was' if gone == 1 else 'were'} taken out")
    return DONE


def run_check(chosen: argparse.Namespace) -> int:
    """`retold check`."""
    from retold.view.wording import count

    with opened(chosen, write=False) as desk:
        health = desk.check()
    if chosen.format == "json":
        dump(asdict(health))
    else:
        held = f"{count('article', health.articles)} in {count('version', health.versions)}, {count('story', health.stories)}"
        print(f"{held}: {'sound' if not health.faults else count('fault', len(health.faults))}")
        for fault in health.faults:
            print(f"  {fault}")
        if health.leftovers:
            print(f"  {count('file', len(health.leftovers))} of the originals without a version; that does no harm")
    return FAILED if health.faults else DONE


def run_backup(chosen: argparse.Namespace) -> int:
    """`retold backup`."""
    with opened(chosen) as desk:
        desk.backup(chosen.file)
    say(f"The copy is {chosen.file}, its originals {chosen.file}.originals")
    return DONE


def dump(value: Any) -> None:
    """A value as JSON on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def run_serve(chosen: argparse.Namespace) -> int:
    """`retold serve`."""
    from retold.web.serve import serve

    serve(Path(chosen.desk or os.environ.get(DESK) or Path()), host=chosen.host, port=chosen.port, token=chosen.token, names=chosen.name)
    return DONE
