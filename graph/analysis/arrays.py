"""What is asked of arrays in several analyses."""

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]


def distinct(one: Integers, other: Integers) -> tuple[Integers, Integers]:
    """Pairs of numbers, none below 0, each once and in order: the first of each pair, and the second."""
    size = int(other.max(initial=0)) + 1
    keys = np.sort(one * size + other)
    keys = keys[np.diff(keys, prepend=-1) > 0]  # np.unique hashes, which takes twenty times as long
    return keys // size, keys % size
