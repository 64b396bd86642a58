"""What the explorer says, in Chinese and English, from `words.toml`: a section a phrase, a line a language."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files

from graph.errors import AmbiguousThing, Misnamed

_WORTHS = ((10**8, "亿"), (10**4, "万"))
_NUMBER = re.compile(r"^[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of one language; a phrase's `{name}` is filled with what is given under that name."""

    language: str
    phrases: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The phrase of a key; KeyError for one that is not there."""
        return self.phrases[key].format(**values) if values else self.phrases[key]

    def counted(self, number: int, key: str) -> str:
        """A number with what it counts: 3 reports, 1 report, 3 份报告."""
        one = f"{key}.one"
        return self(one if number == 1 and one in self.phrases else f"{key}.many", n=self.number(number))

    def number(self, number: float | Decimal, digits: int | None = None) -> str:
        """A number as a reader writes it, 8,401 or 98.84; with `digits`, so many behind the point, halves away from 0."""
        exact = Decimal(str(number))
        if digits is not None:
            exact = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        elif exact == exact.to_integral_value():
            exact = exact.to_integral_value()
        return f"{exact:,f}"

    def share(self, share: float, digits: int = 0) -> str:
        """A share of 1 as per cent, 88%."""
        return f"{self.number(100 * Decimal(str(share)), digits)}%"

    def value(self, value: float | Decimal) -> str:
        """A number that a report gives: in Chinese by 亿 or 万 where two digits behind the point tell all of it, 2.3亿."""
        for worth, sign in _WORTHS if self.language == "zh" else ():
            part = Decimal(str(value)) / worth
            if abs(part) >= 1 and part == round(part, 2):
                return self.number(part.normalize()) + sign
        return self.number(value)

    def told(self, told: str) -> str:
        """A number with its unit, 230000000元, as `value` writes numbers."""
        return _NUMBER.sub(lambda found: self.value(Decimal(found[0])), told)

    def misnamed(self, error: Misnamed) -> str:
        """What is wrong with a name, without what may be meant."""
        if not error.what:
            return str(error)
        many = isinstance(error, AmbiguousThing)
        return self(f"several.{error.what}" if many else f"unknown.{error.what}", asked=error.asked)


@cache
def words_of(language: str) -> Words:
    """The words of a language; KeyError where a phrase lacks it."""
    read = tomllib.loads((files("graph") / "explorer" / "words.toml").read_text(encoding="utf-8"))
    return Words(language, {key: phrase[language] for key, phrase in read.items()})
