"""The words by which offices say what a part, or a passage, of a report is for."""

import re

from extract.records import Role

# 需要上级支持的事项, 恳请省厅协调解决的问题, 意见建议; not 办理代表建议.
_OTHER = re.compile(
    r"其他(?:需要|方面|事项|情况|说明)|需要?(?:报告|说明|关注)的|^附件"
    r"|(?:(?<!急)需要?|恳请|请求|提请|希望|盼|请)[^，。]{0,8}(?:支持|协调|帮助|帮扶|明确|倾斜|解决)[^，。]{0,4}(?:事项?|问题|方面|困难)$"
    r"|(?:^|[、.．)）分 　])(?:几点|有关|相关|工作|政策|对上级的?)?(?:意见|诉求)?[和与及、]?(?:建议|诉求)(?:事项)?$"
)
# 一、基本情况 with the office's staff and sections under it.
_SELF_PORTRAIT = re.compile(r"基本情况|概况|(?:单位|机构)(?:简介|情况)")
_STAFF = re.compile(r"内设|编制|在编|主要职责|下设|下辖|下属|辖区面积")
_RESPONSIBILITY = re.compile(
    r"第一责任人|主要负责(?:人|同志)|主要领导|党政(?:一把手|“一把手”)|一把手.{0,6}履"
    r"|(?:书记|[省市县区镇乡]长|主任|局长|厅长|领导班子)[^，。]{0,8}(?:抓|履|推进|带头|述法)"
)
_LEADERSHIP = re.compile(r"组织领导|领导责任|关键少数|责任落实|组织保障")
FAULTS = (
    r"(?:不足|毛病|软肋|欠账|问题|短板|差距|薄弱|弱项|困难|欠缺|瓶颈|挑战|难点|短[腿处]|弱处|硬伤|硬骨头|缺憾|亏欠"
    r"|(?:脸红|汗颜|惭愧|羞愧|揪心|头疼|挠头|着急|不满意|不放心|放心不下)的(?:地方|事|环节|方面))"
)
# 还差什么 / 哪些事没干好 / 还有几道坎
_DEFICIENCIES = re.compile(
    rf"{FAULTS}|差在|还差|不到位|不够|没(?:有)?(?:做|办|干|抓|管|守|走)[好到牢稳]|失分|欠火候|[拖掉](?:后腿|链子)|不如人意|[仍还尚](?:然)?有[^，。]{{0,4}}[道个块笔][坎结账]"
    r"|还不(?:行|好|硬|细|实|到家)|家丑|揭短|亮丑|挑[^，。]{0,4}刺|欠[着下][^，。]{0,6}账"
)
# 突出问题专项整治, 坚持问题导向, 上年度反馈问题整改情况: work on problems, not shortcomings of one's own.
_WORK_ON_FAULTS = re.compile(
    r"问题(?:导向|整改|整治)|(?:解决|破解|整治|整改|化解|突破|回应).{0,10}(?:问题|难点|困难)|(?:补[齐强足上]|啃下|攻克|消除)(?!的)[^，。]{0,8}(?:短板|弱项|不足|硬骨头)|(?:解决|回应|破解)[^，。]{0,10}的(?:事|地方|环节)|整改(?:情况|落实|成效)|困难群众|亲自"
)
# 聚焦企业急难愁盼问题, 紧盯重点难点, 破难点、疏堵点, 锻长板、补短板, 克服困难: what an office set itself against. Only
# where the text below does not go on to admit anything: 聚焦突出短板 may head the shortcomings, too.
_SET_AGAINST = re.compile(
    r"(?:聚焦|紧盯|紧扣|[盯看]牢|盯[住准]|瞄准|直[击奔]|针对|围绕|着[眼力]|破(?!绽)|疏|攻(?:坚|破)?|锻|补|克服|化解|缓解|纾解?|防范|[整根]治|攻坚|关注|狠?抓[住好]?|打通|啃|解决?)"
    rf"(?:(?!存在|还有|仍|尚|方面|中的|上的)[^，。；：]){{0,10}}?{FAULTS}+"
)
# 发现问题43个, 解答430个问题, 收集困难问题143条: counted, they are others' or have been seen to.
_COUNTED_FAULTS = re.compile(
    rf"{FAULTS}{{1,2}}(?:线索)?[ 　]?\d[\d,.]*(?:余|多)?[个件条项处起]|(?<!存在)(?<!存在的)(?<!还有)\d[\d,.]*(?:余|多)?[个件条项处起类][^，。；]{{0,6}}{FAULTS}"
)
_FUTURE = r"(?:展望|谋划|着眼|面向)[^，。]{0,4}未来|未来(?:工作|打算|计划|安排|思路|规划|一年|[一三五两]年)|^[^\u4e00-\u9fff]*未来$"
_PLANS = re.compile(
    rf"下一步|下步|下阶段|下一阶段|下一年|明年|来年|今后|新的?一年|{_FUTURE}|展望|打算|设想|努力方向|改进(?:措施|方向|举措)"
    r"|(?<!强化|细化|优化|落实|完善|统筹|科学|周密|严密|做好|抓好|加强)(?:工作|主要|重点)(?:安排|计划|谋划|思路)|计划$|安排$"
)
# 2025年重点任务; 2024年法治建设重点工作 is no plan in a report on 2024.
_OF_YEAR = re.compile(r"(20\d\d)年.{0,16}?(?:计划|安排|思路|重点|(?<!远景)目标|举措|部署|要点)")
# 四、2025年怎么干, 展望2025年, 2025年，我们这样干; not 迎接2025年全国运动会.
_OF_LATER_YEAR = re.compile(
    r"^[^\u4e00-\u9fff\d]*(?:[一二三四五六七八九十]{1,3}[、.．)） ]+|\d{1,2}[、.．)）] *)?(20\d\d)年"
    rf"|(20\d\d)年(?:度?$|.{{0,16}}?(?:打算|设想|任务|工作|怎么|怎样|如何))|{_OF_YEAR.pattern}"
)
# 《法治政府建设实施纲要（2021—2025年）》: the years that a document is for.
_TITLED = re.compile(r"《[^》]*》|[（(]\d{4}[^（）()]*[）)]")
_DONE = re.compile(r"(?:情况|成效|成果|回顾|总结|进展|完成)$")


def role_of_heading(heading: str, beginning: str = "", year: int | None = None) -> Role:
    """The role that a heading announces; `beginning` is how the part's text begins, `year` the year reported on.

    A heading that names shortcomings and plans at once counts as shortcomings; its passages are told apart later.
    """
    if _OTHER.search(heading) or (_SELF_PORTRAIT.search(heading) and _STAFF.search(beginning)):
        return "other"
    if _names_faults(heading, beginning):
        return "deficiencies"
    if _RESPONSIBILITY.search(heading) or (_LEADERSHIP.search(heading) and _opens_on_leaders(beginning)):
        return "responsibility"
    if (_PLANS.search(heading) or _is_of_next_year(heading, year)) and not _DONE.search(heading):
        return "plans"
    return "achievements"


def _is_of_next_year(heading: str, year: int | None) -> bool:
    """Whether a heading is of a year behind the one reported on; where that is not known, one with plans for a year."""
    said = _TITLED.sub("", heading)
    if year is None:
        return bool(_OF_YEAR.search(said))
    return any(int(each) > year for found in _OF_LATER_YEAR.findall(said) for each in found if each)


def _names_faults(heading: str, beginning: str) -> bool:
    """Whether a heading announces shortcomings of the office's own, and not what it did against faults."""
    said = _COUNTED_FAULTS.sub("", heading)
    if _WORK_ON_FAULTS.search(said):
        return False
    if not SHORTCOMING_CUE.search(beginning):
        said = _SET_AGAINST.sub("", said)
    return bool(_DEFICIENCIES.search(said))


def _opens_on_leaders(beginning: str) -> bool:
    """Whether a text's first sentence is on what the leaders do: 组织保障 may name their duties among much else."""
    return bool(_RESPONSIBILITY.search(beginning.lstrip("。：: 　\n").partition("。")[0]))


# 把暴露出来的问题写进下一版预案, 反映出的问题全部整改: seen to.
_SEEN_TO = r"[，,、]?(?![^，,。；]{0,3}[需要应待])[^，,。；]{0,4}?(?:(?:逐[一个条项]|一一|立即|及时|全部|均|都|已)?[^，,。；]{0,6}(?:整改|解决|销号|办结|补[上齐]|写[进入]|[纳列]入|交办)|形成[^，。]{0,4}(?:清单|台账|方案))"

# A sentence that turns to the office's own shortcomings:
#   但仍存在一些薄弱环节 / 也有不小差距 / 还面临不少困难      存在的主要问题是 / 不足之处主要有
#   清醒地看到 / 深刻认识到                                   短板也不少 / 差距仍然明显
SHORTCOMING_CUE = re.compile(
    rf"(?<!是否)(?:仍|还|也|尚|依然|但|却)(?:然|旧)?(?:客观)?(?:存在|有|面临)(?:着)?[^，,。；;]{{0,16}}?{FAULTS}(?!.{{0,4}}(?:整改|得到|逐一))"
    rf"|(?<![对将])(?:存在|面临)(?:的|着)?(?:主要|突出|一些|以下)*{FAULTS}(?:(?:和|与|及|、){FAULTS})*(?:主要)?(?:有|是|为|如下|表现|体现|集中|反映|[:：])"
    rf"|(?:清醒|深刻|客观|冷静)地?(?:看到|认识到|意识到|认识)(?!.{{0,10}}(?:重要|意义|必要))"
    rf"|(?:但|但是|同时|不过|也|还|更)(?:要|应|应当|必须|需要|须)?看到(?:[，,]|[^，,。]{{0,14}}{FAULTS})"
    rf"|(?:短板|不足|差距|弱项|欠缺)(?:也|仍|还|依然|仍然|同样|就)(?:不少|较多|很多|突出|明显|不小|较大|存在|客观|明摆着|摆在|看得见|显而易见|不容(?:忽视|回避|乐观))"
    rf"|不足(?:之处)?(?:主要)?(?:有|是|在于|表现|体现)|(?:暴露|反映|显露|折射)(?:出|了)+[^，。]{{0,10}}{FAULTS}(?!{_SEEN_TO})|(?:短板|不足|毛病|欠账|软肋)也(?!得到|已|逐步)"
)

# A sentence that turns to the coming year: 下一步，我街将… / 针对上述问题，明年将… / 打算：…
PLAN_CUE = re.compile(
    r"^[ 　]*(?:下一步|下步|下一阶段|下阶段|明年|来年|今后|接下来|新的一年|下一年度)"
    r"|^[ 　]*(?:(?:下一步|下步|整改|改进)?(?:的)?(?:打算|对策|措施|举措|努力方向|安排|计划))[：:]"
    rf"|^[ 　]*(?:针对|围绕|对于|对照|对)(?:上述|以上|这些|存在的|前述)[^，,]{{0,8}}{FAULTS}[^。]{{0,16}}(?:将|下一步|明年|拟)"
    r"|^[ 　]*\d{4}年[，,]?[^。，,]{0,12}(?:我们?[\u4e00-\u9fff]?|街道|管委会|[市县区镇乡局]里|全[\u4e00-\u9fff])[^。]{0,6}将"
)

# 疏通之策：/ 破解办法：/ 明年怎么改：, behind a shortcoming: what is planned against it.
ANSWER_LABEL = (
    r"[ 　]*(?:下一?步|明年|今后|我们|拟|整改|改进|改善|疏通|补救|开出|破解|破题|破局|化解|解决|应对|补短|补齐|提升|纠偏|努力|的)*"
    r"(?:之策|之道|之举|对策|良策|良药|良方|药方|处方|打算|措施|举措|办法|招法|招数|路径|方向|思路|安排|计划"
    r"|怎么[改办补干]|如何[改办补干]|对症下药|改进|整改)[：:]"
)
# … or 对此，我局将…: among shortcomings.
ANSWER_CUE = re.compile(
    rf"{PLAN_CUE.pattern}|^{ANSWER_LABEL}|^[ 　]*(?:对此|为此|就此)[，,][^。]{{0,12}}(?:将|拟|打算|计划|准备)"
)

# What makes a wording name a fault: 不够, 欠缺, 薄弱, 单一, 有待提高, 走过场 …
FAULT = re.compile(
    r"不(?!断|仅|少于|但|论|止|动产)|没有|没能|未(?!成年|来)|缺|欠|薄弱|偏|弱|仅|只有|停留在|停在|浮在|挂在嘴|较少|太少|人少|多.{0,12}少|点多|过[高低少粗于简]|差|滞后|脱节|单一|单薄|空白|盲区"
    r"|短板|有待|亟待|需(?:要)?(?:进一步|继续|持续|不断|加)|[仍还尚]需|难|淡薄|松|粗|老化|老旧|参差|脱离|流于|走过场|走形式|两张皮|瓶颈|淡化"
    r"|模糊|潦草|迟缓|缓慢|慢半拍|时有发生|突出|低|重[^，]{1,8}轻|紧张|紧缺|紧巴|捉襟见肘|分散|断层|断档|交叉|推诿|空泛|冷热|习惯|满足于|零散|散乱|问题|困难|堵点|死角|欠账"
    r"|图省事|怕麻烦|温差|变形|走样|打折扣|同质化|千篇一律|老一套|老套|老观念|空转|卡壳|梗阻|各自为|重复|随意|机械|照搬|生硬|漏洞"
    r"|笼统|匮乏|贫乏|稀缺|吃紧|拮据|陈旧|老旧|敷衍|打架|无人|有快有慢|快慢不一|不一"
)
# Not, or no longer, a shortcoming: 未发现…, 已全部整改, 再没有出现, 并非…
_NO_FAULT = re.compile(
    r"(?:没有|未|无|再没有)(?:出现|发现|发生|存在)|^[^，,]{0,6}(?:不能说|并非|不是没有)|不再(?:列入|存在|出现)"
    r"|已(?:经|于[^，。]{1,10})?(?:彻底|全面|全部|基本)?(?:整改|解决|化解|得到|完成|清零|补齐|销号|纠正|更新|消除)"
    r"|(?<![没未][有能])(?<!未)(?:全部|基本|彻底)(?:整改|解决|补齐|清零)"
)
# 未发现违法决策，但个别制度未及时修订: what counts stands behind the turn.
_TURN = re.compile(r"[，,；;](?:但|不过|然而|只是)是?")


def is_no_fault(words: str) -> bool:
    """Whether a sentence says that something is not, or no longer, a shortcoming, and names none behind a 但."""
    if not _NO_FAULT.search(words):
        return False
    *before, behind = _TURN.split(words)
    return not before or not FAULT.search(behind) or bool(_NO_FAULT.search(behind))
