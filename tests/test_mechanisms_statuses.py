"""Whether a mechanism is done, planned or lacking, by what stands around it."""

import pytest

from extract.mechanisms import find_adoptions
from extract.outline import read_outline
from ontology.vocabulary import load_vocabulary

PROSE = "全镇认真学习，扎实推进各项工作，取得了新的成效，群众满意度和获得感不断提升。"
STATUSES = [
    ("聘请政府法律顾问1名。", "主要成效", "legal-adviser", "practised"),
    ("没有聘请法律顾问。", "主要成效", "legal-adviser", "lacking"),
    ("尚未建立公职律师队伍。", "主要成效", "government-lawyer", "lacking"),
    ("未开展行政执法案卷评查。", "主要成效", "case-file-review", "lacking"),
    ("全年未收到依申请公开事项。", "主要成效", "disclosure-on-request", "practised"),
    ("下一步将推行行政执法案卷评查。", "主要成效", "case-file-review", "planned"),
    ("开展行政执法案卷评查。", "2024年工作计划", "case-file-review", "planned"),
    ("行政执法案卷评查开展不够。", "存在的不足", "case-file-review", "lacking"),
    ("上年度指出的行政执法案卷评查不足已全部整改到位。", "存在的不足", "case-file-review", None),
]


@pytest.mark.parametrize(("sentence", "part", "mechanism", "status"), STATUSES, ids=[row[0] for row in STATUSES])
def test_statuses(sentence: str, part: str, mechanism: str, status: str | None) -> None:
    """What is not done is lacking, what is intended planned; a solved shortcoming says nothing."""
    text = f"一、{part}\n{PROSE}{sentence}\n二、其他\n{PROSE}"
    found = {each.mechanism: each.status for each in find_adoptions(read_outline(text), load_vocabulary())}
    assert found.get(mechanism) == status
