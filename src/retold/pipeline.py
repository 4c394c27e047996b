"""Read this first: the stages of Retold in order, and how they are run.

    collect -> divide -> embed -> group -> identify -> rejoin -> link -> elsewhere -> relate -> trace -> view

A stage is a pure function over batches of records (`retold.base.models.Stage`). Between stages everything lies in Arrow tables;
with a tables folder they are written as Parquet, one file a table, and a stage whose inputs, code and models have not
changed is not run again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache, partial
from hashlib import blake2b
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from retold.base.collecting import seldom_collecting
from retold.base.engines import Engine
from retold.base.engines.local import LocalEngine
from retold.base.errors import PipelineError, RetoldError, SettingsError
from retold.base.models import AUTO, Models, Stage
from retold.base.records import RECORDS, Article, Decision, Failure, Language, Membership, Metadata, Passage, Record, make_id
from retold.base.tables import Batch, from_table, schema_of
from retold.plugins import chosen_models, further_stages

if TYPE_CHECKING:
    from retold.view.report import Report

STAGE_PATHS = {
    "divide": "retold.divide.stage:STAGE",
    "embed": "retold.embed.vectors:STAGE",
    "group": "retold.group.stories:STAGE",
    "identify": "retold.identify.stage:STAGE",
    "rejoin": "retold.link.rejoin:STAGE",
    "link": "retold.link.stage:STAGE",
    "elsewhere": "retold.link.elsewhere:STAGE",
    "relate": "retold.relate.stage:STAGE",
    "trace": "retold.trace.stage:STAGE",
}
WIRE = pa.schema([("key", pa.string()), ("table", pa.string()), ("rows", pa.binary())])
KINDS: dict[str, type[Record]] = {kind.table: kind for kind in RECORDS}
TOLD = "told to be one story"
POOL_FROM = 200  # articles from which a pool of processes is worth its start (0.6 s a worker)
TAGGED_UP_TO = 600  # articles that are read by the tagger as long as nobody says otherwise
TAGGER = "retold.embed.tagger:SpeechTagger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a run is carried out; none of it changes what is found.

    Args:
        workers: processes; 0 means one below `POOL_FROM` articles, else one a core.
        tables: a folder for the tables of all stages, to be opened by other tools and reused by the next run.
        progress: is told in words what is going on.
    """

    workers: int = 0
    tables: Path | None = None
    progress: Callable[[str], None] | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be meant, before work starts."""
        if self.workers < 0:
            raise SettingsError(expected="0 or more", found=str(self.workers), where="workers", advice="leave it out")
        if self.tables:
            try:
                self.tables.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise SettingsError(expected="a folder that can be made", found=error.strerror or type(error).__name__,
                                    where=str(self.tables), advice="choose another one") from error

    def tell(self, words: str) -> None:
        """Pass words on to whoever listens."""
        if self.progress:
            self.progress(words)


@cache
def stages() -> tuple[Stage, ...]:
    """The stages in order, shipped ones first, checked.

    Raises:
        PipelineError: a stage reads what no stage before it writes.
    """
    shipped = tuple(stage_at(path) for path in STAGE_PATHS.values())
    found = shipped + further_stages()
    check(found)
    return found


def stage_at(path: str) -> Stage:
    """The stage at an import path."""
    module, _, name = path.partition(":")
    stage: Stage = getattr(import_module(module), name)
    return stage


def check(found: Iterable[Stage]) -> None:
    """See that every stage reads only what was collected or written before it.

    Raises:
        PipelineError: it does not.
    """
    known: set[type[Record]] = {Article, Metadata}
    for stage in found:
        missing = [kind.table for kind in stage.reads if kind not in known]
        if missing:
            raise PipelineError(expected=f"a stage before it that writes {', '.join(missing)}", found="none",
                                where=f"stage {stage.name}", advice="change the order of the stages")
        known.update(stage.writes)


def run(
    collected: Batch, *, models: Models | None = None, settings: Settings | None = None, until: str = "", only: Sequence[str] = (),
) -> Batch:
    """Run the stages over what was collected, up to and including `until` (or the stages in `only`), and return all records.

    Where what was collected tells which articles belong together (`one_story`), no stage of a whole run groups them. Up to
    `TAGGED_UP_TO` articles are read by the tagger, too, unless `models` say otherwise.

    Raises:
        PipelineError: there is no stage of that name, or the stages do not fit together.
    """
    settings = settings or Settings()
    models = with_tagger(chosen_models(models or Models()), len(collected.get(Article)))
    grouped = bool(collected.get(Membership)) and not only
    wanted = [stage for stage in chosen_stages(until, only) if not (grouped and Membership in stage.writes)]
    engine = LocalEngine(workers=pool_size(settings, models, len(collected.get(Article))))
    tables = {name: canonical(KINDS[name], table) for name, table in collected.tables().items()}
    with seldom_collecting():
        for stage in wanted:
            settings.tell(f"{stage.name} …")
            if stage.name == "identify":  # grouping was fitted without days that are read off texts, and loses by them
                tables.update(headed(tables))
            run_stage(stage, tables, engine=engine, models=models, folder=settings.tables)
    if settings.tables:
        store(tables, settings.tables)
    return Batch(record for name, table in tables.items() for record in from_table(KINDS[name], table))


def with_tagger(models: Models, articles: int) -> Models:
    """The models, with the tagger of speech where nobody chose and there are few articles: it takes half a second each."""
    return replace(models, tagger=TAGGER if articles <= TAGGED_UP_TO else "") if models.tagger == AUTO else models


def one_story(collected: Batch) -> Batch:
    """What was collected, all articles of it put into one story."""
    from retold.group.stories import memberships

    articles = sorted(article.id for article in collected.get(Article))
    told = memberships(dict.fromkeys(articles, make_id("s", *articles[:1])), dict.fromkeys(articles, 1.0), TOLD)
    return Batch([*(record for kind in collected.kinds() for record in collected.get(kind)), *told])


def headed(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Articles and metadata with the titles, outlets and dates that the divided texts give where none came with them."""
    from retold.divide.heads import lacks, with_heads

    if "passages" not in tables or not any(map(lacks, records(Article, tables))):
        return {}
    told = with_heads(Batch(r for kind in (Article, Metadata, Language, Passage) for r in records(kind, tables)))
    return {name: canonical(KINDS[name], table) for name, table in told.tables().items()}


def chosen_stages(until: str, only: Sequence[str]) -> tuple[Stage, ...]:
    """The stages that were asked for; all of them without a wish.

    Raises:
        PipelineError: there is no stage of that name.
    """
    if only and STAGE_PATHS.keys() >= set(only):  # the others need not be loaded: that takes a third of a second
        return tuple(stage_at(path) for name, path in STAGE_PATHS.items() if name in only)
    known = [stage.name for stage in stages()]
    for name in (*only, *([until] if until else [])):
        if name not in known:
            raise PipelineError(expected="one of " + ", ".join(known), found=name, where="the stages to run")
    last = known.index(until) if until else len(known) - 1
    return tuple(s for i, s in enumerate(stages()) if (s.name in only if only else i <= last))


def pool_size(settings: Settings, models: Models, articles: int) -> int:
    """How many processes: one where there is little to do, or where a model is an object that cannot be sent."""
    import os

    if any(not isinstance(getattr(models, f.name), str) for f in fields(models)):
        return 1
    return settings.workers or (1 if articles < POOL_FROM else os.cpu_count() or 1)


def run_stage(stage: Stage, tables: dict[str, pa.Table], *, engine: Engine, models: Models, folder: Path | None) -> None:
    """Run one stage and put what it writes into `tables`; take it from the folder when nothing has changed."""
    mark = fingerprint(stage, tables, models) if folder else ""
    written = recall(stage, folder, mark) if folder else None
    if written is None:
        written = unpack(apply(stage, tables, engine, models), stage)
        if folder:
            remember(stage, folder, mark, written)
    replaced = {kind.table for kind in stage.replaces}
    for name, table in written.items():
        old = None if name in replaced else tables.get(name)
        tables[name] = table if old is None else canonical(KINDS[name], pa.concat_tables([old, table]))


def apply(stage: Stage, tables: dict[str, pa.Table], engine: Engine, models: Models) -> pa.Table:
    """A stage over the tables it reads, through the verb of the engine that its batches ask for."""
    source = pack(stage, tables)
    function = partial(run_packed, stage, models)
    if stage.by == "article":
        return engine.map_batches(source, function, WIRE)
    return engine.group_map(source, "key", function, WIRE)


def pack(stage: Stage, tables: dict[str, pa.Table]) -> pa.Table:
    """What a stage reads, one row a key and table, as Arrow streams."""
    homes = {m.article: m.story for m in records(Membership, tables)} if stage.by == "story" else {}
    keys: dict[str, dict[str, list[int]]] = {}
    for kind in stage.reads:
        table = tables.get(kind.table)
        if table is None:
            continue
        for i, value in enumerate(table[kind.by].to_pylist()):
            key = "" if stage.by == "collection" else homes.get(value, value) if stage.by == "story" else value
            keys.setdefault(key, {}).setdefault(kind.table, []).append(i)
    return wire(keys, tables, whole=stage.by == "article")


def wire(keys: dict[str, dict[str, list[int]]], tables: dict[str, pa.Table], *, whole: bool) -> pa.Table:
    """Rows by key and table in the form that travels: `whole` puts all tables of a key into one row."""
    rows = []
    for key in sorted(keys):
        streams = {name: to_stream(tables[name].take(index)) for name, index in keys[key].items()}
        if whole:
            rows.append({"key": key, "table": "*", "rows": join(streams)})
        else:
            rows.extend({"key": key, "table": name, "rows": data} for name, data in streams.items())
    return pa.Table.from_pylist(rows, schema=WIRE)


def join(streams: dict[str, bytes]) -> bytes:
    """Several named byte strings as one."""
    table = pa.table({"table": list(streams), "rows": list(streams.values())}, schema=WIRE.remove(0))
    return to_stream(table)


def run_packed(stage: Stage, models: Models, source: pa.Table) -> pa.Table:
    """A stage over rows as they travel. An article or story on which it breaks becomes a failure; the rest goes on."""
    with seldom_collecting():  # in a process of a pool nobody asked for it yet
        return packed(stage, models, source)


def packed(stage: Stage, models: Models, source: pa.Table) -> pa.Table:
    """The same, collecting garbage as it comes."""
    batches = list(unwire(source, merge=stage.by != "article"))
    merged = Batch(record for _, batch in batches for kind in batch.kinds() for record in batch.get(kind))
    try:
        done = stage.run(merged, models)
    except Exception:  # one bad article must not take its neighbours with it: find out which it is
        done = Batch(record for key, batch in batches for record in run_alone(stage, models, key, batch))
    rows = [{"key": "", "table": name, "rows": to_stream(table)} for name, table in done.tables().items()]
    return pa.Table.from_pylist(rows, schema=WIRE)


def run_alone(stage: Stage, models: Models, key: str, batch: Batch) -> list[Record]:
    """A stage over the records of one key; a failure where it breaks."""
    try:
        done = stage.run(batch, models)
        return [record for kind in done.kinds() for record in done.get(kind)]
    except (RetoldError, MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:
        place = key or "the collection"
        message = f"{place}: expected the stage {stage.name} to finish, found {type(error).__name__}: {error}; please report it"
        return [Failure(id=make_id("f", stage.name, key), place=place, stage=stage.name, error=type(error).__name__, message=message)]


def unwire(source: pa.Table, *, merge: bool) -> Iterable[tuple[str, Batch]]:
    """The batches in rows as they travel: one a row, or one of them all."""
    merged = Batch()
    key = ""
    for row in source.to_pylist():
        key = row["key"]
        if merge:
            merged.add(from_table(KINDS[row["table"]], from_stream(row["rows"])))
            continue
        batch = Batch()
        for inner in from_stream(row["rows"]).to_pylist():
            batch.add(from_table(KINDS[inner["table"]], from_stream(inner["rows"])))
        yield key, batch
    if merge:
        yield key, merged


def unpack(travelled: pa.Table, stage: Stage) -> dict[str, pa.Table]:
    """What a stage wrote, by table, in the canonical order."""
    written: tuple[type[Record], ...] = (*stage.writes, Failure)
    parts: dict[str, list[pa.Table]] = {kind.table: [] for kind in written}
    for row in travelled.to_pylist():
        if row["table"] not in parts:
            raise PipelineError(expected="only tables it declares", found=row["table"], where=f"stage {stage.name}")
        parts[row["table"]].append(from_stream(row["rows"]))
    return {name: canonical(KINDS[name], pa.concat_tables(found)) if found else schema_of(KINDS[name]).empty_table()
            for name, found in parts.items()}


def canonical(kind: Any, table: pa.Table) -> pa.Table:
    """The rows in the one order that does not depend on how they were made: by story, article, place in the text, id."""
    keys = [name for name in ("story", "article", "group", "side", "start", "end", "id") if name in table.schema.names]
    return table.sort_by([(name, "ascending") for name in keys]) if kind is not Article else table.sort_by("id")


def to_stream(table: pa.Table) -> bytes:
    """A table as an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def from_stream(data: bytes) -> pa.Table:
    """A table from an Arrow stream."""
    return pa.ipc.open_stream(data).read_all()


def records(kind: type[Any], tables: dict[str, pa.Table]) -> list[Any]:
    """The records of a kind, none where there is no table."""
    return from_table(kind, tables[kind.table]) if kind.table in tables else []


def fingerprint(stage: Stage, tables: dict[str, pa.Table], models: Models) -> str:
    """What the result of a stage depends on: its inputs, its version, Retold's own and the models."""
    digest = blake2b(digest_size=16)
    digest.update(f"{stage.name} {stage.version} {retold_version()} {source_mark()}".encode())
    for name in stage.models:
        digest.update(models.label(name).encode())
    for kind in (*stage.reads, *((Membership,) if stage.by == "story" else ())):
        digest.update(kind.table.encode())
        if kind.table in tables:
            digest.update(to_stream(tables[kind.table].combine_chunks()))
    return digest.hexdigest()


@cache
def source_mark() -> str:
    """A hash of Retold's own code and lexicons: a stage is run again when they change."""
    digest = blake2b(digest_size=8)
    root = Path(__file__).parent
    for path in sorted(p for suffix in ("py", "toml", "csv", "npz") for p in root.rglob(f"*.{suffix}")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def retold_version() -> str:
    """The version that is installed."""
    try:
        return version("retold")
    except PackageNotFoundError:
        return "0"


def recall(stage: Stage, folder: Path, mark: str) -> dict[str, pa.Table] | None:
    """What the stage wrote last time, if it was the same work; else None."""
    note = folder / "stages" / f"{stage.name}.json"
    try:
        if json.loads(note.read_text("utf-8"))["fingerprint"] != mark:
            return None
        kinds: tuple[type[Record], ...] = (*stage.writes, Failure)
        place = folder / "stages" / stage.name
        return {kind.table: pq.read_table(place / f"{kind.table}.parquet", schema=schema_of(kind)) for kind in kinds}
    except (OSError, ValueError, KeyError, pa.ArrowException):
        return None


def remember(stage: Stage, folder: Path, mark: str, written: dict[str, pa.Table]) -> None:
    """Write what the stage wrote; the note goes last, so that work broken off is done again."""
    place = folder / "stages" / stage.name
    place.mkdir(parents=True, exist_ok=True)
    for name, table in written.items():
        pq.write_table(table, place / f"{name}.parquet")
    (folder / "stages" / f"{stage.name}.json").write_text(json.dumps({"fingerprint": mark}), "utf-8")


def store(tables: dict[str, pa.Table], folder: Path) -> None:
    """Write every table as one Parquet file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")


def retrace(batch: Batch, decisions: Sequence[Decision], models: Models | None = None) -> Batch:
    """The records of a full run as they are with what people decided; only the stories that they are about are traced again.

    `batch` is what `run` returned, without decisions of an earlier time: fewer decisions undo what more did.
    """
    from retold.trace.replay import replay

    return replay(batch, decisions)


def read(collected: Batch, *, models: Models | None = None, settings: Settings | None = None) -> Batch:
    """What every article says, each read alone; forms of one name are joined within the article."""
    from retold.link.names import link_names

    done = run(collected, models=models, settings=settings, only=("divide", "identify"))
    for alone in by_article(done):
        done.add(link_names("", alone))
    return done


def by_article(batch: Batch) -> Iterator[Batch]:
    """The records of a batch, article by article."""
    parts: dict[str, list[Record]] = {}
    for kind in batch.kinds():
        if kind.by in ("id", "article"):
            for record in batch.get(kind):
                parts.setdefault(getattr(record, kind.by), []).append(record)
    yield from (Batch(parts[key]) for key in sorted(parts))


def judge(pairs: Sequence[tuple[str, str]], *, models: Models | None = None) -> Iterator[dict[str, Any]]:
    """For every (premise, hypothesis) the three probabilities, and what kinds of thing changed."""
    from retold.relate.entailment import changed_kinds

    chosen = chosen_models(models or Models())
    found = chosen.get("judge").judge(pairs) if pairs else []
    for (premise, hypothesis), row in zip(pairs, found, strict=True):
        entailment, neutral, contradiction = (round(float(p), 6) for p in row)
        yield {"entailment": entailment, "neutral": neutral, "contradiction": contradiction, "changed": changed_kinds(premise, hypothesis)}


def judge_notice(models: Models | None = None) -> str:
    """What whoever uses the judge should know of it: that it is the lesser one, or nothing."""
    return str(getattr(chosen_models(models or Models()).get("judge"), "notice", ""))


def trace(
    inputs: Sequence[Any] | Any, *, models: Models | None = None, settings: Settings | None = None, decisions: Sequence[Decision] = (),
    together: bool = False, stdin: Any = None, **collecting: Any,
) -> Report:
    """Trace articles to their origins.

    Args:
        inputs: paths, URLs, folders, or dicts with at least `text` (one or many, in any mix).
        models: the encoder, judge, identifier and extractor, where not the shipped ones.
        settings: how the run is carried out.
        decisions: what people decided, followed in the report.
        together: all inputs tell one story, and are not grouped.
        stdin: a binary stream, read for the input "-".
        collecting: settings of `retold.collect.inputs.CollectSettings`, such as `allow_private=True`.

    Returns:
        The report; what could not be used is in `report.failures`.
    """
    from retold.view.report import build_report

    settings = settings or Settings()
    collected = gather(inputs, models=models or Models(), settings=settings, stdin=stdin, **collecting)
    done = run(one_story(collected) if together else collected, models=models, settings=settings)
    return build_report(retrace(done, decisions, models) if decisions else done)


def gather(inputs: Sequence[Any] | Any, *, models: Models, settings: Settings, stdin: Any = None, **collecting: Any) -> Batch:
    """What the inputs hold, as records."""
    from retold.collect.inputs import CollectSettings, collect

    given = [inputs] if isinstance(inputs, str | Path | dict) else list(inputs)
    rows = [i for i in given if isinstance(i, dict)]
    places = [str(i) for i in given if not isinstance(i, dict)]
    chosen = replace(CollectSettings(), **collecting)
    return collect(places, rows=rows, models=models, settings=chosen, stdin=stdin, progress=settings.progress)
