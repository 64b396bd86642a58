"""The command that tells whose words a report has."""

from functools import partial

import click

from graph.commands.options import graph_option, limit_option, outputs
from graph.console import Form, example


@click.command()
@example(
    "zhili passages --csv > shares.csv   # whose words each report has",
    "zhili passages 永嘉县三江街道",
    "zhili passages --trace 解纷小院",
)
@graph_option
@limit_option
@click.option("--trace", metavar="WORDS", help="Who had these words first, and how their sentence travelled.")
@outputs
@click.argument("place", metavar="PLACE|REPORT", required=False)
def passages(graph: str, limit: int, trace: str | None, form: Form, place: str | None) -> None:
    """Show whose words a report has.

    PLACE is a name or a division code, REPORT an IRI: what is shared with whom, the most telling passages first, both
    sides quoted. Without it, all reports by the share of words of their own. WORDS are a practice's name or any wording.

    Words are compared 24 signs in a row, without headings, titles in 《》 and punctuation; a number is a number, and the
    reporting place and its level are one sign, whatever they are. Each sign counts once: as a superior's where any
    report of one of the same year or before has the passage; else as that of an own report before, of a peer under the
    same government, of anybody elsewhere; else as stock, where unrelated places write the same or chance explains it;
    else as the report's own. The shares sum to 1. docs/passages.md tells how stock and chance are told, and how well.
    """
    from graph.opening import open_any
    from graph.plots.passages import plot_place, plot_reports, plot_travel
    from graph.telling.passages import passage_rows, report_rows, tell_place, tell_reports, tell_travel, travel_rows

    if place and trace:
        raise click.UsageError("--trace looks through all reports; leave out PLACE")
    store = open_any(graph)
    if trace is not None:
        from graph.analysis.travel import travel

        form.deliver(travel(store, trace), partial(tell_travel, limit=limit), travel_rows, plot_travel)
        return
    from graph.analysis.borrowed import borrowings

    found = borrowings(store, place, 0 if form.whole else limit)
    if place is None:
        form.deliver(found, partial(tell_reports, limit=limit), report_rows, plot_reports)
    else:
        form.deliver(found, tell_place, passage_rows, plot_place)
