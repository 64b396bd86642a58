"""What a host name tells about the place of a page."""

import pytest

from extract.office.hosts import host_places

CASES = {
    "full": ("https://www.yongjia.gov.cn/art/2025/3/24/x.html", {"330324"}, set()),
    "initials-have-many-readings": ("www.sx.gov.cn", {"14", "61", "3306"}, set()),
    "province-then-county": ("http://www.ahhn.gov.cn/", {"340822"}, {"43", "46"}),
    "province-then-full": ("ahhuaining.gov.cn", {"340822"}, {"34"}),
    "under-a-province": ("xz.xinhui.gov.cn", {"440705"}, set()),
}


@pytest.mark.parametrize(("address", "among", "without"), CASES.values(), ids=CASES.keys())
def test_spelt_places(address: str, among: set[str], without: set[str]) -> None:
    """A host spells places in full, by initials, or one behind the other."""
    codes = {code for place in host_places(address) for code in place.codes}
    assert among <= codes
    assert not without & codes


@pytest.mark.parametrize("address", ["www.gov.cn", "https://example.com/yongjia", "", "localhost:8000"])
def test_hosts_without_a_place(address: str) -> None:
    """Only the host counts, and its ordinary words spell no place."""
    assert host_places(address) == []
