"""What goes together, and what places like one have, as text for a reader: the short answer first, cautions said plainly."""

from collections.abc import Iterator, Mapping, Sequence

from graph.analysis.chance import FALSE, FEWEST
from graph.analysis.coadoption import FEWEST_PEERS, CoAdoption, Lacks
from graph.analysis.communities import Communities
from graph.tables import counted, table

_STATES = {"lacking": "admitted as lacking", "planned": "planned", "silent": "not mentioned"}

Names = Mapping[str, str]  # what mechanisms are called, by IRI


def tell_coadoption(result: CoAdoption, names: Names, limit: int) -> str:
    """The groups of mechanisms that go together, what joins them, and the strongest pairs; at most `limit` of these."""
    found, groups = result.backbone, result.communities
    if found.too_few:
        return (
            f"There are {counted(found.places, 'place')}. With fewer than {FEWEST} nothing can be told from chance.\n"
        )
    head = (
        f"Over {counted(found.places, 'place')} {found.tested} pairs of mechanisms were tested against chance; {len(found.pairs)} "
        f"go together more often (false discovery rate {FALSE:.0%}).\nReporting together is no cause: a superior's template "
        "makes mechanisms appear side by side, too.\n"
    )
    if not found.pairs:
        return head
    lines = [
        f"\n{len(groups.groups)} groups (Louvain, consensus of {groups.runs} runs; single runs agree to {groups.stability:.2f}, "
        f"1 is the same each time; modularity {groups.modularity:.2f})",
        *(f"{number}. {'、'.join(names[each] for each in group)}" for number, group in enumerate(groups.groups, 1)),
        *_bridges(groups, names),
        "\nPairs",
        table(
            ["mechanism", "with", "places", "by chance", "score", "adjusted p"],
            [
                [names[p.one], names[p.other], str(p.together), f"{p.expected:.1f}", f"{p.score:.1f}", f"{p.p:.1e}"]
                for p in (found.pairs[:limit] if limit else found.pairs)
            ],
        ),
    ]
    left = len(found.pairs) - limit if limit else 0
    return head + "\n".join(lines) + "\n" + (f"… and {left} more: --limit 0 shows all\n" if left > 0 else "")


def _bridges(groups: Communities, names: Names) -> list[str]:
    if not groups.bridges:
        return ["\nNo line joins two of the groups."]
    rows = [[names[b.node], str(b.group + 1), f"{b.between:.2f}", str(b.groups)] for b in groups.bridges]
    return [
        "\nBridges: the share of the shortest ways between mechanisms of different groups that lead over it. Places that do "
        "what is on either side tend to do this, too; not that it brings anything about.",
        table(["mechanism", "group", "share", "other groups"], rows),
    ]


def tell_lacks(result: Lacks, names: Names, limit: int) -> str:
    """What places like one practise and it does not; at most `limit` of these, or all with 0."""
    place, shown = result.place, result.missing[:limit] if limit else result.missing
    if not result.reported:
        return f"{place.full_name}: no report of the government's own, on a year that is known; one of a department tells nothing of the rest.\n"
    if result.too_few:
        return (
            f"{place.full_name}: {counted(len(result.peers), 'place')} of its level with reports of like length and anything "
            f"in common. With fewer than {FEWEST_PEERS} nothing is told.\n"
        )
    near = sum(peer.near for peer in result.peers)
    alike = "、".join(peer.place.full_name for peer in result.peers[:5])
    head = (
        f"{place.full_name} practises {counted(result.practised, 'mechanism')}. The {len(result.peers)} places most like it "
        f"({place.level}, reports of like length, likest in what they practise; {near} of its province): {alike} …\n"
        f"What they practise and it does not say that it does, by how much more common it is with them than with all "
        f"{result.same_level} places of its level. Not mentioned is not lacking.\n"
    )
    rows = [
        [
            names[each.thing],
            _STATES[each.state],
            f"{each.practising} of {each.peers}",
            f"{each.others} of {each.base}",
            f"{each.lift:.2f}",
            "、".join(one.name for one in each.examples),
        ]
        for each in shown
    ]
    left = len(result.missing) - len(shown)
    more = f"… and {left} more: --limit 0 shows all\n" if left else ""
    return f"{head}\n{table(['mechanism', 'here', 'like it', 'its level', 'lift', 'for example'], rows)}\n{more}"


def rows_of_pairs(result: CoAdoption, names: Names) -> Iterator[Sequence[object]]:
    """As rows of CSV: a pair each, with the groups of both, counted from 1."""
    yield (
        "mechanism",
        "other",
        "group",
        "other_group",
        "together",
        "expected",
        "score",
        "adjusted_p",
        "tested",
        "places",
    )
    group = {each: number for number, some in enumerate(result.communities.groups, 1) for each in some}
    found = result.backbone
    for pair in found.pairs:
        both = names[pair.one], names[pair.other], group[pair.one], group[pair.other]
        yield *both, pair.together, pair.expected, pair.score, pair.p, found.tested, found.places


def rows_of_lacks(result: Lacks, names: Names) -> Iterator[Sequence[object]]:
    """As rows of CSV: a mechanism each."""
    yield "code", "place", "mechanism", "state", "practising", "peers", "others", "base", "lift", "examples"
    for each in result.missing:
        examples = " ".join(one.full_name for one in each.examples)
        counts = each.practising, each.peers, each.others, each.base, each.lift
        yield result.place.code, result.place.full_name, names[each.thing], each.state, *counts, examples
