"""Likenesses as text for a reader: the short answer first, then the list, what is unsure said plainly."""

from collections.abc import Iterable, Iterator

from graph.analysis.similarity import Likeness, Similar
from graph.naming import Place, abbreviate
from graph.tables import shorten


def tell_similar(result: Similar) -> str:
    """The likenesses of a place, each with what is shared and a sentence of either side."""
    place = result.place
    head = f"Jurisdictions with weaknesses like those of {place.full_name} ({place.code})\n{result.caution}\n"
    if not result.likenesses:
        return f"{head}\nNone shares any of them.\n"
    return head + "".join(f"\n{_likeness(number, each)}" for number, each in enumerate(result.likenesses, 1))


def tell_all_similar(pairs: Iterable[tuple[Place, Place, float]]) -> Iterator[str]:
    """Lines of CSV: both places by code and name, and how alike they are."""
    yield "code,place,other_code,other,likeness\n"
    for place, other, score in pairs:
        yield f"{place.code},{place.full_name},{other.code},{other.full_name},{score:.4f}\n"


def _likeness(number: int, found: Likeness) -> str:
    lines = [f"{number}. {found.place.full_name} ({found.place.code}): {found.score:.2f}"]
    for shared in found.shared:
        lines.append(f"   {shared.label} ({abbreviate(shared.concept)}): {shared.weight:.2f} bits")
        lines += [f"      {_side('here', shared.my_role)} {shorten(quote.text, 100)}" for quote in shared.mine[:1]]
        lines += [
            f"      {_side('there', shared.their_role)} {shorten(quote.text, 100)}" for quote in shared.theirs[:1]
        ]
    return "\n".join(lines) + "\n"


def _side(side: str, role: str) -> str:
    return f"{side}, as a cause:" if role == "cause" else f"{side}:".ljust(6)
