"""Numbers that say how much or how many: where they stand, their value, unit, qualifier and direction.

What they measure is for `extract.numbers.naming` to say.
"""

import re

from extract.guarded import begun
from extract.numbers.amounts import SENTENCES, Quantity, clause_end, clause_start
from extract.numbers.directions import HANDED_OUT, directed, mark_pairs
from extract.numbers.han_counts import is_han_count
from extract.numbers.numerals import ABOUT, HAN_DIGITS, NUMERAL, Numeral, plain_number, read_numeral
from extract.numbers.set_phrases import find_set_phrases
from extract.numbers.uncounted import counts_nothing, hide_names
from extract.numbers.units import IS_BARE_NOUN, IS_DIVISION, UNIT
from extract.records import Qualifier

# 九成八 is 98 %, 九成半 95 %.
_CANDIDATE = re.compile(rf"{NUMERAL}\ ?(?P<unit>{UNIT})?(?:(?<=成)(?P<tenth>[一二三四五六七八九半]))?", re.VERBOSE)
_LONGEST_SENTENCE = 200
_REACH = 60  # how far back what hands numbers out is looked for
# Measure words that are too common in words to trust behind a Chinese numeral (一头, 三面, 二十届).
_ARABIC_UNITS = frozenset("届讲晚单出路字票头站门面道口段根盒袋箱瓶顶")

# An upper bound has no qualifier of its own.
_UNSURE = 0.7
_LEADING_WORDS: tuple[tuple[str, Qualifier, float], ...] = (
    (f"大?{ABOUT}(?:为|有|占|达|莫)?|大概|大致|差不多", "about", 1.0),
    (r"将近|接近|(?<![附临最邻靠就贴亲相])近", "nearly", 1.0),
    (r"不足|不到|未满", "nearly", _UNSURE),
    (r"(?<!不)超过|超出|突破|(?<!赶)超|逾|不少于|不低于|不下(?:于)?|至少|起码|最少", "at-least", 1.0),
    (r"(?:最多|不超过|不高于|不多于)", "exact", _UNSURE),
)
_LEADING = tuple(
    (re.compile(rf"(?:{words}) ?$"), qualifier, confidence) for words, qualifier, confidence in _LEADING_WORDS
)
# 分别提高1.2、3.4个百分点: the unit is said once, behind the last of the numbers that are handed out.
_PLAIN, _AND = r"[\d.点零一二两三四五六七八九十百]+", r"\ ?(?:、|和|与|及|以及)\ ?"
_UNIT_LATER = re.compile(rf"(?:{_AND}{_PLAIN}){{1,6}}\ ?(?P<unit>{UNIT})", re.VERBOSE)
_HANDED_OUT_BEFORE = re.compile(rf"(?:{HANDED_OUT.pattern})[^,。;、\d]{{0,10}}(?:{_PLAIN}{_AND})*$")
_ANY_LEADING = begun("|".join(f"(?:{words}) ?$" for words, *_ in _LEADING_WORDS))
_BARE_LEADING = re.compile(r"(?:上|过|破|超|逾|近|约|接近|超过|突破|将近) ?$")
_TRAILING = re.compile(r" ?(?:(?P<least>(?:及|含)?以上|之多)|(?P<about>左右|上下)|(?P<most>以[下内]|之内))")
# 每村至少配备2名, 每镇起码有3名: with a verb between; 最少的只有2件 is no bound.
_AT_LEAST = re.compile(r"(?:至少|起码|最少)(?!的)[^,。;、\d]{1,8}$")
_MORE_TRAILING = re.compile(r"(?:余|多)(?![个件次项名])")


def find_quantities(view: str, start: int, end: int) -> tuple[Quantity, ...]:
    """The quantities of `view[start:end]` (folded text) in order, former values of pairs among them."""
    found = [*find_set_phrases(view, start, end)]
    taken = {position for special in found for position in range(special.start, special.end)}
    hidden = hide_names(view[start:end])
    for match in _CANDIDATE.finditer(hidden):
        begin, stop = start + match.start(), start + match.end()
        unit = match["unit"] or match["share"] or _unit_said_later(hidden, match)
        if not unit or not taken.isdisjoint(range(begin, stop)):
            continue
        if quantity := _read(view, start, end, match, unit):
            found.append(quantity)
    return mark_pairs(view, tuple(sorted(found, key=lambda quantity: quantity.start)))


def _unit_said_later(text: str, match: re.Match[str]) -> str:
    """The unit of a numeral without one of its own that is handed out with others: 分别[1.2]、3.4个百分点."""
    joined = text[match.end() : match.end() + 1] in "、和与及以 "
    if not joined or not (later := _UNIT_LATER.match(text, match.end())):
        return ""
    return later["unit"] if _HANDED_OUT_BEFORE.search(text, max(0, match.start() - _REACH), match.start()) else ""


def _read(view: str, start: int, end: int, match: re.Match[str], said: str) -> Quantity | None:
    """The quantity that a numeral with the unit that is said for it gives; None where it counts nothing."""
    numeral = read_numeral(match)
    begin, stop = start + match.start(), start + match.end()
    unit = "".join(said.split())
    if match["share"]:
        unit, stop = "%", start + (match.start("unit") if match["unit"] else match.end())
    divisions = IS_DIVISION.fullmatch(unit) is not None
    if numeral is None or (numeral.han and not divisions and (IS_BARE_NOUN.fullmatch(unit) or unit in _ARABIC_UNITS)):
        return None
    before, after = view[clause_start(view, start, begin) : begin], view[stop : clause_end(view, stop, end)]
    sentence = SENTENCES.behind(view, max(start, begin - _LONGEST_SENTENCE), begin)
    if counts_nothing(before, after, view[start if sentence is None else sentence : begin], numeral, unit):
        return None
    if (
        numeral.han
        and not match["share"]
        and not (_is_spelled_out(numeral, before) and is_han_count(numeral, before, after, unit, divisions))
    ):
        return None
    quantity = Quantity(begin, stop, numeral.value, unit, numeral.qualifier)
    if numeral.upper is not None and re.search(r"[由从][^,。;]{0,8}$", before):
        quantity = quantity._replace(value=numeral.upper, qualifier="exact")  # 由5至10: from-to, not a range
    return directed(_qualified(_scaled(quantity, match), before, after, numeral.bare), before, after)


def _is_spelled_out(numeral: Numeral, before: str) -> bool:
    """百 alone is no number; 近百, 上百 and 百余 are."""
    return not numeral.bare or numeral.qualifier != "exact" or bool(_BARE_LEADING.search(before))


def _scaled(quantity: Quantity, match: re.Match[str]) -> Quantity:
    if match["share"]:
        return _share(quantity, match["share"][0])
    if quantity.unit == "块钱":
        return quantity._replace(unit="元")
    if quantity.unit == "成":
        tenth = 5 if match["tenth"] == "半" else HAN_DIGITS.get(match["tenth"] or "零", 0)
        return quantity._replace(unit="%", value=quantity.value * 10 + tenth)
    return quantity


def _share(quantity: Quantity, of: str) -> Quantity:
    """百分之九十五 is 95 %, 千分之三 3 ‰, 四分之一 25 %."""
    if of in "百千":
        return quantity._replace(unit="%" if of == "百" else "‰")
    percent = round(quantity.value * 100 / (10 if of == "十" else HAN_DIGITS[of]), 2)
    return quantity._replace(unit="%", value=plain_number(percent))


def _qualified(quantity: Quantity, before: str, after: str, bare: bool) -> Quantity:
    """The quantity with the words around it that say how exact it is: 近, 约, 逾, 以上, 左右; 上百 is at least."""
    leads = _LEADING if _ANY_LEADING.search(before) else ()
    if lead := next((found for words, *_ in leads if (found := words.search(before))), None):
        qualifier, confidence = next((said, sure) for words, said, sure in _LEADING if words is lead.re)
        kept = quantity.qualifier if quantity.qualifier != "exact" and qualifier == "nearly" else qualifier
        # 约占四成: the verb stays outside, it says what the number is.
        start = quantity.start - (0 if lead[0].rstrip().endswith("占") else len(before) - lead.start())
        quantity = quantity._replace(start=start, qualifier=kept, confidence=confidence)
    elif _AT_LEAST.search(before):
        quantity = quantity._replace(qualifier="at-least")
    elif bare and before.rstrip().endswith(("上", "过", "破")):
        quantity = quantity._replace(start=quantity.start - 1, qualifier="at-least")
    if trail := _TRAILING.match(after):
        said: Qualifier = "at-least" if trail["least"] else "about" if trail["about"] else quantity.qualifier
        sure = _UNSURE if trail["most"] else quantity.confidence
        return quantity._replace(end=quantity.end + trail.end(), qualifier=said, confidence=sure)
    if trail := _MORE_TRAILING.match(after):
        return quantity._replace(end=quantity.end + trail.end(), qualifier="at-least")
    return quantity
