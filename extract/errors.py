"""What can be wrong with a file that should be a report.

ReadingError            the file cannot be read as a report; its message says what, where and what to do
├── MissingFile         no such file or folder
├── EmptyFile           nothing in it
├── NotText             binary, or in no known encoding
└── NotAReport          text, but not an annual rule-of-law report
"""


class ReadingError(Exception):
    """A file that cannot be read as a report.

    `name` is the file as the user gave it, `what` says what is wrong, `advice` what to do about it.
    """

    def __init__(self, name: str, what: str, advice: str) -> None:
        super().__init__(f"{name}: {what}; {advice}")
        self.name, self.what, self.advice = name, what, advice


class MissingFile(ReadingError):
    """No such file or folder."""


class EmptyFile(ReadingError):
    """A file with nothing in it."""


class NotText(ReadingError):
    """A binary file, or text in no known encoding."""


class NotAReport(ReadingError):
    """A text that is not an annual rule-of-law report."""
