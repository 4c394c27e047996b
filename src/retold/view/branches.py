"""Who had it from whom, for a terminal: the graph as trees from its roots, and in words what the links rest on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from retold.view import wording
from retold.view.findings import Edge, Node, Story
from retold.view.lines import LABEL, inset, joined, plain, section
from retold.view.naming import source_name
from retold.view.reasons import in_short
from retold.view.visible import shorten

MAX_DEPTH = 8  # of the tree; deeper branches begin a tree of their own, for an indent of 40 columns leaves no room
MAX_LINKS = 8  # links of which it is told what they rest on
BELOW = "What stands below a line has something from it"
ONLY_QUOTED = "only quoted: known only from what the articles here quote"


def lineage(story: Story) -> Iterator[RenderableType]:
    """The links that count, as trees, and what those between texts rest on."""
    if not story.edges:
        return
    yield Group(section("Who had it from whom"), inset(tree(story)))
    meant = [BELOW, *(f"{kind}: {meaning}" for kind, meaning in wording.KINDS.items() if any(e.kind == kind for e in story.links))]
    meant += [ONLY_QUOTED] if any(wording.brief_whereabouts(n) == "only quoted" for n in story.nodes) else []
    yield inset(plain(f"{'; '.join(meant)}. The figure says how likely the link is.", "dim")) if story.links else Text()
    labels = {n.id: shorten(n.label, LABEL) for n in story.nodes}
    told = [(e, words) for e in story.links if e.kind != "quotes" and (words := in_short(e.evidence))]
    if told:
        yield Group(Text(), inset(plain("What speaks for these links, the weightiest first", "dim")))
    for e, words in told[:MAX_LINKS]:
        who = f"{labels.get(e.target, e.target)} {e.kind} {labels.get(e.source, source_name(e.source))}"
        yield inset(plain(f"– {who}: {words}", "dim"))
    if len(told) > MAX_LINKS:
        yield inset(plain(f"… and {wording.more('link', len(told) - MAX_LINKS)}", "dim"))


def tree(story: Story) -> RenderableType:
    """The graph from its roots; an article with several sources stands under each, and is unfolded once."""
    targets: dict[str, list[Edge]] = {}
    for edge in story.links:
        targets.setdefault(edge.source, []).append(edge)
    nodes = {n.id: n for n in story.nodes}
    inner = {e.target for e in story.links}
    roots = [n.id for n in story.nodes if n.id not in inner and n.id in targets]
    articles = [n.id for n in story.nodes if n.kind == "article"]  # those without a source, and circles that no root leads into
    seen: set[str] = set()
    waiting = deque([*roots, *articles])
    grown: list[RenderableType] = []
    while waiting:
        id_ = waiting.popleft()
        if id_ not in seen:
            grown.append(grow(id_, nodes, targets, seen, waiting))
    return Group(*grown)


def grow(root: str, nodes: dict[str, Node], targets: dict[str, list[Edge]], seen: set[str], further: deque[str]) -> Tree:
    """A node with everything that was had from it, without recursion.

    What lies deeper than `MAX_DEPTH` is put at the front of `further`, to be grown on its own.
    """
    top = Tree(node_text(nodes[root]), guide_style="dim")
    seen.add(root)
    todo = [(top, root, 1)]
    while todo:
        branch, id_, depth = todo.pop()
        for edge in targets.get(id_, []):
            again = edge.target in seen
            leads_on = edge.target in targets
            note = "" if not leads_on else " (see above)" if again else " (see below)" if depth == MAX_DEPTH else ""
            label = joined(plain(f"{edge.kind} {wording.sureness(edge)} ", "dim"), node_text(nodes[edge.target]), note)
            twig = branch.add(label)
            if again:
                continue
            if depth == MAX_DEPTH and leads_on:
                further.appendleft(edge.target)
            else:
                seen.add(edge.target)
                todo.append((twig, edge.target, depth + 1))
    return top


def node_text(node: Node) -> Text:
    """A node in words."""
    if node.kind == "article":
        return joined(plain(shorten(node.label, LABEL), "bold"), " · ".join(["", *filter(None, (node.language, node.day))]))
    where = wording.brief_whereabouts(node)
    return joined(plain(f"({shorten(node.label, LABEL)})", "bold"), f" {where}" if where else "")
