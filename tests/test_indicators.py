"""Numbers in an office's sentences: which of them are indicators, how much they say, and of what."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numbers.indicators import find_observations
from extract.outline import Outline, Zone
from extract.records import Evidence, Observation, Role


def outline(*parts: tuple[Role, str]) -> Outline:
    """A report of the given parts, one paragraph each."""
    text, zones, start = "", [], 0
    for role, words in parts:
        text += words + "\n"
        zones.append(Zone(role, start, len(text), start))
        start = len(text)
    return Outline(text, None, Evidence(0, len(text)), (), tuple(zones))


def observe(sentence: str) -> list[Observation]:
    """The observations of a sentence among the achievements, no mechanism known."""
    return list(find_observations(outline(("achievements", sentence)), lambda start, end: None))


def amounts(sentence: str) -> list[str]:
    """Value, unit, qualifier and change of each observation, those that say nothing special left out."""
    return [
        " ".join(
            filter(None, (f"{o.value.normalize():f}", o.unit, "" if o.qualifier == "exact" else o.qualifier, o.change))
        )
        for o in observe(sentence)
    ]


def names(sentence: str) -> list[str]:
    """The name of each observation."""
    return [o.name for o in observe(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # Spellings of the number
        pytest.param("到店看货,平均5.3天结案。", ["5.3 天"], id="days to a case's end"),
        pytest.param("线上申报,平均2天答复。", ["2 天"], id="days to an answer"),
        pytest.param("登记处劝和6,980对。", ["6980 对"], id="couples"),
        pytest.param("结对帮带师徒30对,帮扶夫妻16对。", ["30 对", "16 对"], id="pairs"),
        pytest.param("劝和三百余对新人。", ["300 对 at-least"], id="couples behind"),
        pytest.param("对12个单位开展检查,先后3次对其约谈。", ["12 个", "3 次"], id="a preposition"),
        pytest.param("全年审结行政复议案件49件。", ["49 件"], id="noun before"),
        pytest.param("全年审结49件行政复议案件。", ["49 件"], id="noun behind"),
        pytest.param(
            "一般登记、抵押登记平均用时分别降至2.8个工作日和0.9个工作日。",
            ["2.8 个工作日", "0.9 个工作日"],
            id="times handed out",
        ),
        pytest.param("越级访减少了14批32人次。", ["14 批 decrease", "32 人次 decrease"], id="both fell"),
        pytest.param("案件数同比下降12.4%、15.1%。", ["12.4 % decrease", "15.1 % decrease"], id="both rates fell"),
        pytest.param("案件数同比下降12.4%,办结率98%。", ["12.4 % decrease", "98 %"], id="what follows did not fall"),
        pytest.param("接待群众3.3万余人次。", ["33000 人次 at-least"], id="wan and yu"),
        pytest.param("罚没款2449万元。", ["24490000 元"], id="money in wan"),
        pytest.param("合同标的额43.2亿元。", ["4320000000 元"], id="money in yi"),
        pytest.param("追缴税款1，234，567元。", ["1234567 元"], id="full-width thousands"),
        pytest.param("受理投诉举报1,234件,办结1,200件。", ["1234 件", "1200 件"], id="thousands beside a clause comma"),
        pytest.param("抽检合格率９８．６％。", ["98.6 %"], id="full-width per cent"),
        pytest.param("办结率百分之九十五。", ["95 %"], id="per cent in Chinese"),
        pytest.param("满意率九成八以上,参训率九成半。", ["98 % at-least", "95 %"], id="tenths and hundredths"),
        pytest.param("办结案件1 1 8 0件。", ["1180 件"], id="every digit apart"),
        pytest.param(
            "合同履约率百分之九十六点五以上。", ["96.5 % at-least"], id="Chinese decimal per cent with yishang"
        ),
        pytest.param("九成以上的纠纷化解在村组。", ["90 % at-least"], id="tenths"),
        pytest.param("近七成案件以调解方式结案。", ["70 % nearly"], id="nearly tenths before a noun"),
        pytest.param("举办法治讲座三十余场。", ["30 场 at-least"], id="Chinese tens and more"),
        pytest.param("接受法律咨询近千人次。", ["1000 人次 nearly"], id="bare thousand behind jin"),
        pytest.param("发放宣传册上百份。", ["100 份 at-least"], id="bare hundred behind shang"),
        pytest.param("百余名村民到场旁听。", ["100 名 at-least"], id="bare hundred and more"),
        pytest.param("共处以罚款两万三千四百元。", ["23400 元"], id="money in Chinese"),
        pytest.param("为群众追讨欠薪一千二百余万元。", ["12000000 元 at-least"], id="Chinese with yu before wan"),
        pytest.param("累计接收处置工单 3 583 件,办结率 98. 84%。", ["3583 件", "98.84 %"], id="blanks inside numbers"),
        pytest.param("开展巡查 103 次。", ["103 次"], id="blanks around numbers"),
        pytest.param("组建5至10人的巡逻队。", ["5 人 at-least"], id="range"),
        pytest.param("每个社区配备2-3名网格员。", ["2 名 at-least"], id="range with hyphen"),
        pytest.param("食品抽检不合格率千分之三。", ["3 ‰"], id="per mille in Chinese"),
        pytest.param("办结率百分百。", ["100 %"], id="baifenbai"),
        pytest.param("查处违法行为十几起。", ["10 起 at-least"], id="ten and some"),
        pytest.param("案件由基层法庭巡回审理二十来次。", ["20 次 about"], id="lai"),
        # Qualifiers
        pytest.param("发放资料5000多份。", ["5000 份 at-least"], id="duo"),
        pytest.param("调解成功率达98%以上。", ["98 % at-least"], id="yishang"),
        pytest.param("开展宣传不少于40场次。", ["40 场次 at-least"], id="bushaoyu"),
        pytest.param("普法受众超185万人次。", ["1850000 人次 at-least"], id="chao"),
        pytest.param("直播观看人数突破10万人。", ["100000 人 at-least"], id="tupo"),
        pytest.param("办理各类事项逾12548件。", ["12548 件 at-least"], id="yu as verb"),
        pytest.param("群众满意度不低于95%。", ["95 % at-least"], id="budiyu"),
        pytest.param("接受咨询约3,500人次。", ["3500 人次 about"], id="yue"),
        pytest.param("参加活动群众2000人左右。", ["2000 人 about"], id="zuoyou"),
        pytest.param("避免经济损失近50万元。", ["500000 元 nearly"], id="jin"),
        pytest.param("将近300名学生参加模拟法庭。", ["300 名 nearly"], id="jiangjin"),
        pytest.param("为企业节约成本60万元。", ["600000 元"], id="jieyue is no yue"),
        pytest.param("预约服务22次,签约律师12名。", ["22 次", "12 名"], id="words that end in yue"),
        pytest.param("附近12个村参加。", ["12 个"], id="fujin is no jin"),
        pytest.param("企业满意度高达99%。", ["99 %"], id="gaoda is exact"),
        # Changes
        pytest.param("行政诉讼败诉率同比下降18%。", ["18 % decrease"], id="change alone"),
        pytest.param(
            "发生刑事案件90件、同比2024年122件下降26.2%。",
            ["90 件", "26.2 % decrease"],
            id="level and change with the earlier value",
        ),
        pytest.param(
            "优秀率68.6%，较上年提高9.4个百分点。", ["68.6 %", "9.4 个百分点 increase"], id="percentage points up"
        ),
        pytest.param(
            "纠错率13.6%,下降3.2百分点。", ["13.6 %", "3.2 百分点 decrease"], id="percentage points without ge"
        ),
        pytest.param("受理复议申请213件,同比增长8.7%。", ["213 件", "8.7 % increase"], id="growth"),
        pytest.param("立案查处60件,比去年增加12件。", ["60 件", "12 件 increase"], id="count up on last year"),
        pytest.param("信访量较2023年减少35件次。", ["35 件次 decrease"], id="count down on a named year"),
        pytest.param("案件数比上年多5件。", ["5 件 increase"], id="more than last year"),
        pytest.param("减幅为17.4%。", ["17.4 % decrease"], id="the word for the change"),
        pytest.param("增幅达15.8%。", ["15.8 % increase"], id="the word for the growth"),
        pytest.param("网上办件量翻一番。", ["100 % increase"], id="doubling"),
        pytest.param("代办量增长2倍。", ["2 倍 increase"], id="times"),
        pytest.param("审批环节压减60%以上。", ["60 % at-least decrease"], id="cut by a share"),
        pytest.param("压缩审批时限62%。", ["62 % decrease"], id="object between verb and share"),
        pytest.param("发案率与去年同期相比下降百分之三十一。", ["31 % decrease"], id="Chinese share of a fall"),
        pytest.param("新增人民调解员18名。", ["18 名"], id="xinzeng is no change"),
        pytest.param("考核权重提升至15%。", ["15 %"], id="raised to is a level"),
        # From-to pairs
        pytest.param("许可事项由328项压减至271项。", ["271 项"], id="from A cut to B"),
        pytest.param("公职律师从31人增加到58人。", ["58 人"], id="from A up to B"),
        pytest.param("承诺时限由20个工作日压缩至2个工作日。", ["2 个工作日"], id="times from A to B"),
        pytest.param("出庭应诉率由71.3%提升到89.5%。", ["89.5 %"], id="rates from A to B"),
        pytest.param("执法队伍由14支归并为5支。", ["5 支"], id="merged into"),
        pytest.param("63个环节压减到40个。", ["40 个"], id="pair without from"),
        pytest.param("得分由过去的三分提高到五分。", ["5 分"], id="points in Chinese"),
        pytest.param("办理时间由原来的5天缩短为1天。", ["1 天"], id="formerly"),
        pytest.param("立案89件(上年同期122件)。", ["89 件"], id="last year in brackets"),
        pytest.param("企业开办时限压缩为4个工作小时。", ["4 个工作小时"], id="time limit reached"),
        pytest.param("平均办理用时15分钟。", ["15 分钟"], id="average time"),
        pytest.param("优良天数312天。", ["312 天"], id="count of days"),
        # Units
        pytest.param("学法10个学时。", ["10 个学时"], id="lessons"),
        pytest.param(
            "组织检查52场次、出动执法人员210人次、检查企业86家次。",
            ["52 场次", "210 人次", "86 家次"],
            id="compound units",
        ),
        pytest.param(
            "接待来访31批次,开展讲堂20课次,亮码459户次。", ["31 批次", "20 课次", "459 户次"], id="more compound units"
        ),
        pytest.param("开展宣传活动36场(次),化解信访56件(次)。", ["36 场(次)", "56 件(次)"], id="units with brackets"),
        pytest.param("PM2.5平均浓度32微克/立方米。", ["32 微克/立方米"], id="concentration"),
        pytest.param("全区48村(社区)签订服务协议。", ["48 村(社区)"], id="noun as unit with bracket"),
        pytest.param("联合12部门开展整治。", ["12 部门"], id="noun as unit"),
        pytest.param("完成35项目标。", ["35 项"], id="items of goals, not projects"),
        pytest.param("平均得分95.6分。", ["95.6 分"], id="points"),
        pytest.param("满意25票,基本满意3票。", ["25 票", "3 票"], id="votes"),
        pytest.param("拆除违建1.2万平方米,复垦耕地35亩。", ["12000 平方米", "35 亩"], id="areas"),
        pytest.param(
            "出台规章1部,编印读本3册,推送文章58篇,评查案卷320卷。", ["1 部", "3 册", "58 篇", "320 卷"], id="books"
        ),
        # Several things, several numbers
        pytest.param("参考率和优秀率均达100%。", ["100 %", "100 %"], id="two rates, one number"),
        pytest.param("参学、参考、通过率100%。", ["100 %", "100 %", "100 %"], id="shared suffix"),
        pytest.param("信访、投诉件共3200件。", ["3200 件"], id="joint total"),
        pytest.param("审核文件、合同等70余件。", ["70 件 at-least"], id="joint total with deng"),
        pytest.param("满意率分别为98.8%和99%。", ["98.8 %", "99 %"], id="respectively"),
        pytest.param("实现响应率、转办率、处理率3个100%。", ["100 %"] * 3, id="three hundreds"),
        pytest.param("实现响应率、办结率“双百分百”。", ["100 %"] * 2, id="two hundreds in quotes"),
        pytest.param("实现决策事项、合同审查双百覆盖。", ["100 %"] * 2, id="double hundred coverage"),
        pytest.param("审结12宗行政诉讼案件,实现零败诉。", ["12 宗", "0 宗"], id="none lost, in the unit counted"),
        pytest.param("行政诉讼零败诉、行政复议零纠错。", ["0 件", "0 件"], id="none twice"),
        pytest.param("直接转案源16起(其中1起不予立案)。", ["16 起", "1 起"], id="bracket with a part"),
        pytest.param("打通8个村社7个职能科室之间的链路。", ["8 个", "7 个"], id="two nouns behind"),
        pytest.param("办理52件,其中行政处罚30件、许可22件。", ["52 件", "30 件", "22 件"], id="parts of a total"),
        pytest.param("行政处罚案件（86件）、行政许可（１１７件）。", ["86 件", "117 件"], id="numbers in brackets"),
        # Chinese numerals that count
        pytest.param("年内一个村获评市级民主法治示范村。", ["1 个"], id="one village awarded"),
        pytest.param("有两份案卷被指出瑕疵。", ["2 份"], id="two files"),
        pytest.param("法治副校长走进六所学校讲课十二堂。", ["6 所", "12 堂"], id="behind a verb and at the end"),
        pytest.param("召开专题会议一次。", ["1 次"], id="one meeting at the end"),
        pytest.param("集中学法九次,聘请律师两名。", ["9 次", "2 名"], id="small counts behind their noun"),
        pytest.param("对三十份案卷逐一把脉。", ["30 份"], id="counted before its noun"),
        pytest.param("全镇十八个调解组织排查纠纷五百四十七件。", ["18 个", "547 件"], id="subject and result"),
        pytest.param("建成法治广场三处、法治长廊两条。", ["3 处", "2 条"], id="places"),
        # Divisions side by side
        pytest.param("5区4县改革任务全部到位。", ["5 区", "4 县"], id="districts and counties"),
        pytest.param("对3县2区开展督察。", ["3 县", "2 区"], id="counties and districts"),
        pytest.param("惠及三旗一市。", ["3 旗", "1 市"], id="banners in Chinese"),
        pytest.param("辖两区、三县。", ["2 区", "3 县"], id="divisions with a mark between"),
        pytest.param("全市2市7县1区完成清理。", ["2 市", "7 县", "1 区"], id="three kinds of divisions"),
        pytest.param("分解到11旗县区。", ["11 旗县区"], id="kinds run together"),
        pytest.param("将76项任务下达至14旗（县、市）。", ["76 项", "14 旗(县、市)"], id="kinds in brackets"),
        # Later levels with a bound
        pytest.param("登记由12个工作日减至4个工作日以内。", ["4 个工作日"], id="cut to within"),
        pytest.param("答复期从20天压到8天之内。", ["8 天"], id="pressed to within"),
        pytest.param("出证时间由9日缩短为不超过3日。", ["3 日"], id="shortened to no more than"),
        pytest.param("公示期由45天缩短到20天以内。", ["20 天"], id="shortened to within"),
        pytest.param("审核由十个工作日变为三个工作日内。", ["3 个工作日"], id="in Chinese to within"),
        pytest.param("抽查由每年6次降为3次以下。", ["3 次"], id="frequency cut to below"),
        pytest.param("例会由每月1次增至2次。", ["2 次"], id="frequency raised"),
        pytest.param("实训每学期不少于4次。", ["4 次 at-least"], id="frequency that is kept"),
        # Changes shared out, levels told as a comparison
        pytest.param(
            "采纳率、知晓率同比分别上升2.4、0.7个百分点。",
            ["2.4 个百分点 increase", "0.7 个百分点 increase"],
            id="unit and direction said once",
        ),
        pytest.param(
            "盗抢、诈骗警情依次下降12.5和8.1%。", ["12.5 % decrease", "8.1 % decrease"], id="one after the other"
        ),
        pytest.param(
            "纠错率、败诉率各降二点五、三个百分点。",
            ["2.5 个百分点 decrease", "3 个百分点 decrease"],
            id="each, in Chinese",
        ),
        pytest.param("履约率97%,比上年高出2个百分点。", ["97 %", "2 个百分点 increase"], id="higher than last year"),
        pytest.param("履约率97%,较去年同期低2个百分点。", ["97 %", "2 个百分点 decrease"], id="lower than a year ago"),
        pytest.param("履约率97%,高于2022年2个百分点。", ["97 %", "2 个百分点 increase"], id="above a named year"),
        pytest.param("履约率97%,超出上年2个百分点。", ["97 %", "2 个百分点 increase"], id="beyond last year"),
        pytest.param("履约率97%,高于全市平均水平2个百分点。", ["97 %", "2 个百分点"], id="above others is no change"),
        pytest.param("履约率高于上年的95%,达到97%。", ["97 %"], id="above last year's level"),
        pytest.param(
            "纠错率、败诉率较上年分别提高3个和5个百分点。",
            ["3 个百分点 increase", "5 个百分点 increase"],
            id="half a unit",
        ),
        pytest.param("履约率97%,好于上年2个百分点。", ["97 %", "2 个百分点 increase"], id="better than last year"),
        pytest.param("调解员由37名发展到64名,顾问由7人充实为12人。", ["64 名", "12 人"], id="grown from to"),
        # Bounds with a verb between, words that end in yue
        pytest.param("每组至少有4名观察员。", ["4 名 at-least"], id="at least there are"),
        pytest.param("每站最少配备2名医生,每街起码有1个岗亭。", ["2 名 at-least", "1 个 at-least"], id="at the least"),
        pytest.param("每个小区至少有一名楼长。", ["1 名 at-least"], id="at least one"),
        pytest.param("每街拥有3名以上特邀监督员。", ["3 名 at-least"], id="holds so many and more"),
        pytest.param("办案最少的只有2件。", ["2 件"], id="the fewest is no bound"),
        pytest.param(
            "签订盟约用语公约30份、合约6份、誓约3份、村规民约8部。",
            ["30 份", "6 份", "3 份", "8 部"],
            id="nouns that end in yue",
        ),
        pytest.param(
            "损失约30万元,惠及居民约300人,整合约40家。",
            ["300000 元 about", "300 人 about", "40 家 about"],
            id="yue behind what looks alike",
        ),
        # More measure words, small numbers in Chinese
        pytest.param(
            "添置巡逻车12辆（台）、冲锋舟3艘（只）。", ["12 辆(台)", "3 艘(只)"], id="second unit in brackets"
        ),
        pytest.param("配发对讲机15部、直升机2架,讲了8课。", ["15 部", "2 架", "8 课"], id="aircraft and lessons"),
        pytest.param("值班60天,驻村服务200个工作日。", ["60 天", "200 个工作日"], id="days on duty"),
        pytest.param("寄信80封,封井36眼,巡护46航次。", ["80 封", "36 眼", "46 航次"], id="letters, wells, voyages"),
        pytest.param("其中满分7人。", ["7 人"], id="those with full marks"),
        pytest.param("年终述职一次,扩建口袋公园一处。", ["1 次", "1 处"], id="one behind what was done"),
        pytest.param("拍摄短片一部,讲党课一次。", ["1 部", "1 次"], id="one made, one given"),
        pytest.param("学习行政复议法、森林法等九部法律。", ["9 部"], id="behind a list"),
        pytest.param("给新任的九名村支书上了一堂廉政课。", ["9 名", "1 堂"], id="one lesson"),
        pytest.param("委托邻县一家评估机构开展评估。", ["1 家"], id="one from elsewhere"),
        # Where numbers are not of the achievements
        pytest.param("事项由2022年的326项调整为2023年的298项。", ["298 项"], id="years inside a pair"),
        pytest.param("信访量由上年的356批1023人次下降为298批842人次。", ["298 批", "842 人次"], id="pair of pairs"),
        pytest.param(
            "满意率、办结率分别提高0.3个、1.2个百分点。",
            ["0.3 个百分点 increase", "1.2 个百分点 increase"],
            id="unit said once",
        ),
        pytest.param(
            "事故15起、死亡9人,同比分别下降25%和30.8%。",
            ["15 起", "9 人", "25 % decrease", "30.8 % decrease"],
            id="direction said once",
        ),
        pytest.param("罚了八千六百块钱。", ["8600 元"], id="colloquial money"),
        pytest.param("人均审核案件147件,低于全省200件的平均水平。", ["147 件"], id="others' average"),
        pytest.param("出庭应诉率仅为76%,距离要求的90%有差距。", ["76 %"], id="requirement to compare with"),
        pytest.param(
            "整治40天,出动人员1200人次、车辆300余台次。", ["1200 人次", "300 台次 at-least"], id="days are a period"
        ),
        pytest.param("将60项处罚权交由乡镇行使。", ["60 项"], id="jiang as ba"),
        pytest.param("梳理出拟继续有效文件3件。", ["3 件"], id="ni as attribute"),
        pytest.param("编制年度检查计划25项。", ["25 项"], id="plan as a thing"),
        pytest.param("2024年共计4项决策列入目录。", ["4 项"], id="year before the count"),
        pytest.param("3个部门反映到5个乡镇,12件诉求整改到位11件。", ["3 个", "5 个", "12 件", "11 件"], id="no pairs"),
        pytest.param("碰头会商八回,年画印了八款一万二千张。", ["8 回", "8 款", "12000 张"], id="counts behind"),
        pytest.param("八件积案啃下六件,政府合同九十三份。", ["8 件", "6 件", "93 份"], id="下 and 同 of other words"),
        pytest.param("从拿地到开工最快只用18天,打卡218天。", ["18 天", "218 天"], id="time needed, time spent"),
        pytest.param("队员平均年龄46岁,45岁以上5人。", ["46 岁", "5 人"], id="ages"),
        pytest.param("频次压减四分之一,三分之二办结。", ["25 % decrease", "66.67 %"], id="fractions"),
        pytest.param("见面率、满意率实现双百。", ["100 %", "100 %"], id="two hundreds at the end"),
        pytest.param(
            "和解约占四成,资金约莫二百万元。", ["40 % about", "2000000 元 about"], id="more ways to say about"
        ),
        pytest.param(
            "案件9件,同比上扬9%,信访锐减三成。", ["9 件", "9 % increase", "30 % decrease"], id="verbs of change"
        ),
    ],
)
def test_amounts(sentence: str, expected: list[str]) -> None:
    """Every number that says how much was done or reached is found, with its unit, qualifier and direction."""
    assert expected == amounts(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("推行一县一区一特色,推进两区一带建设。", id="one for each, a belt"),
        pytest.param("覆盖3县4市场。", id="a market is no city"),
        pytest.param("分别在1、2号楼和3、4号楼设点。", id="numbers of houses handed out"),
        pytest.param("抽查应当由2名以上人员进行,须配备3名以上审核员。", id="what ought to be there"),
        pytest.param("紧扣春耕、秋收两个时节,说到底是三个“慢”,补齐两个“短板”。", id="seasons, quoted points"),
        pytest.param("闯进全市前五名,杀入前10名,位列后十名,满分100分。", id="foremost, full marks"),
        pytest.param("一次性告知,迈上一个台阶,综合查一次。", id="more words with one"),
        pytest.param("清理一处、规范一处,化解一批、巩固一批。", id="one after the other"),
        pytest.param("网上公示30天,对10天以内能办结的事即办。", id="days that nobody was on duty"),
        # Dates, periods, order
        pytest.param("2023年12月31日前完成,2024年1月起施行。", id="dates"),
        pytest.param("二〇二一年十二月二十八日。", id="date in Chinese"),
        pytest.param("近三年持续推进,为期6个月的整治告一段落。", id="periods"),
        pytest.param("连续8年开展述法考核,三年行动收官。", id="running years"),
        pytest.param("召开第三次会议,学习十五届五中全会精神。", id="ordinals"),
        pytest.param("综合排名全市第2,位居全省前3名。", id="ranks"),
        pytest.param("印发通知（县府〔2023〕4号）。", id="document number"),
        pytest.param("落实《优化营商环境23条措施》。", id="title with a count"),
        pytest.param("9号楼、10号楼业主多次反映问题。", id="house numbers"),
        pytest.param("自第12条施行之日起。", id="article"),
        # Names
        pytest.param("用好12345热线和12315平台。", id="hotlines"),
        pytest.param("推广“139”审查模式和“1+3+N”网格体系。", id="names in quotes"),
        pytest.param("构建1+3+N网格体系、2-1-1-5-2工作法。", id="names without quotes"),
        pytest.param("落实三重一大制度和八五普法规划。", id="programme names"),
        pytest.param("推行两轻一免、首违不罚,落实三项制度。", id="short names"),
        pytest.param("严格执行行政执法3项制度。", id="three systems in a digit"),
        pytest.param("推进双随机一公开、七进活动。", id="campaign names"),
        pytest.param("处理110非警务警情。", id="police number"),
        pytest.param("镇海区ZH10-03-19地块出让。", id="plot code"),
        pytest.param("围绕3·15、12·4等节点开展宣传。", id="anniversaries"),
        pytest.param("推行“一村一法律顾问”和31证合一。", id="coined"),
        pytest.param("提供7×24小时服务,打造15分钟法律服务圈。", id="service hours"),
        pytest.param("推进岚山三期安置房建设。", id="building phase"),
        pytest.param("深化三所联动、三官一律机制。", id="three offices"),
        # Thresholds, frequencies, requirements
        pytest.param("实现10万元以上合同合法性审查全覆盖。", id="threshold in money"),
        pytest.param("对50平方米以下的小餐饮实行承诺制。", id="threshold in area"),
        pytest.param("确保5个工作日内办结。", id="time limit"),
        pytest.param("每季度召开1次例会,每月开展2次检查。", id="frequency"),
        pytest.param("每3个村共享一个调解室。", id="for every so many"),
        pytest.param("要求各单位集中学法不少于4次。", id="requirement"),
        # Plans among achievements
        pytest.param("力争办结率达到95%。", id="strive"),
        pytest.param("下一步将新建法治广场3个。", id="next step"),
        pytest.param("计划开展培训12期。", id="plan to hold"),
        pytest.param("明年拟新增调解室5个。", id="next year"),
        pytest.param("到2026年底,培育示范户300户。", id="by the end of a coming year"),
        # The report's own points, slogans, idioms
        pytest.param("在四个方面下功夫,做好以下五项工作。", id="own points"),
        pytest.param("围绕三个聚焦、做到四个亲自。", id="slogans"),
        pytest.param("坚持5个到位、3个不放过。", id="slogans in digits"),
        pytest.param("一心一意谋发展,走进千家万户,第一时间响应。", id="idioms"),
        pytest.param("推行一站式服务,形成一批、一系列成果。", id="words with one"),
        pytest.param("一方面抓学习,另一方面抓执法。", id="on the one hand"),
        pytest.param("用好一杯茶调解室,织密一张网。", id="one cup, one net"),
        pytest.param("让群众最多跑一次,实现一次办成。", id="run once"),
        pytest.param("问题一个个解决,案子一件件销号。", id="one by one"),
        pytest.param("党政一把手亲自抓,上了一个台阶。", id="the first hand"),
        pytest.param("一支队伍管执法,一枚印章管审批。", id="one team"),
        pytest.param("合同审查占比未达到百分百。", id="not reached"),
        pytest.param("半数以上乡镇完成任务。", id="half"),
        pytest.param("实现零距离服务、零容忍监管。", id="words with zero"),
        pytest.param("对罚款5000元以上、没收1万元以上的决定开展审核。", id="two thresholds"),
        pytest.param("深化四所一庭一中心工作模式。", id="four offices and a court"),
        pytest.param("全部办结,实现全覆盖,与上年持平。", id="no number"),
        pytest.param("还有四处“堵点”,落实“双百”行动。", id="quoted points of a place"),
        pytest.param("全年未发生一起“民转刑”案件,没有出现一例越级访。", id="none happened"),
        pytest.param("无一件被撤销,未再发生1起事故,从未接到一起投诉。", id="not one"),
    ],
)
def test_numbers_that_count_nothing(sentence: str) -> None:
    """Dates, names, thresholds, intentions and idioms are no indicators."""
    assert amounts(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("全年累计开展普法宣传活动68场。", ["普法宣传活动"], id="light verb drops out"),
        pytest.param("（四）接待群众来访316批次。", ["接待群众来访"], id="item in brackets"),
        pytest.param(
            "一是组织集中学习研讨16次。三是新增公益律师3名。", ["集中学习研讨", "新增公益律师"], id="first, third"
        ),
        pytest.param("8、组织法律明白人培训4期。\n1.接待投诉人216人次。", ["法律明白人培训", "接待投诉人"], id="item"),
        pytest.param(
            "开展2轮建筑施工安全督导检查,消除12处安全隐患。", ["建筑施工安全督导检查", "安全隐患"], id="安全 is no 全"
        ),
        pytest.param("覆盖31个不动产登记大厅。", ["不动产登记大厅"], id="不动产 is no slogan"),
        pytest.param("村(社区)审计12家,2场全员应急演练。", ["村(社区)审计", "全员应急演练"], id="审计 is no 计"),
        pytest.param(
            "28个执法部门生成检查二维码9015个。", ["执法部门", "生成检查二维码"], id="who and what, by a verb between"
        ),
        pytest.param(
            "排查纠纷1320件(婚姻类410件,邻里类388件,土地类275件),化解1296件。",
            ["排查纠纷", "婚姻类", "邻里类", "土地类", "化解纠纷"],
            id="behind a breakdown in brackets",
        ),
        pytest.param("摸排矛盾纠纷346起,化解338起。", ["摸排矛盾纠纷", "化解矛盾纠纷"], id="one verb for another"),
        pytest.param("立案12463宗,结案11980宗。", ["立案", "结案"], id="verbs alone"),
        pytest.param("实有经营主体11.86万户,净增7320户。", ["实有经营主体", "净增经营主体"], id="net increase"),
        pytest.param("工作室成立以来受理事项1846件。", ["受理事项"], id="since it was set up"),
        pytest.param(
            "报送立法计划建议项目5个,开展立法调研11次。", ["立法计划建议项目", "立法调研"], id="计划建议 is no plan"
        ),
        pytest.param(
            "召开党组会3次、局长办公会4次专题研究法治工作。", ["党组会", "局长办公会"], id="what a meeting was for"
        ),
        pytest.param("应诉案件18件,其中一审11件、再审2件。", ["应诉案件", "一审", "再审"], id="再审 is no 再"),
        pytest.param("出庭应诉率连续三年保持100%。", ["出庭应诉率"], id="running years drop out"),
        # What leads from one level to another
        pytest.param("应诉率从88.7%提至97.3%,好评率由六成抬到近八成。", ["应诉率", "好评率"], id="raised to"),
        pytest.param("顾问由15名增补至21名,清单从97项扩容到143项。", ["顾问", "清单"], id="any verb between"),
        pytest.param("优良率91%,比上年抬升4个百分点。", ["优良率"] * 2, id="lifted"),
        pytest.param("网上办理占比从38%升到52%,线下占比降至48%。", ["网上办理占比", "线下占比"], id="share moves"),
        pytest.param("进驻事项72项,比去年多进驻9项。", ["进驻事项"] * 2, id="more than last year, with a verb"),
        # Shares
        pytest.param("其中女性占三成。", ["女性占比"], id="share of a part"),
        pytest.param("45岁以上者占71%。", ["45岁以上者占比"], id="share of those above an age"),
        pytest.param("专职人员仅占15%,权重占5%。", ["专职人员占比", "权重"], id="only so much, a weight"),
        pytest.param("农民工案件86件,占审结数的26%。", ["农民工案件", "农民工案件占审结数比例"], id="of a whole"),
        # What was done to those counted, or what they did
        pytest.param("对5个乡镇、12个部门开展法治督察。", ["法治督察乡镇", "法治督察部门"], id="deed for each"),
        pytest.param("对9起初次违法的行为不予处罚。", ["不予处罚行为"], id="spared"),
        pytest.param("对2项已实施的决策开展后评估。", ["后评估决策"], id="relative clause before the deed"),
        pytest.param("对312份文件进行清理。", ["文件"], id="plain deed says nothing"),
        pytest.param("57名干部参加全省国家工作人员学法考试。", ["参加学法考试干部"], id="whose exam drops out"),
        pytest.param("7个镇承接处罚权86项。", ["承接处罚权镇", "承接处罚权"], id="a bare village needs its deed"),
        pytest.param("组织87人参加网上测试,选派21人到省局跟班轮训。", ["参加网上测试", "跟班轮训"], id="sent to what"),
        pytest.param("县长先后四次主持研究法治建设。", ["主持研究法治建设"], id="how often what"),
        pytest.param("镇里两次召开商户听证会。", ["商户听证会"], id="twice convened"),
        # Held and handed out, named before
        pytest.param("设起“马扎夜话”,一年开了290场。", ["“马扎夜话”"], id="held, named in quotes"),
        pytest.param("先开一张“诊疗单”,写明病灶,全年开出294张。", ["“诊疗单”"], id="handed out"),
        pytest.param("办起城管夜校,由骨干讲案例,开课24讲。", ["城管夜校"], id="opened before"),
        pytest.param("老人有事找代办员,上门代办1900件。", ["上门代办"], id="代办 is no 办"),
        pytest.param("主动公开120条。", ["主动公开"], id="公开 is no 开"),
        pytest.param("查获船只12艘,引进人才9名。", ["查获船只", "引进人才"], id="words that end in 只 and 才"),
        pytest.param("企业设立登记仅需8小时,由3名律师派到5个村。", ["企业设立登记", "律师", "村"], id="only so long"),
        pytest.param("印发年度工作要点,分解任务59项。", ["工作要点分解任务"], id="of what was drawn up"),
        pytest.param("编制重大决策事项目录,确定事项4项。", ["重大决策事项"], id="on what was drawn up"),
        # Where a noun ends
        pytest.param("35家单位主要负责人述法。", ["单位"], id="bodies, not their heads"),
        pytest.param("20名单位主要负责人述法。", ["单位主要负责人"], id="heads"),
        pytest.param("24名队员中21名取得证件。", ["队员", "队员取得证件"], id="parts of those counted"),
        pytest.param("136项业务一窗受理,19个部门没有专职人员。", ["业务", "部门"], id="adverbs end it"),
        pytest.param("19个村也有了固定的律师。", ["村"], id="no relative clause behind a subject"),
        pytest.param("其余5个问题已改,余下的3个限期改。", ["问题", "问题限期改"], id="the rest"),
        pytest.param("自查案卷320宗,局法制科复查96宗。", ["自查案卷", "复查案卷"], id="who did it drops out"),
        pytest.param("诫勉、警告各1人。", ["诫勉", "警告"], id="one each"),
        pytest.param("宣传周期间举办集市12场。", ["集市"], id="during"),
        pytest.param("为42名农民工讨回工资86万余元。", ["农民工", "讨回工资"], id="verb between two counts"),
        pytest.param("人均培训不少于60学时。", ["人均培训"], id="per head stays"),
        pytest.param("督察覆盖16个县(市、区)。", ["县(市、区)"], id="bracket of kinds"),
        pytest.param("为企业减免税费逾12亿元。", ["减免税费"], id="for whom drops out before a verb"),
        pytest.param("信访总量同比下降3%,1—11月办结信访件92件。", ["信访总量", "办结信访件"], id="months drop out"),
        pytest.param(
            "收到政府信息公开申请28件,予以公开20件,不予公开8件。",
            ["政府信息公开申请", "予以公开政府信息公开申请", "不予公开政府信息公开申请"],
            id="outcomes of one thing",
        ),
        pytest.param("我镇先后举办法治讲座12期。", ["法治讲座"], id="subject and adverb drop out"),
        pytest.param("截至目前,已发放普法读本3000余册。", ["普法读本"], id="time phrase drops out"),
        pytest.param("通过信访平台等渠道收集意见建议1200余条。", ["意见建议"], id="means drop out"),
        pytest.param("为消费者挽回经济损失118.7万元。", ["挽回经济损失"], id="for whom drops out"),
        pytest.param("按照双随机要求抽查企业1160户次。", ["抽查企业"], id="manner drops out"),
        pytest.param(
            "全年受理行政复议案件52件,审结49件。",
            ["受理行政复议案件", "审结行政复议案件"],
            id="noun supplied to a verb",
        ),
        pytest.param(
            "保留赋权事项313项,收回191项,新增18项。",
            ["保留赋权事项", "收回赋权事项", "新增赋权事项"],
            id="noun supplied twice",
        ),
        pytest.param(
            "受理纠纷417件,涉及金额500万元,调解成功410件。",
            ["受理纠纷", "涉及金额", "调解成功纠纷"],
            id="noun supplied past a sum",
        ),
        pytest.param("优秀率68.6%，较上年提高9.4个百分点。", ["优秀率", "优秀率"], id="change takes the level's name"),
        pytest.param(
            "新登记市场主体21,845户，较上年增长12.5%。", ["新登记市场主体"] * 2, id="growth takes the level's name"
        ),
        pytest.param("许可事项由328项压减至271项，压减幅度为17.4%。", ["许可事项"] * 2, id="pair and its change"),
        pytest.param("罚没金额同比减少6.4%。", ["罚没金额"], id="comparison drops out"),
        pytest.param("法律顾问由5人增加到9人。", ["法律顾问"], id="from drops out"),
        pytest.param("群众满意度达98%以上。", ["群众满意度"], id="reached drops out"),
        pytest.param("涉及金额总计980余万元。", ["涉及金额"], id="in total drops out"),
        pytest.param("组织89名干部职工参加考试。", ["参加考试干部职工"], id="people behind"),
        pytest.param("对24份涉企文件开展公平竞争审查。", ["公平竞争审查涉企文件"], id="object of dui"),
        pytest.param("随机抽查5家行政主体的29份行政许可案卷。", ["行政主体", "行政许可案卷"], id="chain of de"),
        pytest.param("152个行政村全部聘有法律顾问。", ["行政村"], id="adverb ends the noun"),
        pytest.param("其中8个议题因审查未过关被退回。", ["议题"], id="reason ends the noun"),
        pytest.param("协调解决群众反映强烈的30件难题。", ["难题"], id="noun behind the number"),
        pytest.param("梳理12个亟待解决的问题。", ["亟待解决的问题"], id="relative clause"),
        pytest.param("帮助19家市场主体融资2449万元。", ["市场主体", "融资"], id="noun, then verb and sum"),
        pytest.param("1026名人民调解员受理纠纷2387件。", ["人民调解员", "受理纠纷"], id="subject and result"),
        pytest.param("走进六所学校讲课十二堂。", ["学校", "讲课"], id="place and deed"),
        pytest.param("参考率和优秀率均达100%。", ["参考率", "优秀率"], id="rates split"),
        pytest.param("参学、参考、通过率100%。", ["参学率", "参考率", "通过率"], id="rates with shared suffix split"),
        pytest.param(
            "公众参与、专家论证等程序履行率100%。", ["公众参与、专家论证等程序履行率"], id="list with deng stays"
        ),
        pytest.param(
            "在赋码率、签章率以及准确率等指标上,完成率均为100%。",
            ["赋码率", "签章率", "准确率"],
            id="rates named before",
        ),
        pytest.param(
            "办理建议118件、提案203件,办结率均为100%。", ["建议", "提案", "办结率"], id="one rate over two counts"
        ),
        pytest.param(
            "办复代表建议86件、政协提案102件,满意率分别为98.8%和99%。",
            ["代表建议", "政协提案", "代表建议满意率", "政协提案满意率"],
            id="respectively over counts",
        ),
        pytest.param("办结率、满意率分别达到98%、99%。", ["办结率", "满意率"], id="respectively over rates"),
        pytest.param("信访、投诉件共3200件。", ["信访、投诉件"], id="joint name"),
        pytest.param("实现响应率、转办率、处理率3个100%。", ["响应率", "转办率", "处理率"], id="three hundreds"),
        pytest.param("行政诉讼零败诉。", ["行政诉讼败诉"], id="none of what"),
        pytest.param(
            "执法队现有队员19人,其中12人取得执法证。", ["执法队队员", "执法队队员取得执法证"], id="part with its deed"
        ),
        pytest.param("“政企早餐会”举办52期。", ["“政企早餐会”"], id="verb behind the name"),
        pytest.param("建成“法治小院”12个。", ["“法治小院”"], id="name in quotes"),
        pytest.param("行政处罚案件(86件)。", ["行政处罚案件"], id="name before the bracket"),
        pytest.param("行政复议方面,受理52件。", ["行政复议受理"], id="topic before"),
        pytest.param("组织开展规范性文件清理,废止11件。", ["废止规范性文件"], id="deed before"),
        pytest.param("3个村获评省级民主法治示范村。", ["省级民主法治示范村"], id="award is the name"),
        pytest.param("学法考试有560人次参加。", ["学法考试"], id="verb behind people"),
        pytest.param("减免500万元税费。", ["减免税费"], id="sum between verb and noun"),
        pytest.param(
            "将41个问题分解到12个部门,已整改39个。", ["问题", "部门", "整改问题"], id="bystander lends no noun"
        ),
        pytest.param(
            "审结52件(含上年结转5件),其中维持21件。", ["审结", "含上年结转", "维持"], id="aside lends no noun"
        ),
        pytest.param("查处食品类案件213件,占比45.6%。", ["查处食品类案件", "查处食品类案件占比"], id="share of what"),
        pytest.param("建成省级示范村5个、市级22个。", ["省级示范村", "市级示范村"], id="level alone"),
        pytest.param("培训法务人员4批次230余人次。", ["培训法务人员"] * 2, id="two units, one thing"),
        pytest.param(
            "饮用水水源地12个,8个水源地达标率100%。",
            ["饮用水水源地", "水源地", "水源地达标率"],
            id="count and rate behind it",
        ),
        pytest.param(
            "开展执法领域突出问题整治,排查整改问题11条。", ["排查整改执法领域突出问题"], id="fuller noun before"
        ),
        pytest.param("发放宣传资料 2 000 余份。", ["宣传资料"], id="blanks"),
        pytest.param("履约率97%,比上年高出2个百分点。", ["履约率"] * 2, id="higher takes the level's name"),
        pytest.param("案件212件,履约率升至97%、同比提高4个百分点。", ["案件", "履约率", "履约率"], id="nearest level"),
        pytest.param("采纳率、知晓率同比分别上升2.4、0.7个百分点。", ["采纳率", "知晓率"], id="shared out"),
        pytest.param("采纳率、知晓率双双达到100%。", ["采纳率", "知晓率"], id="both of them"),
        pytest.param("采纳率、知晓率皆为100%。", ["采纳率", "知晓率"], id="all of them"),
        pytest.param("楼宇企业86家,比去年净增12家。", ["楼宇企业"] * 2, id="net growth"),
        pytest.param("平均办理时长由76天降到58天以内。", ["平均办理时长"], id="time of handling"),
        pytest.param("例会由每月1次增至2次。", ["例会"], id="frequency drops out"),
        pytest.param("提交材料从平均9份降到4份以内。", ["提交材料"], id="average drops out"),
        pytest.param("知晓率97%,较全省平均高2个百分点。", ["知晓率", "知晓率较全省平均高"], id="compared with others"),
        pytest.param("每街至少有巡查员3名。", ["每街巡查员"], id="at least drops out"),
        pytest.param("制定自治公约9条,签订合约6份。", ["自治公约", "签订合约"], id="nouns that end in yue"),
        pytest.param("制定规章15件,向市人大备案14件。", ["规章", "备案规章"], id="given to whom"),
        pytest.param("排查险情50处,已改48处。", ["排查险情", "已改险情"], id="mended"),
        pytest.param("聚焦危化企业、管线排查险情50处。", ["排查险情"], id="aim drops out"),
        pytest.param("编制年度立法项目目录,列入6件。", ["列入立法项目"], id="on a list"),
        pytest.param("平安创建纳入绩效考评,占8分。", ["平安创建"], id="part of a rating"),
        pytest.param("8名站（所）长登台述法。", ["站(所)长"], id="bracket within a post"),
        pytest.param("给九名村支书上了一堂廉政课。", ["村支书", "廉政课"], id="lesson behind people"),
        pytest.param("26项下放职权中有9项闲置。", ["下放职权", "闲置"], id="among them"),
        pytest.param("40个巡查点位里,有3个长期离线。", ["巡查点位", "长期离线"], id="among them, behind"),
        pytest.param("排查出的险情中,整改41处。", ["整改排查出的险情"], id="among those found"),
        pytest.param(
            "清理文件30件,30件里面修改4件、废止9件。",
            ["清理文件", "清理文件", "修改文件", "废止文件"],
            id="said again, then its parts",
        ),
        pytest.param("尚志市查处案件12件。", ["尚志市查处案件"], id="a place called so"),
        pytest.param("尚有260万元工程款没有付清。", ["工程款"], id="still"),
        pytest.param("审查协议40份,标的3,170万元。", ["审查协议", "标的"], id="the sum in question"),
        pytest.param("在册职权4,862项,比改革前少了203项。", ["在册职权"] * 2, id="less than before"),
        pytest.param("交办问题93个,到年底整改88个。", ["交办问题", "整改问题"], id="by the end of the year"),
        pytest.param("任务72项,去年底已销号61项。", ["任务", "销号任务"], id="at its end"),
        pytest.param("一年下来办结案件12件。", ["办结案件"], id="in the year"),
        pytest.param("9名所长当着班子的面述法。", ["所长"], id="before whom"),
    ],
)
def test_names(sentence: str, expected: list[str]) -> None:
    """An indicator has the name of what it counts, in the report's words, without light verbs and adverbs."""
    assert expected == names(sentence)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            "类别 收案（件） 纠错率\n行政复议 52 14.3%\n合计 1,085 15%",
            ["行政复议收案 52 件", "行政复议纠错率 14.3 %", "合计收案 1085 件", "合计纠错率 15 %"],
            id="a row a line, units in the header",
        ),
        pytest.param(
            "单位：件\n项目\n受理\n审结\n复议\n52\n49\n诉讼\n33\n30",
            ["复议受理 52 件", "复议审结 49 件", "诉讼受理 33 件", "诉讼审结 30 件"],
            id="a cell a line, unit above",
        ),
        pytest.param(
            "| 序号 | 项目 | 数量 |\n| 1 | 规范性文件 | 12件 |\n| 2 | 罚没款 | 35.2万元 |",
            ["规范性文件 12 件", "罚没款 352000 元"],
            id="bars, ordinals, units in the cells",
        ),
        pytest.param(
            "项目 单位 厅本级 合计 比上年\n罚没款 万元 21,460.2 21,778.7 增长3.9%\n移送案件 件 65 1,067 持平",
            [
                "罚没款厅本级 214602000 元",
                "罚没款合计 217787000 元",
                "罚没款 3.9 %",
                "移送案件厅本级 65 件",
                "移送案件合计 1067 件",
            ],
            id="a column for the unit",
        ),
        pytest.param(
            "事项 2023年 2024年\n行政处罚（件） 120 130", ["行政处罚 130 件"], id="the latest year of several"
        ),
        pytest.param(
            "指标 数值 增长（%）\n办件金额（万元） 35 12",
            ["办件金额 350000 元", "办件金额增长 12 %"],
            id="money and change",
        ),
        pytest.param(
            "项目 2025年 同比\n复议 1,286件 增长21.4%\n败诉率 8.9% 下降1.7个百分点\n应诉率 99.1% 持平",
            ["复议 1286 件", "复议 21.4 %", "败诉率 8.9 %", "败诉率 1.7 个百分点", "应诉率 99.1 %"],
            id="changes in cells of their own",
        ),
        pytest.param(
            "指标 本年 上年 同比增减\n收案（件） 35 30 +16.7%",
            ["收案 35 件", "收案 16.7 %"],
            id="signs, the year before",
        ),
    ],
)
def test_tables(table: str, expected: list[str]) -> None:
    """A table's numbers have row and column for their name, and the row for their evidence."""
    assert [f"{o.name} {o.value} {o.unit}" for o in observe(table)] == expected


def test_what_a_number_in_a_table_measures_is_told_by_its_column() -> None:
    """Its column comes before its row; where neither names a mechanism, none is told."""
    told = outline(("achievements", "县区 普法 检查\n甲县 12场 3件\n乙县 4场 5件"))
    known = {"普法": "普法", "检查": "检查"}
    found = find_observations(told, lambda start, end: known.get(told.text[start:end]))
    assert [each.mechanism for each in found] == ["普法", "检查"] * 2


@given(
    st.lists(
        st.sampled_from(
            [
                *"由从其中共达为占分别同比下降增长零双百()、,。；\n件人次%年月 ",
                "3个100%",
                "1,234",
                "三十余",
                "2024年",
                "案件",
                "审结",
            ]
        )
    )
)
def test_any_jumble_is_read(pieces: list[str]) -> None:
    """Whatever stands in a text, every observation has a name, a unit and a quote from it."""
    text = "".join(pieces)
    for observation in observe(text):
        assert observation.name and observation.unit
        assert observation.evidence.of(text + "\n").strip()


def test_numbers_of_plans_are_no_indicators() -> None:
    """Shortcomings and duties count, plans do not."""
    report = outline(
        ("achievements", "受理52件。"),
        ("responsibility", "主持学法5次。"),
        ("deficiencies", "有3个所没有办案。"),
        ("plans", "开展讲座4场。"),
    )
    assert [Decimal(52), Decimal(5), Decimal(3)] == [
        o.value for o in find_observations(report, lambda start, end: None)
    ]


def test_evidence_is_the_clause() -> None:
    """The evidence of a number is its clause, thousands separators and brackets inside."""
    sentence = "全年受理投诉1,234件(其中重复3件),办结率99%。"
    assert [o.evidence.of(sentence) for o in observe(sentence)] == ["全年受理投诉1,234件(其中重复3件)"] * 2 + [
        "办结率99%"
    ]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        pytest.param("审结49件", "of-clause", id="clause"),
        pytest.param("行政复议", "of-sentence", id="sentence"),
        pytest.param("（三）化解争议", "of-heading", id="heading"),
        pytest.param("无关", None, id="nothing"),
    ],
)
def test_mechanism_is_named_nearby(named: str, expected: str | None) -> None:
    """The mechanism is the clause's, else the sentence's, else the paragraph's."""
    report = outline(("achievements", "（三）化解争议。行政复议受理52件,审结49件。"))

    def measure(start: int, end: int) -> str | None:
        return expected if named in report.text[start:end] else None

    assert expected == list(find_observations(report, measure))[-1].mechanism


def test_a_heading_beside_says_nothing_of_a_number() -> None:
    """Behind the own paragraph's heading those above it are asked, not the one that the paragraph before had."""
    report = outline(
        ("achievements", "（三）规范行政执法。\n1.抓复议。受理52件。\n2.抓巡查。出动320人次。\n（四）其他。走访35次。")
    )

    def measure(start: int, end: int) -> str | None:
        return next((word for word in ("复议", "执法") if word in report.text[start:end]), None)

    assert [o.mechanism for o in find_observations(report, measure)] == ["复议", "执法", None]


def test_neighbours_in_one_clause_have_their_own_mechanisms() -> None:
    """Of two things counted in one clause each number takes the mechanism that its own words name."""
    report = outline(("achievements", "召开听证会2场、专家论证会4场。"))

    def measure(start: int, end: int) -> str | None:
        named = {word for word in ("听证会", "论证会") if word in report.text[start:end]}
        return named.pop() if len(named) == 1 else None

    assert [o.mechanism for o in find_observations(report, measure)] == ["听证会", "论证会"]


def test_unsure_rules_say_so() -> None:
    """A number that a rule had to supply is less than certain."""
    assert [o.confidence for o in observe("审结12宗案件,实现零败诉。")] == [1.0, 0.9]
