"""A sentence of a report, as the analyses quote it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a report, with the report and its year ("" where it says none), and where in its text it stands."""

    report: str
    year: str
    text: str
    start: int = 0
    end: int = 0

    @property
    def to(self) -> str:
        """Where the sentence is shown in place: the report, at the slice."""
        return f"{self.report}#char={self.start},{self.end}"
