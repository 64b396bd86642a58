"""Likenesses as text for a reader: the short answer first, then the list, what is unsure said plainly."""

from collections.abc import Iterable, Iterator, Sequence

from graph.analysis.chance import FALSE, FEWEST
from graph.analysis.similarity import Likeness, Similar
from graph.analysis.surprise import Surprise
from graph.naming import Place, abbreviate
from graph.tables import counted, shorten


def tell_similar(result: Similar) -> str:
    """The likenesses of a place, each with what is shared and a sentence of either side."""
    place = result.place
    head = f"Jurisdictions with weaknesses like those of {place.full_name} ({place.code})\n{result.caution}\n"
    if not result.likenesses:
        return f"{head}\nNone shares any of them.\n" if result.compared else head
    return f"{head}{_unusual(result)}\n" + "".join(
        f"\n{_likeness(number, each)}" for number, each in enumerate(result.likenesses, 1)
    )


def _unusual(result: Similar) -> str:
    """What can be said of chance, in a sentence."""
    surprises = [each.surprise for each in result.likenesses if each.surprise]
    if not surprises:
        return f"Compared with {counted(result.compared, 'other')}. With fewer than {FEWEST} places likeness cannot be told from chance."
    beyond = sum(each.fdr <= FALSE for each in surprises)
    told = f"{beyond} of the {len(surprises)} shown are" if beyond else "None is"
    return (
        f"Compared with {counted(result.compared, 'other')}; {told} more alike than chance explains (false discovery rate "
        f"of at most {FALSE:.0%}). p is for one place of its size; chance, how many of all others would be as alike."
    )


def tell_all_similar(pairs: Iterable[tuple[Place, Place, float]]) -> Iterator[str]:
    """Lines of CSV: both places by code and name, and how alike they are."""
    yield "code,place,other_code,other,likeness\n"
    for place, other, score in pairs:
        yield f"{place.code},{place.full_name},{other.code},{other.full_name},{score:.4f}\n"


def similar_rows(result: Similar) -> Iterator[Sequence[object]]:
    """What is shared with each place as rows of CSV, the first with names; of the sentences those worded most alike."""
    yield (
        ["code", "place", "other_code", "other", "likeness", "p", "expected", "fdr", "concept", "label", "bits"]
        + ["role", "other_role", "sentence", "other_sentence"]
    )
    for like in result.likenesses:
        surprise = like.surprise
        unusual = (surprise.p, surprise.expected, surprise.fdr) if surprise else ("",) * 3
        for shared in like.shared:
            yield [
                *(
                    result.place.code,
                    result.place.full_name,
                    like.place.code,
                    like.place.full_name,
                    like.score,
                    *unusual,
                ),
                *(abbreviate(shared.concept), shared.label, shared.weight, shared.my_role, shared.their_role),
                *(next((quote.text for quote in side), "") for side in (shared.mine, shared.theirs)),
            ]


def _likeness(number: int, found: Likeness) -> str:
    lines = [f"{number}. {found.place.full_name} ({found.place.code}): {found.score:.2f}{_chance(found.surprise)}"]
    for shared in found.shared:
        lines.append(f"   {shared.label} ({abbreviate(shared.concept)}): {shared.weight:.2f} bits")
        lines += [f"      {_side('here', shared.my_role)} {shorten(quote.text, 100)}" for quote in shared.mine[:1]]
        lines += [
            f"      {_side('there', shared.their_role)} {shorten(quote.text, 100)}" for quote in shared.theirs[:1]
        ]
    return "\n".join(lines) + "\n"


def _chance(surprise: Surprise | None) -> str:
    return f" (p {surprise.p:.2g}, by chance {surprise.expected:.2g}, FDR {surprise.fdr:.2g})" if surprise else ""


def _side(side: str, role: str) -> str:
    return f"{side}, as a cause:" if role == "cause" else f"{side}:".ljust(6)
