"""Which mechanisms of the scheme a report speaks of, and whether it has, plans or lacks them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extract.guarded import Guarded
from extract.marks import Marks
from extract.matching import Matcher, Mention
from extract.outline import Outline
from extract.records import Adoption, Evidence, Role, Status
from extract.roles import is_no_fault
from extract.sentences import clause_around, statement_around
from ontology.vocabulary import Vocabulary

__all__ = ["Mention", "find_adoptions", "find_mentions", "name_mechanism"]

_STATUSES: dict[Role, Status] = {"deficiencies": "lacking", "plans": "planned"}
# 下一步将推行…, 拟于明年开展…, 计划在年内建立…: an intention in the middle of what was done.
_INTENDED = Guarded(
    re.compile(
        r"下一步|下一阶段|下阶段|接下来|明年|来年|下一年度|今后[，,]|将于|拟(?:于|在|对.{2,20}开展)|计划(?:于|在)"
    )
)
# 尚未建立公职律师队伍, 没有聘请法律顾问: not done. (未收到依申请公开 speaks of it all the same.)
_NOT_DONE = re.compile(
    r"(?:未|没有|没)(?:能|有效|及时)?(?:建立|开展|聘请|制定|落实|设立|设置|配备|组织|推行|形成|实行|编制|出台|组建|施行|配齐)[^，,。；;]{0,6}$"
)
_STATEMENTS = Marks("。；;\n")
_NARROWER = 1
_QUOTES = 3
_LONGEST_QUOTE = 160


def find_mentions(text: str, start: int, end: int, vocabulary: Vocabulary) -> list[Mention]:
    """Every place in `text[start:end]` that speaks of a mechanism, in order."""
    return _matcher(vocabulary).find(text, start, end)


def find_adoptions(outline: Outline, vocabulary: Vocabulary) -> Iterator[Adoption]:
    """The mechanisms that the report speaks of, in the order of the scheme, each once.

    One that is found in a part on work done is practised; one found in plans, or in plans and shortcomings,
    planned; one found in shortcomings only, or said not to be there, lacking. Its evidence are its first sentences
    of that status, those before others that call it by its name. A shortcoming that is reported as solved says nothing.
    Narrower mechanisms come last.
    """
    found: dict[str, dict[Status, dict[Evidence, bool]]] = defaultdict(  # each sentence with whether it has the name
        lambda: {"practised": {}, "planned": {}, "lacking": {}}
    )
    text, matcher = outline.text, _matcher(vocabulary)
    sentence: Evidence | None = None  # the last one; mentions come in order
    for zone in outline.zones:
        for mention in (each for scheme in (0, _NARROWER) for each in matcher.find(text, zone.start, zone.end, scheme)):
            quotes_of = found[mention.concept]
            if _is_enough(quotes_of["practised"], mention):
                continue  # whatever else is said of it
            status = _STATUSES.get(zone.role) or _status_in_work_done(text, zone.start, mention)
            quotes = quotes_of[status]
            if _is_enough(quotes, mention):
                continue
            if sentence is None or not sentence.start <= mention.start < sentence.end:
                sentence = statement_around(text, zone.start, mention.start, zone.end)
                assert sentence is not None, "a mention has words"
            quote = _quote(text, sentence, mention)
            if not (zone.role == "deficiencies" and is_no_fault(quote.of(text))):
                quotes[quote] = quotes.get(quote, False) or mention.named
    for name, concept in {**vocabulary.mechanisms, **vocabulary.narrower}.items():
        if name in found:
            statuses = [status for status, quotes in found[name].items() if quotes]  # the weightiest first
            for status in statuses[:1]:
                quotes = found[name][status]
                evidence = sorted(quotes, key=lambda quote: not quotes[quote])[:_QUOTES]
                yield Adoption(name, status, tuple(evidence), broader=concept.broader)


def _is_enough(quotes: dict[Evidence, bool], mention: Mention) -> bool:
    """Whether as many sentences have been found as are kept, and no later one may be better."""
    return len(quotes) >= _QUOTES and (not mention.named or sum(quotes.values()) >= _QUOTES)


def name_mechanism(text: str, start: int, end: int, vocabulary: Vocabulary) -> str | None:
    """The one mechanism that a clause names: the one named by the longest label; None where that is a toss-up."""
    named = _matcher(vocabulary).find_named(text, start, end)
    if not named:
        return None
    longest = max(mention.end - mention.start for mention in named) if named[0].named else None
    best = {mention.concept for mention in named if longest is None or mention.end - mention.start == longest}
    return best.pop() if len(best) == 1 else None


@cache
def _matcher(vocabulary: Vocabulary) -> Matcher:
    """Finds mechanisms and, as its scheme `_NARROWER`, narrower ones; what names one of these names the broader one,
    too."""
    labels = {name: concept.labels for name, concept in vocabulary.mechanisms.items()}
    for concept in vocabulary.narrower.values():
        if concept.broader:
            labels[concept.broader] += concept.labels
    broad = {name: replace(each, labels=labels[name]) for name, each in vocabulary.mechanisms.items()}
    return Matcher(broad, vocabulary.narrower)


def _status_in_work_done(text: str, start: int, mention: Mention) -> Status:
    behind = _STATEMENTS.behind(text, start, mention.start)
    words = text[start if behind is None else behind : mention.start]
    if ("未" in words or "没" in words) and _NOT_DONE.search(words):
        return "lacking"
    return "planned" if _INTENDED.search(text, mention.start - len(words), mention.start) else "practised"


def _quote(text: str, sentence: Evidence, mention: Mention) -> Evidence:
    """The sentence around a mention, or only its clauses where the sentence is long, and of those no more than a sentence."""
    start, end = sentence
    if end - start <= _LONGEST_QUOTE:
        return sentence
    first = clause_around(text, start, mention.start, end)
    last = clause_around(text, start, mention.end - 1, end)
    begin = min(first.start, mention.start) if first else mention.start
    stop = max(last.end, mention.end) if last else mention.end
    return Evidence(max(begin, mention.start - _LONGEST_QUOTE), min(stop, mention.end + _LONGEST_QUOTE))
