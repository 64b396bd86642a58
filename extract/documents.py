"""A document before it is read: its name, its bytes and what is known of it from elsewhere."""

import hashlib
from dataclasses import dataclass

# No report comes near it; what is larger is no single report.
LARGEST = 100 * 2**20


@dataclass(frozen=True, slots=True)
class Document:
    """A file's name, as the user would recognise it, and its bytes.

    A member of an archive is named like a file in a folder: `reports.zip/2023/a.txt`; a record of a collection by
    its id. `hints` come from beside the text and may name the place: the address of its page, its title. `source` is
    the name that goes into records and graphs: the same from wherever the command is run; without one, `name`.
    """

    name: str
    data: bytes
    hints: tuple[str, ...] = ()
    source: str = ""

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()
