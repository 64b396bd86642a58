"""What can be wrong with a file that should be a report.

ReadingError            the file cannot be read as a report; its message says what, where and what to do
├── MissingFile         no such file or folder, or nothing to read in it
├── EmptyFile           nothing in it
├── ForeignFormat       a format that is not read (.doc, .wps, .ofd, an image)
├── LockedFile          a password is needed
├── DamagedFile         begins as what it is, but cannot be read to its end
├── OversizedFile       larger than any report, or an archive that unpacks to more than it should
├── MissingPackage      an optional package reads this format, and is not installed
├── NotText             binary, or in no known encoding, or a picture of text
└── NotAReport          text, but not an annual rule-of-law report
"""

import re

# What ends a line, steers a terminal, turns the direction of what follows it, or cannot be written as UTF-8.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LONGEST = 4096


def one_line(text: str) -> str:
    """The text as it can be printed in one line and written as UTF-8: names come from strangers, too."""
    return _UNPRINTABLE.sub("\ufffd", text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


class ReadingError(Exception):
    """A file that cannot be read as a report.

    `name` is the file as the user gave it, `what` says what is wrong, `advice` what to do about it.
    """

    def __init__(self, name: str, what: str, advice: str) -> None:
        self.name, self.what, self.advice = map(one_line, (name, what, advice))
        super().__init__(f"{self.name}: {self.what}; {self.advice}")

    def __reduce__(self) -> tuple[type["ReadingError"], tuple[str, str, str]]:
        return type(self), (self.name, self.what, self.advice)


class MissingFile(ReadingError):
    """No such file or folder, or nothing to read in it."""


class EmptyFile(ReadingError):
    """A file with nothing in it."""


class ForeignFormat(ReadingError):
    """A file in a format that is not read."""


class LockedFile(ReadingError):
    """A file that needs a password."""


class DamagedFile(ReadingError):
    """A file that is cut off or broken."""


class OversizedFile(ReadingError):
    """A file or archive that holds more than a report or a folder of reports can."""


class MissingPackage(ReadingError):
    """A file that an optional package reads, which is not installed."""


class NotText(ReadingError):
    """A binary file, text in no known encoding, or pages that are pictures."""


class NotAReport(ReadingError):
    """A text that is not an annual rule-of-law report."""
