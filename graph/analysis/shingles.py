"""Which stretches of many texts are the same: every run of LENGTH signs (a shingle) with all places where it stands.

Shingles are those of Broder 1997 (On the resemblance and containment of documents, Compression and Complexity of
Sequences, 21-29). They are not sampled: texts of some thousand signs are short enough for each to be compared, so that
what two of them share is known to the sign and nothing rests on chance. To bound the memory they are taken in parts by
their hash; shingles of one part are a fair sample of all.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.analysis.folding import Codes

Positions = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

# Of 83 reports by different hands (3,403 pairs) 3.4 % share as much, 0.1 % share 40 signs, all of it stock of the genre.
LENGTH = 24
_PART = 6_000_000  # shingles in a part, on average
_CHUNK = 4_000_000
_INDEX = 24  # bits of a key that number the shingles of a part
_BASE = np.uint64(0x9E3779B97F4A7C15)


class Texts(NamedTuple):
    """Texts one after the other: their signs, and where each begins; the last number is where the last one ends."""

    codes: Codes
    starts: Numbers

    def of(self, number: int) -> Codes:
        """The signs of one text."""
        return self.codes[self.starts[number] : self.starts[number + 1]]


class Shared(NamedTuple):
    """Shingles that stand in more than one text: `at` has where, ascending, of one after the other; `of` the texts.

    `heads` has for each shingle the number of its first row.
    """

    at: Positions
    of: npt.NDArray[np.int32]
    heads: Numbers


def shared_shingles(texts: Texts) -> Iterator[Shared]:
    """All shared shingles, part by part; the first part stands for the rest."""
    parts = 1
    while len(texts.codes) > parts * _PART:
        parts *= 2
    for part in range(parts):
        yield _shared(texts, part, parts)


def shingle_hashes(codes: Codes) -> Hashes:
    """A number for the shingle that begins at each sign; one for each but the last LENGTH - 1."""
    if len(codes) < LENGTH:
        return np.zeros(0, np.uint64)
    one = (codes.astype(np.uint64) + np.uint64(1)) * _BASE
    with np.errstate(over="ignore"):
        powers = {1: _BASE}
        runs = {1: one ^ (one >> np.uint64(29))}
        size = 1
        while 2 * size <= LENGTH:
            shorter, power = runs[size], powers[size]
            runs[2 * size] = shorter[:-size] * power + shorter[size:]
            powers[2 * size] = power * power
            size *= 2
        rest = LENGTH - size
        found = runs[size] if not rest else runs[size][:-rest] * powers[rest] + runs[rest][size:]
        found = (found ^ (found >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)
        return found ^ (found >> np.uint64(32))


def _shared(texts: Texts, part: int, parts: int) -> Shared:
    at, hashes = _of_part(texts.codes, part, parts)
    of = (np.searchsorted(texts.starts, at, side="right") - 1).astype(np.int32)
    whole = at.astype(np.int64) + LENGTH <= texts.starts[of + 1]
    at, of, hashes = at[whole], of[whole], hashes[whole]
    # Numbers are sorted ten times as fast as an order is found: the index rides in the low bits of the hash.
    low = np.uint64((1 << _INDEX) - 1)
    if len(at) > low:
        raise ValueError(f"{len(at)} shingles in a part, more than {low}")
    keys = (hashes & ~low) | np.arange(len(at), dtype=np.uint64)
    keys.sort()
    order, keys = (keys & low).astype(np.int64), keys >> np.uint64(_INDEX)
    first = _firsts(keys)
    again = ~first
    again[:-1] |= ~first[1:]
    order, first = order[again], first[again]
    at, of = at[order], of[order]
    # A text may have a shingle twice; one that no other has is not shared.
    heads = np.flatnonzero(first)
    ends = np.append(heads[1:], len(at))
    kept = np.repeat(of[heads] != of[ends - 1], ends - heads) if len(heads) else np.zeros(0, np.bool_)
    return Shared(at[kept], of[kept], np.flatnonzero(first[kept]))


def _of_part(codes: Codes, part: int, parts: int) -> tuple[Positions, Hashes]:
    places: list[Positions] = [np.zeros(0, np.uint32)]
    found: list[Hashes] = [np.zeros(0, np.uint64)]
    for start in range(0, len(codes), _CHUNK):
        hashes = shingle_hashes(codes[start : start + _CHUNK + LENGTH - 1])
        mine = np.flatnonzero((hashes & np.uint64(parts - 1)) == part)
        # The bits that chose the part are the same for all of it, and are not needed in the key.
        places.append((mine + start).astype(np.uint32))
        found.append(hashes[mine])
    return np.concatenate(places), np.concatenate(found)


def _firsts(keys: Hashes) -> npt.NDArray[np.bool_]:
    """Whether each of some sorted keys is another than the one before."""
    found = np.ones(len(keys), np.bool_)
    found[1:] = keys[1:] != keys[:-1]
    return found
