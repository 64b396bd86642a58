"""Groups of places that admit alike, as text for a reader and as rows."""

from collections.abc import Iterator, Sequence

from graph.analysis.groups import STABLE, Group, Groups
from graph.naming import abbreviate
from graph.tables import counted, shorten


def tell_groups(result: Groups, limit: int) -> str:
    """How many groups and how sure, then each: what tells it apart and who is in it; at most `limit`, or all with 0."""
    lines = [result.caution]
    if result.pairs:
        lines.append(
            f"{counted(len(result.groups), 'stable group')} in a network of {counted(result.joined, 'place')} and "
            f"{counted(result.pairs, 'pair')} beyond chance; {result.passing} more came and went (stability below {STABLE}). "
            f"The runs agree at {result.agreement:.2f} (adjusted Rand index, 1 is the same); modularity {result.modularity:.2f}."
        )
    shown = result.groups[:limit] if limit else result.groups
    lines += [_group(number, group, result.places) for number, group in enumerate(shown, 1)]
    if len(shown) < len(result.groups):
        lines.append(f"… and {len(result.groups) - len(shown)} more: --limit 0 shows all")
    return "\n".join(lines) + "\n"


def _group(number: int, group: Group, places: int) -> str:
    size = len(group.members)
    levels = ", ".join(f"{level} {n}" for level, n in group.levels.most_common())
    provinces = ", ".join(f"{province} {n}" for province, n in group.provinces.most_common(3))
    names = ", ".join(f"{member.place.full_name} ({member.share:.0%})" for member in group.members)
    lines = [f"\n{number}. {counted(size, 'place')}, stability {group.stability:.2f} ({levels}; {provinces})"]
    lines += [
        f"   {each.label} ({abbreviate(each.concept)}): {each.inside} of {size} here, {each.outside} of {places - size} elsewhere"
        for each in group.telling
    ]
    return "\n".join([*lines, f"   {shorten(names, 300)}"])


def groups_rows(result: Groups) -> Iterator[Sequence[object]]:
    """A row for each member, the first with names."""
    yield ["group", "code", "place", "level", "share", "stability", "size", "told apart by"]
    for number, group in enumerate(result.groups, 1):
        telling = "、".join(each.label for each in group.telling)
        for member in group.members:
            place = member.place
            yield [
                *(number, place.code, place.full_name, place.level, member.share),
                *(group.stability, len(group.members), telling),
            ]
