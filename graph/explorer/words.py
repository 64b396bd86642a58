"""What the explorer says, in Chinese and English, from `words.toml`: a section a phrase, a line a language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.errors import AmbiguousThing, Misnamed


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
        return self(one if number == 1 and one in self.phrases else f"{key}.many", n=f"{number:,}")

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
