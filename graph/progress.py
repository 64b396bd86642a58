"""How a long job tells how far it is, without knowing to whom."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


class Progress:
    """Hears of a job's stages and steps; this one keeps them to itself, `console.Meter` shows them."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Another stage has begun, of so many steps where that is known."""

    def advance(self, steps: int = 1) -> None:
        """So many more steps of the stage are done."""

    def wait(self, what: str) -> None:
        """Something that may take long has begun, and has no steps to count."""

    def over(self, things: Iterable[T]) -> Iterator[T]:
        """The same things; each is a step that is done when the next is asked for."""
        for thing in things:
            yield thing
            self.advance()
