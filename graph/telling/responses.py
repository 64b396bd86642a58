"""What others did about a weakness, as text for a reader and as rows."""

from collections.abc import Iterator, Sequence

from graph.analysis.responses import Answers, Response, Responses, Said
from graph.naming import abbreviate
from graph.tables import shorten


def tell_responses(result: Answers, limit: int) -> str:
    """Each weakness: how many admit it and admit it no longer, then what they planned and practise since."""
    lines = []
    if result.place:
        lines.append(
            f"What others did about the weaknesses that {result.place.full_name} ({result.place.code}) admits last"
        )
        if not result.weaknesses:
            lines.append("Its reports admit none of any category, so there is nothing to compare.")
    lines += [_weakness(each, limit) for each in result.weaknesses]
    return "\n".join(lines) + "\n"


def _weakness(found: Responses, limit: int) -> str:
    lines = [f"\n{found.label} ({abbreviate(found.weakness)})", found.caution]
    if found.followed:
        lines.append(f"{found.gone} of the {found.followed} admit it no longer ({found.gone / found.followed:.0%}).")
    shown = found.responses[:limit] if limit else found.responses
    for each in shown:
        lines.append(f"  {each.label} ({abbreviate(each.mechanism)}), {each.how}: {_counts(each, found)}")
        lines += [
            f"    {said.place.full_name} {said.quote.year}{_since(said)}: {shorten(said.quote.text, 90)}"
            for said in each.said
        ]
    if len(shown) < len(found.responses):
        lines.append(f"  … and {len(found.responses) - len(shown)} more: --limit 0 shows all")
    return "\n".join(lines)


def _counts(each: Response, found: Responses) -> str:
    parts = [f"planned by {each.planning} of {found.admitting}"] if each.how == "planned" else []
    if found.followed:
        parts.append(
            f"of {each.doing} followed {each.doing_gone} admit it no longer, of the {each.others} others {each.others_gone}"
        )
    if each.difference is not None and each.low is not None and each.high is not None:
        parts.append(
            f"difference {each.difference:+.2f} ({each.low:+.2f} to {each.high:+.2f}), p {each.p:.2g}, FDR {each.fdr:.2g}"
        )
    return "; ".join(parts)


def _since(said: Said) -> str:
    return "" if said.gone is None else " (later no longer admitted)" if said.gone else " (later admitted again)"


def responses_rows(result: Answers) -> Iterator[Sequence[object]]:
    """A row for each mechanism and way, the first with names."""
    yield (
        ["weakness", "label", "admitting", "followed", "gone", "mechanism", "mechanism_label", "how", "planning"]
        + ["doing", "doing_gone", "others", "others_gone", "difference", "low", "high", "p", "fdr"]
    )
    for found in result.weaknesses:
        for each in found.responses:
            figures = (each.difference, each.low, each.high, each.p, each.fdr)
            yield [
                *(abbreviate(found.weakness), found.label, found.admitting, found.followed, found.gone),
                *(abbreviate(each.mechanism), each.label, each.how, each.planning),
                *(each.doing, each.doing_gone, each.others, each.others_gone),
                *("" if figure is None else round(figure, 5) for figure in figures),
            ]
