"""What is kept with a thing: found once, for that thing alone, and gone with it."""

import gc
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from weakref import ref

from graph.explorer.kept import kept


class Ground:
    """Something that things are found in."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    @kept()
    def twice(self, number: int) -> list[int]:
        """Twice a number."""
        self.asked.append(number)
        return [2 * number]


@kept(2)
def thrice(ground: Ground, number: int) -> list[int]:
    """Three times a number."""
    ground.asked.append(number)
    return [3 * number]


def test_what_is_found_is_found_once_in_each() -> None:
    """The same arguments give the same object; those of another owner have their own."""
    one, other = Ground(), Ground()
    assert one.twice(4) is one.twice(4) and one.twice(4) == [8]
    assert thrice(one, 4) is thrice(one, 4) and thrice(one, 4) == [12]
    assert one.asked == [4, 4]
    assert other.twice(4) is not one.twice(4) and other.asked == [4]


@kept()
def slowly(ground: Ground, number: int) -> list[int]:
    """A number that takes its time."""
    ground.asked.append(number)
    sleep(0.05)
    return [number]


def test_who_asks_for_the_same_meanwhile_waits_for_it() -> None:
    """Eight readers of what nobody has asked for yet have it found once."""
    one, all_here = Ground(), Barrier(8)

    def read(_: int) -> list[int]:
        all_here.wait()
        return slowly(one, 4)

    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(read, range(8)))
    assert one.asked == [4] and all(each is found[0] for each in found)


def test_no_more_than_the_latest_are_kept() -> None:
    """With a bound, what has not been asked for the longest is found anew."""
    one = Ground()
    for number in (1, 2, 1, 3, 1, 2):
        thrice(one, number)
    assert one.asked == [1, 2, 3, 2]


def test_what_is_kept_goes_with_its_owner() -> None:
    """At once, and not when somebody looks for garbage."""
    one = Ground()
    gone = ref(one)
    one.twice(4)
    gc.disable()
    try:
        del one
        assert gone() is None
    finally:
        gc.enable()
