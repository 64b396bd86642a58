"""Mirrors and reposts: which documents are one report, told by sketches of their texts.

A report comes from its office's site, again from the county's, and from a paper that reposts it: with other page
furniture, with ASCII punctuation, as a traditional copy. What stays are most runs of letters. The share of runs that
two texts have in common is estimated from a sketch of each: of all runs, the few whose hashes are smallest (Broder,
"On the resemblance and containment of documents", 1997). So a build compares what its manifest holds and need not
read any text again.
"""

import re
from base64 import b85decode, b85encode
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from heapq import nsmallest

from graph.manifest import Entry
from ontology.namespace import PREFIXES

# Punctuation, blanks, line ends and Latin letters (readings in brackets, addresses) are what copies change.
_NO_LETTER = re.compile("[^0-9\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_RUN = 5
_SIZE = 64
# Reposts with furniture around them have nine runs of ten in common, a report and a summary of the same year a third.
_ALIKE = 0.7


def letters_of(text: str) -> str:
    """The characters that a copy keeps: Chinese ones and digits."""
    return _NO_LETTER.sub("", text)


def sketch_of(letters: str) -> str:
    """A sketch of a text's letters: as text, the smallest hashes of its runs; empty where it is shorter than a run."""
    runs = {letters[start : start + _RUN] for start in range(len(letters) - _RUN + 1)}
    hashes = {int.from_bytes(blake2b(run.encode(), digest_size=4).digest(), "big") for run in runs}
    return b85encode(b"".join(value.to_bytes(4, "big") for value in nsmallest(_SIZE, hashes))).decode()


def likeness(one: str, other: str) -> float:
    """How alike two texts are by their sketches: the estimated share of all their runs that both have, 0 to 1."""
    mine, theirs = _hashes(one), _hashes(other)
    smallest = nsmallest(_SIZE, mine | theirs)
    return len(mine & theirs & set(smallest)) / len(smallest) if smallest else 0.0


def join_mirrors(entries: dict[str, Entry]) -> dict[str, Entry]:
    """The same entries; of each report the longest document is kept, and its mirrors name the key of that one.

    Likeness joins as a chain does: two reposts, each like the original, are one report with it. What comes out
    depends on the entries alone and not on their order.
    """
    joined = {key: replace(entry, mirrors=None) if entry.mirrors else entry for key, entry in entries.items()}
    for group in _groups(entries):
        kept = min(group, key=lambda key: (-entries[key].letters, entries[key].graph, entries[key].name, key))
        for key in group:
            if key != kept:
                joined[key] = replace(entries[key], mirrors=kept)
    return joined


def _groups(entries: dict[str, Entry]) -> Iterator[list[str]]:
    """The keys of the documents that are one report, report by report."""
    offices: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for key, entry in entries.items():
        if entry.graph:
            offices[_office(entry.graph, entry.sketch or entry.graph)].append(key)
    for keys in offices.values():
        while keys:
            group = [keys.pop()]
            for member in group:  # which grows meanwhile
                near = {key for key in keys if _is_mirror(entries[member], entries[key])}
                group += near
                keys = [key for key in keys if key not in near]
            yield group


def _office(graph: str, sketch: str) -> tuple[str, str]:
    """Whose report of which year it is: the IRI of its graph without the last part, which names the text.

    Where the place or the year is not known, likeness proves nothing, as neighbours write alike: there it must be
    the same sketch as well.
    """
    office = graph.rpartition("/")[0]
    known = not office.startswith(PREFIXES["report"] + "unresolved/") and not office.endswith("/undated")
    return office, "" if known else sketch


def _is_mirror(one: Entry, other: Entry) -> bool:
    return one.graph == other.graph or likeness(one.sketch or "", other.sketch or "") >= _ALIKE


def _hashes(sketch: str) -> set[int]:
    data = b85decode(sketch)
    return {int.from_bytes(data[start : start + 4], "big") for start in range(0, len(data), 4)}
