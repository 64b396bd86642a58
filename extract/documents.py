"""A document before it is read: its name, its bytes and what is known of it from elsewhere."""

import hashlib
from dataclasses import dataclass

from extract.errors import one_line

# No report comes near it; what is larger is no single report.
LARGEST = 100 * 2**20
# Text packs to a tenth of its size, a page of markup to a fiftieth; a bomb to a thousandth.
_GREATEST_RATIO = 200
_RATIO_COUNTS_FROM = 10 * 2**20


def is_bomb(unpacked: int, packed: int) -> bool:
    """Whether so many bytes are more than texts can be that were packed into so few."""
    return unpacked > _RATIO_COUNTS_FROM and unpacked > _GREATEST_RATIO * packed


@dataclass(frozen=True, slots=True)
class Document:
    """A file's name, as the user would recognise it, and its bytes.

    A member of an archive is named like a file in a folder: `reports.zip/2023/a.txt`; a record of a collection by
    its id. `hints` come from beside the text and may name the place: the address of its page, its title. `source` is
    the name that goes into records and graphs: the same from wherever the command is run; without one, `name`.
    Names and hints can be printed in one line and written as UTF-8; what in them cannot is replaced.
    """

    name: str
    data: bytes
    hints: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", one_line(self.name))
        object.__setattr__(self, "source", one_line(self.source))
        object.__setattr__(self, "hints", tuple(map(one_line, self.hints)))

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()
