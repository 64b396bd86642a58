"""A page's host or address → the places whose spelling it holds: yongjia.gov.cn, ahhn.gov.cn, wz.zj.gov.cn.

A host spells a place in full (huaining), by its initials (hn), or by both one after the other, the province's or the
prefecture's first (ahhn, ahhuaining). Initials have many readings (sx is 陕西, 山西, 绍兴), which is what takes their
weight away. A host is never the issuer's name: it only counts as evidence between candidates.
"""

import lzma
import re
from collections import defaultdict
from functools import cache
from importlib.resources import files

from extract.office.places import TRACE, Place

_LABEL = re.compile(r"[a-z]{2,24}")
_NO_PLACE = re.compile("www|gov|cn|com|net|org|edu|zwgk|xxgk|public|info")


def host_places(address: str) -> list[Place]:
    """The places that the host of an address may spell."""
    host = re.sub(r"^\w+://", "", address.lower()).split("/")[0]
    if "." not in host:
        return []
    found = []
    for match in _LABEL.finditer(host):
        label = match[0]
        codes = () if _NO_PLACE.fullmatch(label) else _spelt().get(label, ()) or _spelt_below(label)
        if codes:
            found.append(Place(match.start(), match.end(), label, codes, TRACE))
    return found


def _spelt_below(label: str) -> tuple[str, ...]:
    """ahhn, ahhuaining: a place behind one that holds it."""
    pairs = ((_spelt().get(label[:cut], ()), _spelt().get(label[cut:], ())) for cut in range(2, len(label) - 1))
    found = {code for above, below in pairs for code in below if above and code.startswith(above) and code not in above}
    return tuple(sorted(found))


@cache
def _spelt() -> dict[str, tuple[str, ...]]:
    """Spelling, in full or initials → codes."""
    found: dict[str, list[str]] = defaultdict(list)
    data = lzma.decompress((files("ontology") / "data" / "pinyin.tsv.xz").read_bytes()).decode("ascii")
    for line in data.splitlines():
        code, spelling = line.split("\t")
        syllables = spelling.split()
        if len(syllables) > 1:
            for form in {"".join(syllables), "".join(syllable[0] for syllable in syllables)}:
                found[form].append(code)
    return {form: tuple(codes) for form, codes in found.items()}
