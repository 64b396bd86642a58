"""Cutting phrases without a parser: where a counted noun ends, and what an office wraps around it.

`noun_behind` takes the counted thing behind a number (3家[执法单位]对…), `thing_before` the one before it
([审结行政复议案件]49件). All text is folded.
"""

import re
from functools import lru_cache

from extract.guarded import begun
from extract.numbers.directions import EARLIER, TURNS
from extract.numbers.numerals import ABOUT

# Verbs and adverbs that end a noun phrase behind a number, whatever stands around them.
_PLAIN_STOPS = (
    "参加 参与 参训 参会 参赛 参评 参学 参考 进行 开展 列入 纳入 获评 获得 获批 荣获 通过 接受 达到 组成 建成 完成 实现 落地 享受 取得 签订 签署 聘有 聘请 配备 "
    "配齐 设立 设置 入选 受到 给予 予以 作出 提出 形成 提交 移交 移送 退回 上报 要求 反映 来访 到场 到课 到会 到岗 听讲 听课 投入 运用 运行 运转 入驻 进驻 上线 "
    "启动 保留 收回 下放 交由 承接 实行 实施 推行 成立 组建 涉及 属于 位于 来自 担任 兼任 当选 报名 融资 讲课 授课 受理 办结 审结 调处 处置 办理 解决 共议 议定 "
    "采纳 修订 修改 宣布 宣告 撤销 驳回 维持 召开 举办 提供 发放 发送 发出 派发 印制 制发 编发 受益 受惠 惠及 覆盖 帮助 开设 开办 开通 打造 建立 健全 完善 落实 推进 "
    "推动 促进 加强 强化 提升 提高 增加 减少 下降 上升 增长 缩短 压缩 占比 具有 具备 持有 拥有 存在 发生 出现 发现 查办 处以 责令 督促 约谈 问责 支持 述法 做到 办成 "
    "走进 深入 前往 报送 报备 录入 接入 联网 会商 互认 响应 追回 挽回 讨回 追讨 要回 拿回 避免 减免 听取 专题研究 专题听取 专题部署 专题审议 专题调度 免费 当面 现场 全部 全面 全程 全年 分别 同时 共同 集中 统一 逐一 逐个 逐项 一律 一并 及时 按时 "
    "按期 限期 先后 成功 顺利 如期 累计 总计 共计 合计 其中 包括 包含 尚未 未能 就地 随机 主动 积极 依法 严格 切实 充分 亟待 正在 最快 最短 吊销 暂扣 收缴 没收 缴纳 下达 上了 讲了 单独 亲自 轮流 登台 排名 位列 评为 连续 领取 申领 增强 确保 实地 得到 得以 引导 动员 邀请 选派 抽调 派驻 承担 协助 配合 拿到 赋予 分解 登录 登台 上台 书面 专题述法 逐条 逐家 逐户 逐人 轮值 派员 驻园 驻村轮 至今 迄今 依然 仍然 同步 常态化 会前 年底 年终 岁末 挂牌 启用 免予 免于 免罚 清理出 提前 重新 当众 当堂 专门 一站 一窗 一网 一家 啃下 拿下 攻下 不少于 列为 作为 认定 确定 签收 取消 生成 认领 制定 梳理 件件 事事 个个 项项 人人 户户 条条 里面 里头 当着"
)
# Those that are part of other words: what may not stand before them, what may not follow.
_STOPS = {
    "化解": ("", "率|方案"), "调解": ("", "员|组织|委|室|案|协议|队|中心|工作|志愿|专家|法|能手|平台"), "整改": ("", "通知|意见|建议|措施|任务|问题|事项|台账"),
    "处理": ("", "决定|意见"), "备案": ("", "件|审查"), "公开": ("", "栏|信息|目录|平台"), "发布": ("", "会"), "使用": ("", "单位|权|者"), "试点": ("为", "单位|企业|村|社区|镇|项目"),
    "组织": ("解会党层济业仁群团", "生活|机构|负责"), "罚款": ("", "案|决定"), "立案": ("", "件"), "查处": ("", "件"), "执行": ("", "案|款|局"), "规范": ("", "性|化"), "创建": ("", "工作"),
    "服务": ("律务民", "对象|中心|站|点|窗|事项|专员|队|团|大厅|机构|平台|热线|所|企业"), "失效": ("", "文"), "废止": ("", "文"), "公示": ("", "栏"), "公布": ("", ""), "持证": ("", "人|执"), "研究": ("", "会|所|院|生|成果|课题|报告|室|中心|员|项目|基地"), "申请": ("", "人|书|材料|事项|量|表|件|案|执行"),
    "负责": ("", "人"), "编制": ("", "人员|内|外|数|总"), "主持": ("", "人"), "指导": ("", "员|意见|性|案例|中心|书"), "牵头": ("", "人|单位|部门"),
    "签约": ("", "率|律"), "追究": ("", "案"), "赔偿": ("", "案|款"), "有效": ("", "投诉"), "自查": ("", "报"), "互查": ("", ""), "制作": ("", ""),
    "不": ("", "动产|当|良|满|合格|法|正|明|规范|稳"), "全": ("安健齐完保周", "科|国|省|市|县|区|镇|民|体|域|媒|员"), "无": ("", "证|障|人|照|害"), "未": ("", "成年|来"), "共": ("公", "享|青|产|有|建"),
    "共有": ("公", "产|制|权|物"), "按": ("", "摩|键|揭"), "坐班": ("", "律|人|点|制"), "坐诊": ("", "律|专|医|人|点"), "委托": ("受", "事项|单位|书|合同|机构|执法|方|人"), "只": ("船一", ""), "且": ("", ""), "没": ("", "收|落"), "要": ("需重主必", "求|件|点|素|案|闻|道|情"), "作": ("工合著创动运操协制写农耕劳", "业|品|用|为|风|者|家|物|坊|日|案|战|法|息|文"),
    "均": ("平人户", ""), "办": ("街主法督承经协代综委政党信外侨台举局站所科部治改", "公|事|法|件|案"), "开": ("公展召", "放|发"), "讲": ("宣演", "座|师|堂|话"), "送": ("报配", "达"), "做": ("", ""), "签": ("", "名"),
    "占": ("", "道|地"), "有": ("所国公私持享", "关|限|效|序"), "并": ("合兼", "购"), "都": ("首", "市"), "已": ("", ""), "也": ("", ""), "还": ("", "款|贷"), "曾": ("", ""), "仍": ("", ""),
    "获": ("", ""), "予": ("", ""), "因": ("原", "素"), "仅": ("", ""), "是": ("", ""), "为": ("行作成人认设", "民"), "对": ("应核比反面针校", "象|接|策|口|标"), "与": ("参", "会"), "在": ("存潜现实所内", "建|岗|编|职|校|册|线|逃|押"),
    "由": ("自理缘事经", ""), "从": ("服", "业|事"), "到": ("达得报签", "期"), "被": ("起", "征|告|申请|执行|审计|监"), "将": ("", "军"), "把": ("一", "关"), "于": ("关由处限位属", "都"), "给": ("", "排水"),
    "以": ("", "上|下|内|外"), "经": ("", "营|济|办|费|验|开"), "向": ("方", ""), "让": ("", ""), "使": ("", "用|馆"), "走": ("", "访"), "赴": ("", ""), "进": ("", "口|度|一步|出"), "等": ("", "级|次|候"),
}  # fmt: skip


def _bounded(word: str, before: str, behind: str) -> str:
    # At the very end a word of two characters is a noun: 19项检查规范, 80次上门服务.
    behind = f"{behind}|$" if behind and len(word) > 1 else "$" if len(word) > 1 else behind
    return (f"(?<![{before}])" if before else "") + word + (f"(?!{behind})" if behind else "")


_STOP = begun("|".join((*_PLAIN_STOPS.split(), *(_bounded(word, *bounds) for word, bounds in _STOPS.items()))))
# A phrase goes up to a mark or a bracket, but for the brackets of 村(社区) and 乡(镇).
_RUN = re.compile(
    r" *的?(?P<phrase>(?:[^,。;:!?()\n]+|\((?:(?:镇|乡|县|街道?|社区|居|区|市|办|农?场|局|所|室|村|组|旗|州|园|站)、?)+\))*)"
)
_NOUN_BEGINS = re.compile(r"[\u4e00-\u9fff“《A-Za-z\d]")
_RELATION = re.compile(
    r"(?:和|及|与)[^和及与]*之间.*$|(?:之间|以来|以后|之后|时).*$|“[^“”]*”式.*$|(?<=[\u4e00-\u9fff])(?:(?<![高初集其职适])中|当中|里头|里面)$"
)
_RELATIVE = re.compile(r"([^,、的]{2,16})的(?!是|有)([\u4e00-\u9fff“”]{2,})")
# “政企早餐会”[举办]52期, “夜话”[开了]154场, but 上门代办.
_DONE_BEHIND = re.compile(
    r"(?<=[”\u4e00-\u9fff])(?:举办|开办|召开|已办|(?<![可代帮督交承协查经主会能即必要])办|开展|发放|进行|落地|(?<![公召展打敞])开)了?$"
)
# 每村[至少有]网格员3名.
_AT_LEAST = r"(?:(?:至少|起码)(?:[配建设拥]?有)?|最少[配建设拥]?有)"
# 排查出的隐患中, 下放处罚权中有, 事项里: among what was named.
_AMONG = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:(?<![高初集其职适市])中|当中|之中|(?<![公邻乡海])里|里[头面])(?:共|仅|还|就)?有?$"
)
_ADVERB_WITHIN = re.compile(
    rf"(?<=[\u4e00-\u9fff]{{2}})(?:现有|共有|累计|总共|先后|全年|{_AT_LEAST}|(?<![公一总])共(?!享|青|产|同|有|建|治|性|和|服))(?=[\u4e00-\u9fff]{{2}})"
)
_JOINT = re.compile(r"(?:、|和|及|以及|与|或)\s*$")
# Things that many phrases count: behind one, the next word is another thing's (六所学校讲课十二堂).
_COMMON_NOUNS = re.compile(
    r"(?:中小)?学校|企业|社区|行政村|村社?(?![民支干医警主书两调委级规集企小史庄部])|部门|单位|群众|干部职工|干部|案件|问题|项目|律师|村民|居民|党员|商户|市场主体|经营主体|乡镇(?:\(街道\)|街道)?|街道|机构|家庭|人员|工作人员|网格员|志愿者|学生|师生"
)
_SHORT_NOUNS = frozenset("村镇乡县市区州校局所站课案组店")
_PEOPLE_UNITS = frozenset(("名", "人", "位", "家", "户", "余名"))

_TIME_WORD = (
    r"(?:19|20)\d\d年(?:度|全年|以来|上半年|下半年|底)?|(?:\d{1,2}月?[-—~至到])?\d{1,2}月(?:份|底|\d{1,2}日)?(?:以来|起|,)?|同比(?=[\u4e00-\u9fff]{2})|截[至止]?(?:到|至)?(?:目前|当前|年底|今年|本年|\d+月底?|20\d\d年)*底?|(?:自[^,、]{1,10}|[\u4e00-\u9fff]{2,8})以来(?=[\u4e00-\u9fff])|自[^,、]{1,10}以来|"
    r"[^,。;、:]{2,14}?(?:期间|前后|(?<=[日节周月])当[天日周])(?=[\u4e00-\u9fff])|今年以来|一年来|今年|本年度?|全年|年内|年度(?!检|计)|年末|目前|当前|现(?![有场行任存役])|近[一二三两]?年来?|上半年|下半年|一年(?:下来|到头|(?!一))|期间|共?累计|累积|共计|合计|总计|总共|先后|陆续|分别|分批|已经|已(?!改$)|共有|共|其中|另外|此外|同时|另有|另|"
    r"其余的?|余下的?|结果为|当?中(?![小心国央医学等低高])|里[头面]|(?:到|至)?[去今本当]?年[底末]|尚(?=有|欠|存|需|待|余|$)|还有|还|又|也|再(?![审生造])|并且|并|且|但是|但|而|却|仍|以及|及(?![时格])|和|与|或|,|、|:|;|\(|\)|-|—|·|为此|据统计|较好|成功(?=[\u4e00-\u9fff]{2})|及时(?!率)|依法(?![行治])|依规|定期|不定期|常态化|持续(?!有)|深入(?!推)|扎实|广泛|认真|全面(?!依法)|严格(?!规)|"
    r"有序|积极|主动(?!公开)|切实|大力|重点(?!事|领|项|工|任|企|案|人|单|行|区|场|问|群|部|地)|着力|有效(?!投)|集中(?!学|培|连|供|整|攻|轮)|统一|随机|逐[件份项个条宗一户]|直接(?=受|办|答)|顺利|全力|稳步|多渠道|多形式"
)
_REGION = r"(?:我|全|本|该)(?:国|省|市|州|县|区|旗|镇|乡|街道?|局|委|办|厅|系统|域|科|所|队|单位)(?:各级各部门|各级|各地|各部门|上下)?(?:(?=[\u4e00-\u9fff“])|$)"
# （四）接待群众…, 一是组织…, 8、…: the item that a number stands in.
_ORDINAL = (
    r"\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)|[一二三四五六七八九十]{1,3}(?:、|是)|\d{1,2}(?:、|\.(?!\d))|[①-⑳]"
)
_HEAD = re.compile(rf"^[ ]*(?:(?:{_ORDINAL})|(?:{_TIME_WORD})|{_AT_LEAST}|{_REGION})")
# Verbs that say no more than that something was done; behind them stands the thing.
_LIGHT = (
    "开展了?|举办了?|召开了?|举行了?|发放了?|分发|派发|印发|下发|制发|编印|印制|张贴|悬挂|发送|推送|出具了?|提供了?|进行了?|实施了?|发出了?|送出|下达|上报并处置|接收处置|研提|提出了?|收集到?|收到了?|"
    "填报|报送|撰写|处理了?|办理了?|办复|承办|形成了?|组织实施|组织开展|组织召开|组织举办|安排部署|颁发|核发|制定出台|制定了?|出台了?|组建了?|成立了?|设立了?|建成了?|建立了?|培养|培育|打造|聘请|聘任|配备|配齐|配发"
)
_LIGHT_ANYWHERE = re.compile(
    rf"(?:{_LIGHT})(?=[^,。;]{{2,}}$)(?!的|成效|情况|时[限间长]|期限|周期|率|量|数|占比|比[例重]|登记|过程|工作中|单位|机关|部门|机制|制度)"
)
_LIGHT_HERE = re.compile(
    rf"^(?:{_LIGHT}|组织(?!部|生活)|安排|举办|实行|实现|推行|推出|参加|采取|完成|使得?|让|有(?!效|关|限))(?!率|度|占比|比[例重]|时[限间长]|期限|周期)"
)
_PREPOSITION = re.compile(
    r"^(?:按照|按(?!时|期|规|月|季|需)|通过|依托|根据|依据|利用|围绕|聚焦|紧盯|结合|针对|借助|采取|借|以|在|为|对|向|与|同|经|由|针对|就|从(?![轻重宽严])|将|把|给|替|帮助|协助|会同|联合)(?!案|件|审)"
)
# 向市政府备案15件: to whom; what was given stands before.
_GIVEN = re.compile(r"^(?:向|报|给)[^,。;、]{2,12}?(?=(?:备案|报备|报送|上报|提交|移交|移送|反馈|推送|交办)$)")
_ACTION = re.compile(
    r"受理|审结|办结|办理|抽查|检查|审查|审核|化解|调解|调处|处置|查处|排查|整改|挽回|追回|备案|上报|评查|巡查|走访|接待|移送|惠及|服务|解决|签订|开具|作出|下发|播放|推送|接受|参加|采纳|征集|发布|公开|解答|设立|设置|安装|开办|核查|督办|交办|立案|减免|减轻|节约|追讨|讨回|争取|破获"
)
_NAMED_OBJECT = re.compile(
    r"^(?![对因])([^,。;把将]{2,10}?)(?:挂进|纳入|列入|写入)|[把将]([^,。;]{2,14}?)(?:挂进|纳入|列入|写入|作为|提高|提升|融入|嵌入|压缩|缩短)"
)
# What leads from the thing to its number: 达到, 共, 为, 由…增至, 较上年下降.
_TURN = rf"(?:{TURNS}|少了|多了|变|控制|稳定|保持|增|升|降|减|(?<!积)压|缩|扩|涨)"
# Verbs that lead to a level with to alone: 提至98%, 壮大到41人; not 落到3个村.
_MOVED = r"(?:提|抬|跃|攀|跌|涨|砍|推进|增补|增聘|增配|扩容|扩编|壮大|拉升|爬升|蹿升|压降|拓宽|延伸)"
_LEAD = begun(
    rf"""(?:(?:由|从|原|自)?(?:原来|原先|过去|此前|之前|改革前|去年|上年|年初|最初|法定)?的?
  | (?:由|从)(?:平均|[年月日周人户]均) | (?:由|从)[\d.,]+[万亿余多]*(?:个|件|名|%)?
  | {_TURN}(?:了|到了?|至|为|成|在|幅度|比例|率)* | {_MOVED}(?:到了?|至)
  | (?:与|和|较|比|同)?{EARLIER}(?:相比)?(?:高出?|低|多[^,。;、\d]{{0,2}}|少(?!年|数)[^,。;、\d]{{0,2}})? | 同比(?:多出?|少) | (?:[高低好优]于|[高超多]出|[高超]过){EARLIER}
  | (?:增|降|减|涨|升)幅(?:度)? | (?:压减|压缩|下降|增长|减少|缩减)(?:的)?(?:幅度|比例|率)
  | (?:同比|相比|对比)?{EARLIER}(?:的|为|水平)? | 同比 | 环比 | 相比 | 平均(?=$)
  | (?:最[快短长慢](?:[仅只才]*[需用花要]了?)?|[仅只才]+[需用花要]了?) | [高低]于 | 不超过 | 每(?:个?季度?|个?月|半?年|周|天|日|个?学期) | (?<!不)(?:达到|达|共计|合计|总计|累计|总共|共有|共|已有|现有(?=$)|有|为|是|仅有?|只有|(?<![人户])均|都|皆|双双|同为|各|分别|高达|多达|{ABOUT}|大约|近|超过|超|逾|突破|不少于|不低于|至少|起码|已经|已|了|到|至|的|等|计|则|占(?=$)|就|更是|也|在|持续|继续|始终|一直|连续(?:[一二两三四五六七八九十\d]+年)?|、|:|-|—|,|\(|“|"|实现|(?<!岁)以上|先后|前后|仅)
    )\ *$""",
    re.VERBOSE,
)
_UNSTRIPPED = re.compile(
    r"(?:新增|总数|次数|人数|户数|件数|总量|数量|用时|公里数|天数|等待|现有|原有|原告|(?<![由从])平均|报到|比例|占比|同等|所有|行为|作为|人次|参与|目的|标的|赋予|给予|收到|接到|达到率|审计|会计|统计|设计|(?<![\u4e00-\u9fff])净增)$"
)


@lru_cache(maxsize=64)  # asked for what a number claims, and for what it counts
def noun_behind(after: str, unit: str) -> str:
    """The counted thing at the beginning of the text behind a number; empty where it stands elsewhere.

    `after` goes up to the next number or the end of the clause.
    """
    run = _RUN.match(after)
    text = _JOINT.sub("", run["phrase"]) if run else ""
    if not _NOUN_BEGINS.match(text):
        return ""
    if relative := _relative(text, unit):
        return relative
    stop = _STOP.search(text)
    noun = (text[: stop.start()] if stop else text).strip(" 、")
    noun = _RELATION.sub("", noun)
    owner = noun.partition("的")[0]
    if owner != noun and (_COMMON_NOUNS.fullmatch(owner) or owner in _SHORT_NOUNS):
        noun = owner
    noun = noun.removesuffix("的")
    return noun if len(noun) > 1 or noun in _SHORT_NOUNS else ""


def _relative(text: str, unit: str) -> str:
    """12个[亟待解决的问题], 30件群众反映强烈的问题: a clause before 的 and the thing behind it."""
    match = _RELATIVE.match(text)
    if not match or not (stop := _STOP.search(match[1])) or (stop.start() > 0 and unit in _PEOPLE_UNITS):
        return ""
    if match[1][: stop.start()] in _SHORT_NOUNS:
        return ""  # 19个村也有了固定的律师
    end = _STOP.search(match[2])
    thing = match[2][: end.start()] if end else match[2]
    return f"{match[1]}的{thing}" if len(thing) >= 2 or thing in ("事", "案") else ""


def performed(clause: str) -> str:
    """What a clause without a number says was done: 组织开展[专题学习]; empty where no light verb says so."""
    light = _LIGHT_ANYWHERE.search(clause)
    return re.sub(r"(?:工作|活动|行动|清理)$", "", thing_before(clause)) if light else ""


def common_noun(text: str) -> str:
    """The everyday noun that a text begins with: 学校 of 学校讲课."""
    match = _COMMON_NOUNS.match(text)
    return match[0] if match else ""


def thing_before(before: str) -> str:
    """What the words before a number say it counts or measures; empty where they are nothing but adverbs."""
    name = without_adverbs(without_lead(_closed_up(before)))
    if given := _GIVEN.match(name):
        return name[given.end() :]
    if preposition := _PREPOSITION.match(name):
        actions = list(_ACTION.finditer(name, preposition.end() + 1))
        if actions and not _LIGHT_ANYWHERE.search(name) and len(name) - actions[0].start() > 2:
            name = name[actions[0].start() :]
    for match in reversed(list(_LIGHT_ANYWHERE.finditer(name))):
        if not _in_quotes(name, match.start()):
            name = name[match.end() :]
            break
    if (light_here := _LIGHT_HERE.match(name)) and len(name) - light_here.end() >= 2:
        name = name[light_here.end() :]
    name = _DONE_BEHIND.sub("", name) if len(name) > 4 else name
    name = without_adverbs(_ADVERB_WITHIN.sub("", name)).strip(" 、")
    return name if name.endswith("标的") else name.strip("的")


def without_lead(text: str) -> str:
    """The text without what leads over to its number: 优秀率达 → 优秀率, 罚没金额同比下降 → 罚没金额."""
    text = text.rstrip()
    while not _UNSTRIPPED.search(text) and (match := _LEAD.search(text)) and match.start() < len(text):
        text = text[: match.start()].rstrip()
    return text


def without_adverbs(text: str) -> str:
    """The text without dates, 全年, 共, 其中, 我市 and the like before its noun."""
    while (match := _HEAD.match(text)) and match.end():
        text = text[match.end() :]
    return text.strip()


def object_of_ba(text: str) -> str:
    """把[法治建设得分]挂进考核, [法治建设]纳入考核: the thing that a clause without a number is about."""
    match = _NAMED_OBJECT.search(text)
    return (match[1] or match[2]) if match else ""


def clean(text: str) -> str:
    """A name as it is shown: without blanks, stray marks and 中; of quotation marks and brackets only whole pairs stay."""
    text = _AMONG.sub("", _closed_up(text).strip("、,。;:-—·"))
    for opening, closing in ("“”", "()"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text


def _closed_up(text: str) -> str:
    """The text without its blanks."""
    return "".join(text.split())


def _in_quotes(text: str, position: int) -> bool:
    return text.count("“", 0, position) > text.count("”", 0, position) or text.count("《", 0, position) > text.count(
        "》", 0, position
    )
