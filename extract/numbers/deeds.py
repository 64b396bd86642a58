"""What was done to those that a number counts, or what they did: the words behind their noun that tell them apart."""

import re

from extract.numbers.context import Place
from extract.numbers.phrases import clean, thing_before, without_adverbs

# 对5个乡镇、12个部门开展法治督察, 对9名村民不予处罚.
_TOWARD = re.compile(r"(?:^|[^应核反比配校面针])对(?![照接标比外])[^,。;对]{0,40}$")
_DONE_TO = re.compile(
    r"(?:开展|进行|实施|作出|作了|给予|作)了?(?!率)((?:(?!的)[\u4e00-\u9fff]){2,10}?)(?:决定|工作)?$|((?:不予|免予|免于|从轻|减轻)[\u4e00-\u9fff]{0,6}处罚|免罚)$"
)
# 7个镇承接处罚权, where the noun alone says too little.
_DID = re.compile(
    r" ?[\u4e00-\u9fff](?:均|都|也|已|全部|全年|在[^,。;、]{2,12}[中上里内])*(?![的和与及等级由因经按把将被]|派驻)((?:(?!的)[\u4e00-\u9fff“”]){4,16})(?=[,。;\d]|$)"
)
# 清理, 调整 say no more than that something was done.
_PLAIN_DEED = re.compile(r"^.{0,3}(?:[清梳管办处]理|处置|整改|调整|检查)$|并")
# 89名干部职工参加全省国家工作人员学法考试: in what, but not whose.
_TAKING_PART = re.compile(
    r"[^,。;\d]{0,30}?(参加)(?:[^,。;\d]{0,16}(?:人员|干部|全[国省市州县区旗]|[省市州县区]里|[省市州县区]级|”))?"
    r"([\u4e00-\u9fff]{0,12}?(?:考试|测试|竞赛|轮训|培训))(?!率|合格|班)"
)
# 组织89人参加考试, 选派5名到市局跟班: what they did stands behind.
_SENT = re.compile(
    r"(?:组织|选派|抽调|抽取|择取|选取|选定|挑选|推荐|安排|动员|邀请|帮助|协助|督促|推动|从中|其中|派出|派|请|让|又|还|并)+"
)
# 县长先后四次主持常务会议研究…, 镇里两次召开听证会: what was done so often stands behind.
_REPEATED = re.compile(r"(?:先后|前后) ?$")
_CONVENED = re.compile(r"(?:召开|举办|举行|召集)[^,。;]{2,}")
_MARK = re.compile(r"[,。;()]")
_WHERE = re.compile(r"^(?:到|赴|在|进入|走进|向)[^,。;]{2,20}?(?=跟班|轮训|[参学挂锻接听现旁作])作?")


def deed(place: Place, noun: str) -> str:
    """What was done to those counted, or what they did: 对5个乡镇开展[法治督察], 12名干部[参加学法考试], 7个镇[承接权限]."""
    if done := _TAKING_PART.match(place.rest):
        return "".join(done.groups())
    if _TOWARD.search(place.led) and not place.rest.lstrip().startswith("的"):
        done = _DONE_TO.search(place.rest)
        return done[1] or done[2] if done and not _PLAIN_DEED.search(done[1] or "") else ""
    did = _DID.match(place.after) if len(noun) == 1 else None
    return without_adverbs(did[1]) if did else ""


def done_behind(place: Place, thing: str) -> str:
    """The deed that a number without a noun counts: 组织27人[参加执法资格考试], 两次召开[听证会]; `thing` stands before it."""
    repeated = _REPEATED.search(place.before) or (place.quantity.unit == "次" and _CONVENED.match(place.after))
    if not repeated and not _SENT.fullmatch(thing):
        return ""
    done = _WHERE.sub("", without_adverbs(clean(_MARK.split(place.after)[0])))
    return (thing_before(done) if repeated else "") or done
