"""Which wordings speak of a mechanism, which do not, and what status a report gives it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.matching import fold, folded_words
from extract.mechanisms import _matcher, find_adoptions, find_mentions, name_mechanism
from extract.outline import Outline, Zone
from extract.records import Evidence, Role
from ontology.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
LABELS = [(concept.id, label) for concept in VOCABULARY.mechanisms.values() for label in concept.labels]
TRAPS = [(concept.id, trap) for concept in VOCABULARY.mechanisms.values() for trap in concept.traps]
# What stands around a label must not make a longer word with it.
SURROUNDINGS = st.sampled_from(["", "甲乙丙。", "  \n", "“", "丁戊己；"])

# Ways in which offices put it, set apart by ；.
WORDINGS = {
    "first-responsible-person": "区长切实担负起法治政府建设首要责任，重要工作亲自部署、重大问题亲自过问；镇党委书记严格履行推进法治建设第一责任人职责；主要领导对法治重点任务亲自督办",
    "report-on-law": "组织12名镇街党委书记开展年终述法；将依法行政情况列入领导干部述职内容；局党组成员在述职述廉述法会上作汇报；班子成员年底在局务会上述法",
    "rule-of-law-committee": "调整充实全面依法治县委员会组成人员；成立以镇长为组长的依法行政工作领导小组；县委依法治县办牵头抓总、统筹协调；召开区委全面依法治区委员会执法协调小组会议；召开地委全面依法治地委员会会议；盟委全面依法治盟委员会第三次会议审议了计划",
    "annual-report": "按期向县人大常委会报告上年度法治政府建设情况并在网站公布；严格落实法治政府建设年度报告制度；2023年度法治政府建设年度报告已于3月底前向社会公开；向区人大常委会报告法治建设年度情况",
    "rule-of-law-appraisal": "将法治建设成效纳入高质量发展综合绩效考核；把依法行政情况作为领导班子年度考核的重要内容；制定法治政府建设考核细则，强化考核结果运用；学法成绩与年度奖金挂钩",
    "rule-of-law-inspection": "开展法治政府建设实地督察，下发督察意见书；市委依法治市办来我县开展法治督察，反馈问题8个；对各乡镇法治政府建设推进情况进行督促检查",
    "demonstration-campaign": "积极争创全国法治政府建设示范县；获评省级法治政府建设示范单位称号；组织申报法治政府建设示范项目2个",
    "leaders-study-law": "县政府常务会议会前学法6次；局党组理论学习中心组集体学习《民法典》《行政处罚法》4次；举办领导干部法治专题讲座2期；组织机关干部参加依法行政专题培训班",
    "law-exam": "全局126名干部参加年度学法用法考试，合格率100%；组织开展国家工作人员法律知识测试；开展无纸化学法用法及考试工作",
    "court-observation": "组织干部职工走进法庭旁听案件审理；开展行政诉讼庭审观摩2次；组织50余人到区法院旁听行政案件；组织干部收看庭审直播3场；分批到法院听庭",
    "must-know-law-list": "建立领导干部应知应会党内法规和国家法律清单；制定国家工作人员应知应会法律目录",
    "rule-of-law-thought-study": "把习近平法治思想作为干部培训必修课；持续深入学习宣传贯彻习近平法治思想",
    "rule-of-law-work-plan": "印发《2023年全面依法治县工作要点》；制定年度法治政府建设工作计划，细化任务分工；年初下发依法行政工作要点，明确25项任务；年初印发工作要点，分解任务64项；要点印发到各站所",
    "power-list": "动态调整部门权责清单并向社会公布；编制公布乡镇权力清单和责任清单；全面梳理履职事项清单，厘清权责边界",
    "approval-reform": "深化“放管服”改革，取消行政许可事项3项；承诺办理时限压缩至法定时限的30%；推行容缺受理、延时服务；精简办事材料86份，减少环节42个",
    "one-thing-once": "推进“高效办成一件事”重点事项落地；新生儿出生、开办企业等15项“一件事”集成办理；实现群众办事最多跑一次",
    "one-network-service": "政务服务事项网上可办率达98%；依托全省一体化政务服务平台实现跨省通办；推动高频事项“掌上办”“指尖办”",
    "one-window": "推行“一窗受理、集成服务”模式；镇便民服务中心进驻事项126项；设置综合窗口，实行无差别受理",
    "commitment-system": "全面推行证明事项和涉企经营许可事项告知承诺制；以承诺方式代替证明86件；推行信用承诺审批",
    "business-environment": "持续打造市场化法治化国际化营商环境；制定优化营商环境十条措施",
    "fair-competition-review": "对26件政策措施开展公平竞争审查；落实公平竞争审查制度，纠正存在排除限制竞争内容的文件2件",
    "policy-cleanup": "对妨碍统一市场和公平竞争的政策措施开展清理；组织清理涉及民营经济发展的政策文件；开展涉企规范性文件专项清理",
    "enterprise-legal-checkup": "组织律师服务团深入企业开展法治体检32次；上门为企业排查法律风险点45个；开展“法律服务进企业”活动",
    "enterprise-service-officer": "落实领导干部包联企业制度；为重点项目配备服务专员；当好服务企业的“店小二”",
    "inclusive-prudent-regulation": "落实轻微违法行为不予处罚清单；对首次违法且危害后果轻微的依法不予行政处罚23件；实施包容审慎监管",
    "credit-regulation": "推进以信用为基础的新型监管机制，开展信用修复；将12家企业列入经营异常名录；加强失信联合惩戒",
    "negative-list": "严格执行市场准入负面清单；落实“非禁即入”",
    "value-added-service": "建成企业综合服务中心，提供政策、金融等增值服务；推进政务服务增值化改革",
    "normative-document-management": "严格行政规范性文件制定程序；出台规范性文件4件，均履行“三统一”程序",
    "normative-document-filing": "规范性文件及时向县人大常委会报送备案；报备规范性文件5件，报备率100%",
    "normative-document-cleanup": "对现行有效的规范性文件进行全面清理，废止3件；宣布失效文件12件",
    "legislative-participation": "对《某省养老服务条例（草案）》提出修改意见12条；发挥基层立法联系点作用；配合市人大开展立法调研",
    "major-decision-procedure": "严格执行重大行政决策程序规定；坚持科学决策、民主决策、依法决策",
    "major-decision-catalogue": "编制公布2023年度重大行政决策事项目录；将3项决策纳入年度决策目录管理",
    "legality-review": "文件合法性审核率100%；凡提交会议研究的议题均由司法所先行审查把关，对决策事项出具意见；对各类文件进行合法性审查68件",
    "contract-review": "审核政府合同45份；对各类合同、协议开展合法性审查；合同签订前由法律顾问审查把关；律师看合同56份，改正条款9处",
    "legal-adviser": "聘请2名执业律师作为常年法律顾问；充分发挥法律顾问参谋助手作用；外聘律师事务所为镇政府提供法律服务",
    "government-lawyer": "现有公职律师6名；充分发挥公职律师在涉法事务中的作用",
    "public-participation": "通过网站公开征求社会公众意见；召开听证会2次；广泛听取社会各界意见建议",
    "expert-review": "组织专家论证3次；邀请专家对方案进行评审论证",
    "risk-assessment": "对重大项目开展社会稳定风险评估；严格落实重大决策风险评估机制",
    "collective-decision": "重大事项由党政班子集体研究决定；落实“三重一大”制度；提交政府常务会议集体审议",
    "post-decision-evaluation": "开展重大行政决策后评估1项；对决策执行情况进行跟踪评估",
    "three-enforcement-systems": "全面推行行政执法“三项制度”；落实执法公示、执法全过程记录、重大执法决定法制审核制度",
    "enforcement-disclosure": "及时公示行政处罚、行政许可信息；执法主体、权限、依据等信息在门户网站公示；落实行政执法公示制度",
    "enforcement-recording": "为执法队员配备执法记录仪20台；做到执法全过程留痕和可回溯管理；执法过程全程录音录像；配齐记录仪52台，人手一台",
    "major-enforcement-review": "对重大执法决定进行法制审核36件；召开案件审理会8次，对重大行政处罚案件集体讨论；重大行政处罚决定均经法制机构审核",
    "comprehensive-enforcement": "整合组建镇综合行政执法队；深化综合行政执法体制改革；推进“一支队伍管执法”",
    "delegated-powers": "承接县级下放行政处罚权78项；动态调整赋权乡镇事项目录；将部分县级行政执法权限下放至乡镇；用好下沉职权，办案36件",
    "enforcement-certification": "现有持有行政执法证人员23名；组织32人参加行政执法资格考试；严格落实执法人员持证上岗制度",
    "enforcement-training": "组织执法人员参加业务培训5次；开展行政执法大练兵、大比武活动；对执法队员进行集中轮训",
    "case-file-review": "开展行政处罚案卷评查2次；抽查行政执法案卷30份；自查案卷90卷，整改瑕疵12处；逐季调阅案卷，通报问题",
    "discretion-benchmark": "严格执行行政处罚裁量基准；规范行政处罚自由裁量权",
    "double-random": "开展双随机、一公开检查56次；采取“双随机”方式抽查企业",
    "combined-inspection": "推行“综合查一次”；合并检查事项，避免多头重复检查，统筹制定涉企检查计划",
    "joint-enforcement": "会同公安、市场监管等部门开展联合执法12次；与派出所、自然资源所协同开展执法行动",
    "enforcement-supervision": "加强行政执法监督；下发行政执法监督通知书3份，纠正不规范执法行为",
    "code-inspection": "执法人员入企检查“亮码”率100%；推行“扫码入企”",
    "enterprise-quiet-days": "设立“企业宁静日”；每月1日至20日为企业安静生产期",
    "tiered-inspection": "根据信用风险分级分类确定抽查比例；对企业实行差异化监管",
    "enforcement-quality-action": "深入开展提升行政执法质量三年行动；开展规范涉企行政执法专项行动；开展行政执法突出问题专项整治",
    "soft-enforcement": "推行柔性执法，采取说服教育、劝导示范等方式；推广说理式执法文书；坚持处罚与教育相结合",
    "off-site-supervision": "运用无人机开展非现场执法；推行非现场监管",
    "compliance-guidance": "向企业发放合规经营指引；推行事前合规指导，发出行政合规建议书12份",
    "criminal-linkage": "向公安机关移送涉嫌犯罪案件3件；完善行政执法与刑事司法衔接机制",
    "emergency-plan": "修订完善防汛抗旱应急预案；编制各类突发事件应急预案8个",
    "emergency-drill": "组织开展森林防火应急演练3次；举行防汛桌面推演",
    "emergency-response": "健全突发事件应对机制；组建应急救援队伍，储备应急物资",
    "hazard-screening": "排查安全隐患236处，整改率100%；开展安全生产大检查12次；检查燃气用户560户，消除隐患37个",
    "peoples-mediation": "调委会调解纠纷126件，调解成功率98%；选优配强专职人民调解员",
    "diversified-resolution": "健全矛盾纠纷多元化解机制；完善访调、诉调、警调对接机制；整合司法所、派出所、综治等力量联动化解矛盾纠纷",
    "fengqiao-experience": "坚持和发展新时代“枫桥经验”；创建“枫桥式”司法所",
    "administrative-reconsideration": "办理行政复议案件3件；发挥行政复议化解行政争议主渠道作用",
    "administrative-mediation": "开展行政调解56件",
    "litigation-source-governance": "深化诉源治理，推进诉前调解；万人成诉率持续下降",
    "petition-rule-of-law": "推进信访工作法治化；化解信访积案6件；受理群众来信来访事项136件，办结率100%",
    "leader-reception": "落实领导干部接访下访制度；领导班子成员轮流接待来访群众；县领导包案化解重点信访案件",
    "grid-governance": "划分基础网格86个，配备专兼职网格员",
    "dispute-screening": "常态化开展矛盾纠纷排查；摸排各类矛盾纠纷235起；滚动排查涉稳风险隐患",
    "shared-court": "建成共享法庭12个",
    "conflict-centre": "推进综治中心规范化建设；依托县矛调中心一站式化解纠纷",
    "hotline-12345": "办理12345政务服务便民热线工单；落实“接诉即办”机制",
    "non-police-diversion": "承接110非警务类警情分流处置",
    "public-legal-service": "完善公共法律服务体系；镇公共法律服务工作站全年接待咨询",
    "community-legal-adviser": "实现村（社区）法律顾问全覆盖；落实一村（居）一法律顾问制度；各村均与律师事务所签约，律师每月到村坐班",
    "legal-aid": "办理法律援助案件58件",
    "leader-court-appearance": "行政机关负责人出庭应诉率100%；镇长出庭应诉2次",
    "litigation-response": "全年行政诉讼案件4件；加强和改进行政应诉工作",
    "judicial-advice": "办理检察建议3件，按期回复率100%；认真落实司法建议",
    "npc-cppcc-oversight": "办理人大代表建议12件、政协提案8件；自觉接受人大监督和民主监督；定期向人大报告工作，接受代表评议",
    "discipline-oversight": "主动接受纪检监察机关监督；配合做好巡察整改",
    "audit-oversight": "自觉接受审计监督；对3名领导干部开展经济责任审计",
    "government-openness": "主动公开政府信息1200条；推进政务公开标准化规范化",
    "disclosure-on-request": "受理依申请公开12件",
    "public-supervision": "畅通群众投诉举报渠道；主动接受社会监督和舆论监督；接到群众举报18起，查实11起",
    "accountability": "严格落实行政执法责任追究制度；对3名不作为干部进行问责",
    "government-integrity": "加强政务诚信建设；清理拖欠民营企业账款",
    "integrity-risk-control": "排查廉政风险点32个",
    "internet-supervision": "推进“互联网+监管”；推进智慧监管",
    "digital-government": "推进数字政府建设；打破数据壁垒，推进数据共享",
    "enforcement-platform": "运用“掌上执法”系统开展检查；案件全部录入行政执法监督平台",
    "smart-governance": "推进智慧社区建设；依托基层治理四平台",
    "legal-publicity": "开展法治宣传活动32场次；发放法律宣传手册",
    "enforcer-publicity-duty": "落实“谁执法谁普法”普法责任制；按照谁主管、谁普法要求",
    "five-year-publicity-plan": "实施“八五”普法规划；完成“七五”普法验收",
    "law-into-communities": "开展“法律八进”活动；送法进乡村、进社区、进学校；深入村组开展普法宣传，走村入户",
    "rule-of-law-village": "创建省级民主法治示范村2个",
    "law-literate-residents": "培育“法律明白人”126名",
    "youth-legal-education": "为辖区学校配备法治副校长；开展“法治进校园”活动8次",
    "rule-of-law-culture": "建成法治文化广场1个；打造法治文化长廊",
    "case-based-publicity": "开展以案释法8次；发布行政执法典型案例",
    "new-media-publicity": "利用微信公众号推送普法信息120条；制作普法短视频6部",
    "anti-fraud-publicity": "开展反电诈宣传；宣传防范电信网络诈骗知识",
    "constitution-publicity": "开展“12·4”国家宪法日系列宣传活动；组织宪法宣誓仪式",
}

# Near misses: the mechanism's word is part of another name, or only the object of another act.
NEAR_MISSES = {
    "enforcement-training": "对校外培训机构开展执法检查8次",
    "court-observation": "法庭到村巡回开庭3次，旁听群众百余人；组织学生观看庭审直播",
    "case-file-review": "调阅复议案卷后审理",
    "rule-of-law-work-plan": "印发信访工作要点",
    "administrative-reconsideration": "设立行政复议委员会；按期答复议案建议12件",
    "emergency-response": "为应急处置提供法律意见；县应急管理局召开会议",
    "first-responsible-person": "落实安全生产第一责任人责任",
    "report-on-law": "上述法律法规；检查上述法规的执行情况；向大会上述法律的起草人请教",
    "fair-competition-review": "为企业公平参与竞争创造条件",
    "power-list": "制定普法责任清单",
    "public-participation": "认真听取县委工作汇报；对处罚案件依法举行听证",
    "collective-decision": "案件审理委员会集体讨论重大复杂案件12件",
    "risk-assessment": "开展食品安全风险评估；加强法律风险、舆论风险的评估",
    "major-decision-procedure": "坚决贯彻党中央重大决策部署",
    "legal-adviser": "实现村（社区）法律顾问全覆盖；企业法律顾问培训",
    "one-window": "一站式预约服务指导机制；建立一站式矛盾纠纷化解平台",
    "comprehensive-enforcement": "联合县综合行政执法局开展检查",
    "administrative-mediation": "人民调解与司法调解衔接",
    "peoples-mediation": "行政调解成功186件",
    "hazard-screening": "有效防范法律安全风险隐患",
    "dispute-screening": "收集社情民意、排查安全隐患、调解矛盾纠纷",
    "leaders-study-law": "培育学法用法示范户12户",
    "law-exam": "组织56名人员参加执法资格考试",
    "enforcement-certification": "鼓励干部报考法律职业资格；强化执法证据收集固定",
    "demonstration-campaign": "创建民主法治示范村3个",
    "rule-of-law-thought-study": "以习近平法治思想为指导",
    "annual-report": "现将2023年法治政府建设年度报告如下",
    "rule-of-law-committee": "县委依法治县办：",
    "case-based-publicity": "该做法入选全省典型案例",
    "new-media-publicity": "治理直播带货乱象；利用政务抖音号发布政策解读",
    "constitution-publicity": "追回款项312.4万元",
    "credit-regulation": "加强政务诚信建设",
    "government-openness": "办理依申请公开17件；收到政府信息公开申请5件",
    "community-legal-adviser": "街道聘请律师事务所担任法律顾问",
    "youth-legal-education": "邀请县委党校老师授课",
    "legality-review": "确保执法行为合法合规；对举报线索依法核实",
    "litigation-response": "学习《行政诉讼法》",
    "legal-aid": "宣传《法律援助法》",
    "soft-enforcement": "让执法既有力度又有温度",
    "joint-enforcement": "开展联合整改帮扶",
    "petition-rule-of-law": "县信访局局长到会",
    "conflict-centre": "镇综治办按周研判",
    "one-thing-once": "实施综合监管“一件事”",
    "emergency-drill": "开展执法队伍专项拉练9次",
    "audit-oversight": "法律审计服务机构",
    "leader-reception": "畅通诉调对接、访调对接机制；开展线下访谈活动",
    "enforcement-recording": "做好会议全过程记录和归档；为客车加装行车记录仪",
    "three-enforcement-systems": "推进国企三项制度改革",
    "grid-governance": "整合执法力量",
    "shared-court": "到县法院旁听庭审",
    "code-inspection": "组织检查码头12处",
    "law-into-communities": "推动普法进一步深入",
    "inclusive-prudent-regulation": "依规减免罚款",
    "combined-inspection": "共同查处案件5件；“双随机、一公开”监管中联合抽查占比过半",
    "accountability": "上门询问责任人情况",
    "discipline-oversight": "二级巡视员参加会议",
}


def concepts(text: str) -> set[str]:
    return {mention.concept for mention in find_mentions(text, 0, len(text), VOCABULARY)}


def outline(*parts: tuple[Role, str]) -> Outline:
    text, zones = "", []
    for role, passage in parts:
        zones.append(Zone(role, len(text), len(text) + len(passage), len(text)))
        text += passage
    return Outline(text, None, Evidence(0, len(text)), (), tuple(zones))


@pytest.mark.parametrize(
    ("mechanism", "wording"), [(mechanism, one) for mechanism, all_ in WORDINGS.items() for one in all_.split("；")]
)
def test_finds_the_ways_of_saying_it(mechanism: str, wording: str) -> None:
    """An office may choose its own words for a mechanism."""
    assert mechanism in concepts(wording)


def test_every_mechanism_has_wordings() -> None:
    """No mechanism is left without a sentence that it must be found in."""
    assert WORDINGS.keys() == VOCABULARY.mechanisms.keys()


@pytest.mark.parametrize(
    ("mechanism", "wording"), [(mechanism, one) for mechanism, all_ in NEAR_MISSES.items() for one in all_.split("；")]
)
def test_near_misses_are_not_found(mechanism: str, wording: str) -> None:
    """行政复议委员会 is not 行政复议; 为应急处置提供法律意见 speaks of advice, not of emergencies."""
    assert mechanism not in concepts(wording)


@given(st.sampled_from(LABELS), SURROUNDINGS, SURROUNDINGS)
def test_every_label_is_found(pair: tuple[str, str], before: str, behind: str) -> None:
    """A text that holds a label of a mechanism speaks of it, unless the label names a trap of its own."""
    mechanism, label = pair
    assert mechanism in concepts(f"{before}{label}{behind}")


@given(st.sampled_from(TRAPS), SURROUNDINGS, SURROUNDINGS)
def test_no_trap_counts(pair: tuple[str, str], before: str, behind: str) -> None:
    """A trap alone is no mention of the mechanism that it was set for."""
    mechanism, trap = pair
    assert mechanism not in concepts(f"{before}{trap}{behind}")


@given(
    st.lists(
        st.sampled_from(["依法治县", "“三项制度”", "行政 复议", "。", "，", "\n", "　", "普法", "甲"]), max_size=30
    )
)
def test_offsets_are_exact(pieces: list[str]) -> None:
    """A mention's slice is what was matched, whatever blanks and quotation marks stand in it."""
    text = "".join(pieces)
    for mention in find_mentions(text, 0, len(text), VOCABULARY):
        if mention.named:
            slice_ = fold(text, mention.start, mention.end).text
            assert slice_ in {folded_words(label) for label in VOCABULARY.mechanisms[mention.concept].labels}


def test_looks_only_where_it_is_asked_to() -> None:
    """Nothing outside the given slice is read, and offsets count from the text's beginning."""
    text = "开展普法。办理法律援助案件。"
    assert [(m.concept, text[m.start : m.end]) for m in find_mentions(text, 5, len(text), VOCABULARY)] == [
        ("legal-aid", "法律援助案件")
    ]


def test_adjoining_quotation_marks_part_names() -> None:
    """“诉调对接”“访调对接” hold no 接访."""
    assert "leader-reception" not in concepts("完善“诉调对接”“访调对接”机制")


STATUSES = [
    pytest.param([("achievements", "办理法律援助案件58件。"), ("plans", "加强法律援助。")], "practised", id="done"),
    pytest.param([("responsibility", "主持研究法律援助工作。")], "practised", id="the leaders' duties"),
    pytest.param([("plans", "加强法律援助。")], "planned", id="planned"),
    pytest.param(
        [("deficiencies", "法律援助不够。"), ("plans", "加强法律援助。")], "planned", id="lacking and planned"
    ),
    pytest.param([("deficiencies", "法律援助覆盖面不够。")], "lacking", id="lacking"),
    pytest.param([("achievements", "成效明显。下一步将设立法律援助站。")], "planned", id="下一步 in work done"),
    pytest.param([("achievements", "拟于明年设立法律援助站。")], "planned", id="拟于 in work done"),
    pytest.param([("achievements", "模拟法庭进校园，法律援助到家。")], "practised", id="模拟 is no intention"),
]


@pytest.mark.parametrize(("parts", "status"), STATUSES)
def test_status_follows_the_part(parts: list[tuple[Role, str]], status: str) -> None:
    """Practised before planned before lacking; an intention in a part on work done is a plan."""
    found = {adoption.mechanism: adoption for adoption in find_adoptions(outline(*parts), VOCABULARY)}
    assert found["legal-aid"].status == status


def test_evidence_is_the_sentence() -> None:
    """The quote is the sentence of the status given, without its stop; a long one is cut to its clause."""
    report = outline(("plans", "加强法律援助。"), ("achievements", "全年办理法律援助案件58件；开展普法。"))
    found = {adoption.mechanism: adoption for adoption in find_adoptions(report, VOCABULARY)}
    assert [evidence.of(report.text) for evidence in found["legal-aid"].evidence] == ["全年办理法律援助案件58件"]
    long = outline(("achievements", "，".join(["持续提升工作质量和效率"] * 20 + ["办理法律援助案件", "受到好评。"])))
    adoption = next(iter(find_adoptions(long, VOCABULARY)))
    assert adoption.evidence[0].of(long.text) == "办理法律援助案件"


@pytest.mark.parametrize(
    ("clause", "mechanism"),
    [
        ("法律援助案件58件", "legal-aid"),
        ("行政机关负责人出庭应诉率100%", "leader-court-appearance"),
        ("重大行政决策事项目录4项", "major-decision-catalogue"),
        ("发放资料3000份", None),
        ("普法、复议", None),
    ],
)
def test_names_the_one_mechanism_of_a_clause(clause: str, mechanism: str | None) -> None:
    """The most specific one; none where nothing is named or two are named alike."""
    assert name_mechanism(clause, 0, len(clause), VOCABULARY) == mechanism


CUE_WORDS = sorted(
    {part.words[0] for concept in VOCABULARY.mechanisms.values() for cue in concept.cues for part in cue.parts}
)


@given(
    st.lists(
        st.one_of(
            st.sampled_from([label for _, label in LABELS]),
            st.sampled_from([trap for _, trap in TRAPS]),
            st.sampled_from(CUE_WORDS),
            st.sampled_from("。，的"),
        ),
        max_size=12,
    ),
    st.integers(0, 40),
    st.integers(0, 60),
)
def test_labels_name_before_cues(pieces: list[str], start: int, length: int) -> None:
    """What is named is found in any slice without a look at cues, and is what there is of labels among all mentions."""
    text = "".join(pieces)
    bounds = text, min(start, len(text)), min(start + length, len(text))
    mentions = find_mentions(*bounds, VOCABULARY)
    named = [mention for mention in mentions if mention.named]
    assert _matcher(VOCABULARY).find_named(*bounds) == (named or mentions)


@given(st.text("法治 　“”‘’《》（），、：\n", max_size=20))
def test_a_few_words_have_the_form_of_a_text(words: str) -> None:
    """Whether or not it is asked where they stand."""
    assert folded_words(words) == fold(words, 0, len(words)).text


NARROWER = [(concept.id, label) for concept in VOCABULARY.narrower.values() for label in concept.labels]


@given(st.sampled_from(NARROWER), st.sampled_from(["", "开展", "完善"]), st.sampled_from(["", "工作", "12件"]))
def test_a_narrower_mechanism_is_the_broader_one_too(pair: tuple[str, str], before: str, behind: str) -> None:
    """Who holds 复议听证 practises it, and 行政复议."""
    narrower, label = pair
    report = outline(("achievements", f"{before}{label}{behind}。"))
    found = {adoption.mechanism: adoption for adoption in find_adoptions(report, VOCABULARY)}
    assert found[narrower].broader in found
    assert found[narrower].status == "practised"


def test_a_broader_mechanism_alone_is_no_narrower_one() -> None:
    """行政复议 says nothing of hearings; each keeps the status of its own words."""
    report = outline(("achievements", "办结行政复议案件12件。"), ("plans", "推行复议听证。"))
    found = {adoption.mechanism: adoption.status for adoption in find_adoptions(report, VOCABULARY)}
    assert found == {"administrative-reconsideration": "practised", "reconsideration-hearing": "planned"}


def test_every_narrower_mechanism_has_six_names() -> None:
    """However little it says, each can be said in six ways or more, and stands under a mechanism."""
    assert len(VOCABULARY.narrower) >= 30
    for concept in VOCABULARY.narrower.values():
        assert len(concept.labels) >= 6, concept.id
        assert concept.broader and concept.area == VOCABULARY.mechanisms[concept.broader].area
