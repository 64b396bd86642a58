"""What is lacking: sober and plain wordings of every weakness, and wordings that must not fall under it."""

import pytest

from extract.weaknesses import classify
from ontology.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()

# Twelve ways in which different offices put it, set apart by ；.
WORDINGS = {
    "legal-talent": "既懂法又懂行的干部没几个；法律专业毕业的干部占比低；法治人才招不来、留不住；通过法律职业资格考试的人员偏少；高层次涉外法律人才缺口大；法律专业人才青黄不接；复合型法治人才不足；基层缺少懂法律的人；法学科班出身的不到一成；专业律师都往大城市跑；法治队伍专业人才储备少；既精通法律又熟悉经济的干部较为稀缺",
    "team-quality": "法治工作队伍整体素质有待提高；部分干部年龄偏大，接受新事物慢；工作人员学历不高、专业不对口；队伍结构不合理，业务能力参差不齐；有些干部对政策把握不准；村干部文化程度偏低；新进人员多，业务生疏；网格员法律知识欠缺；工作人员专业水平不高；干部能力与新形势新任务不相适应；部门人员多为军转或外行，专业基础差；队伍老化，梯队没有接上",
    "training-insufficient": "业务培训次数少、内容浅；新上岗人员没有经过系统训练；培训重理论轻实践；岗位练兵不经常；以会代训多，实地练得少；教育培训的针对性和实效性有待增强；对基层人员的业务指导不够；培训走过场；培训讲的多、练的少；年度培训计划落实不到位；带教机制不完善，传帮带不够；培训资源向基层倾斜不足",
    "staffing-shortage": "一个人顶几个人用；在编人员少，多是临聘人员；工作人员身兼数职，精力分散；司法所无人员编制，多为一人所；人员变动频繁，工作接续难；编制紧张，多年没有进人；事多人少矛盾突出；专职人员配备不到位；干部经常被抽调，无法专心干本职；空编较多，招录困难；任务重、压力大、人员力量薄弱；没有专人负责，都是兼着干",
    "funding-insufficient": "法治建设经费没有列入预算；财政吃紧，投入有限；没钱办事；调解员补助标准低，兑现不及时；资金保障力度不够；普法专项经费少；工资待遇低，留不住人；地方财力薄弱；项目经费到位慢；经费主要靠上级，渠道单一；工作经费捉襟见肘；人均普法经费不足一元",
    "technology-insufficient": "各业务系统互不相通，数据要重复填报；信息化手段应用不充分；执法装备陈旧落后；科技手段运用不多，主要靠人盯；平台建好了用得少；监管信息化建设起步晚；大数据分析能力弱；硬件设施老化，网络不稳定；数据质量不高、归集不全；智慧监管水平有待提升；设备更新慢，车辆不够用；线上办理系统不好用，经常卡顿",
    "dispute-capacity": "部分矛盾纠纷化解不及时，小事拖大；征地拆迁领域矛盾较为突出；信访积案化解难度大；调解员年龄老、文化低，调解技巧欠缺；专业性行业性调解组织作用发挥不充分；纠纷排查不够深入细致；基层调解力量薄弱；多元解纷机制衔接不畅；邻里纠纷调好了又反悔；重复访、越级访时有发生；源头预防矛盾不够，多是事后扑火；调解协议履行率不高",
    "litigation-risk": "行政机关败诉案件数有所上升；被复议机关撤销或确认违法的案件较多；部分单位应诉准备不充分；负责人出庭只出庭不说话；行政复议案件逐年攀升；行政争议案件数量居高不下；一些部门不按期提交答辩状和证据；行政负责人出庭应诉率低；涉诉案件多，败诉率高于全市平均水平；同类案件反复败诉；应诉人员对庭审程序不熟；行政复议纠错率不降反升",
    "legal-service-gap": "公共法律服务资源分布不均；农村地区律师少，群众找律师难；法律援助覆盖面窄；公共法律服务站点作用发挥不充分；法律服务供给与群众需求存在差距；公共法律服务质量不高；偏远地区群众办公证要跑几十里；法律服务不够便捷；基层法律服务工作者少；涉外法律服务能力不强；公共法律服务平台知晓率、使用率低；村里想打官司找不到人帮",
    "business-environment-gap": "惠企政策落实不到位；企业办事还要多头跑；审批环节多、时限长；政务服务标准化水平不高；部分政策企业不知道、用不上；政府拖欠企业账款问题还没有完全解决；窗口人员服务态度生硬；营商环境与先进地区相比还有差距；涉企检查过多，干扰企业经营；市场准入还存在隐性门槛；一些审批事项群众反映办得慢；公平竞争审查制度落实不够到位",
    "coordination-gap": "部门各吹各的号，拧不成一股绳；信息不共享，工作衔接不畅；法治建设多部门协同推进格局还没有形成；部门间配合不够密切；牵头部门单打独斗；条块分割，协调难度大；上下联动不足；单位之间推来推去；协作机制不顺畅，沟通不及时；统筹协调力度不够；职能部门配合意识不强；司法局小马拉大车，其他部门不搭手",
    "openness-gap": "政府信息公开不够及时；公开栏内容陈旧；政务公开的内容与群众关切有差距；依申请公开办理不规范；政策解读质量不高、形式单一；有的该公开的不公开；网站栏目更新慢；公开渠道少，群众看不到；政务公开工作不平衡，有的栏目空白；财务公开不透明；公开流于形式，关键信息藏着掖着；群众想知道的查不到",
    "mechanism-incomplete": "工作机制运行不畅；常态化工作机制没有形成；有制度没流程，执行起来走样；协调会商制度还没有建立；法治建设推进机制不够完善；工作抓一阵停一阵，缺少长效办法；容错纠错机制尚不健全；实施细则迟迟未出台；相关程序规定不明确，操作性不强；没有形成闭环管理；跟踪问效机制缺失；反馈通报渠道没有建起来",
    "appraisal-weak": "法治建设考核权重偏低；考核指标设置不科学；奖惩不明，干好干坏一个样；考核结果没有真正用起来；激励措施少，干部积极性不高；督察结果与评优晋升不挂钩；考核看台账多、看实绩少；述法评议结果运用不够；问责不硬，板子打不下去；法治考核流于形式；缺乏有效的评价标准；晋升空间窄，干部没有奔头",
    "planning-lacking": "工作缺少通盘考虑；年度计划不够周密，想到哪干到哪；调查研究不深入，情况掌握不准；工作缺乏前瞻性思考；部署与实际脱节；对全局工作统筹不够；对基层情况摸得不透；没有明确的时间表路线图；制度设计缺乏系统性；前期论证不足；法治建设规划落实进度缓慢；顶层谋划不够，推进碎片化",
    "grassroots-weak": "乡镇法治建设基础差、底子薄；基层司法所建设滞后；村级法治工作没人抓；基层依法治理能力有待加强；法治力量向基层下沉不够；农村法治建设相对滞后；部分村（社区）法治阵地建设不到位；基层法治建设仍是短板；司法所一人所、无人所较多；村民自治章程、村规民约不完善；基层法治工作力量配备不足；社区治理法治化水平不高",
    "progress-uneven": "各镇街工作有好有差；部门间工作进度参差不齐；城乡之间法治建设水平差距大；有的走在前面，有的原地踏步；工作开展不均衡；个别单位进展缓慢；法治建设整体推进不够平衡；示范创建点上好、面上差；个别领域工作相对滞后；有的地方抓得紧，有的地方抓得松；单位之间法治水平高低不一；重点领域推进快慢不一",
    "emergency-gap": "突发事件应对准备不足；应急预案照抄照搬，可操作性不强；应急演练流于形式；应急物资储备不够；基层应急队伍专业能力不足；汛期险情处置不够及时；依法处置突发事件能力不强；应急指挥体系不健全；安全风险防范意识和能力不足；应急救援装备落后；遇到极端天气手忙脚乱；应急机制反应慢",
}

# What is wanting there is something else.
NEAR_MISSES = {
    "legal-talent": "调解员人手不足；执法装备短缺；数字化平台不足",
    "team-quality": "普法宣传质量不高；执法装备老化；年度计划不够周密",
    "training-insufficient": "普法宣传不够深入；考核激励不足；理论学习不深入",
    "staffing-shortage": "合法性审查人员不足；执法人员不足；普法经费不足",
    "funding-insufficient": "企业账款拖欠较多；执法人员不足；合法性审查流于形式",
    "technology-insufficient": "学习不够系统；政法系统干警能力不足；缺乏系统规划",
    "dispute-capacity": "信访不信法现象仍然存在；行政复议案件增多；案多人少矛盾突出",
    "litigation-risk": "从事复议应诉的专职人员不足；矛盾纠纷化解不及时；执法文书不规范",
    "legal-service-gap": "法律顾问作用发挥不够；法治宣传覆盖面不够；政务服务效率不高",
    "business-environment-gap": "执法人员不足；法律服务供给不足；数据壁垒没有打通",
    "coordination-gap": "执法协同不足；部门负责人学法不够；部门普法形式单一",
    "openness-gap": "执法公示不及时；征求意见流于形式；培训内容不全",
    "mechanism-incomplete": "考核机制不完善；执法协作机制不健全；决策机制不完善",
    "appraisal-weak": "社会稳定风险评估不规范；决策后评估不足；案卷评查不深入",
    "planning-lacking": "决策论证不充分；学习缺乏系统性；普法形式单一",
    "grassroots-weak": "基层执法力量薄弱；乡镇普法形式单一；基层调解方式单一",
    "progress-uneven": "法律服务资源不均衡；执法尺度不一；人员素质参差不齐",
    "emergency-gap": "普法能力不足；执法处置不规范；调解队伍不稳定",
}


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(weakness, wording) for weakness, wordings in table.items() for wording in wordings.split("；")]


@pytest.mark.parametrize(("weakness", "wording"), rows(WORDINGS))
def test_finds_the_ways_of_saying_it(weakness: str, wording: str) -> None:
    """Officialese and plain speech fall under the same weakness."""
    assert weakness in classify(wording, wording, VOCABULARY)


@pytest.mark.parametrize(("weakness", "wording"), rows(NEAR_MISSES))
def test_near_misses_are_something_else(weakness: str, wording: str) -> None:
    """合法性审查人员不足 is about reviewers, not about staff at large."""
    assert weakness not in classify(wording, wording, VOCABULARY)


def test_every_weakness_of_the_groups_is_here() -> None:
    """No weakness of these groups is left without wordings and near misses."""
    groups = {"resources", "disputes", "service", "institutions"}
    ids = {concept.id for concept in VOCABULARY.weaknesses.values() if concept.area in groups}
    assert WORDINGS.keys() == NEAR_MISSES.keys() == ids
