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
    "first-responsible-person": "区长切实担负起法治政府建设首要责任，重要工作亲自部署、重大问题亲自过问；镇党委书记严格履行推进法治建设第一责任人职责；主要领导对法治重点任务亲自督办；县长主持研究法治建设6次；书记带头抓依法行政；局长听取法治工作汇报；党政一把手扛起法治建设责任",
    "report-on-law": "组织12名镇街党委书记开展年终述法；将依法行政情况列入领导干部述职内容；局党组成员在述职述廉述法会上作汇报；班子成员年底在局务会上述法",
    "rule-of-law-committee": "调整充实全面依法治县委员会组成人员；成立以镇长为组长的依法行政工作领导小组；县委依法治县办牵头抓总、统筹协调；召开区委全面依法治区委员会执法协调小组会议；召开地委全面依法治地委员会会议；盟委全面依法治盟委员会第三次会议审议了计划；法治政府建设工作专班；执法协调小组会议；县法治办统筹；成立法治乡镇建设领导小组",
    "annual-report": "按期向县人大常委会报告上年度法治政府建设情况并在网站公布；严格落实法治政府建设年度报告制度；2023年度法治政府建设年度报告已于3月底前向社会公开；向区人大常委会报告法治建设年度情况；上一年度的报告经党组审定后，按时报送县委、县政府，并在政府网站挂出来",
    "rule-of-law-appraisal": "将法治建设成效纳入高质量发展综合绩效考核；把依法行政情况作为领导班子年度考核的重要内容；制定法治政府建设考核细则，强化考核结果运用；学法成绩与年度奖金挂钩；把依法办事的成绩算进年终绩效；学法用法不及格的干部取消评优资格；法治建设在县直部门考核中占8分；各村依法治理情况同干部报酬挂钩；层层签订依法行政目标责任书；法治实绩作为提拔使用干部的重要依据",
    "rule-of-law-inspection": "开展法治政府建设实地督察，下发督察意见书；市委依法治市办来我县开展法治督察，反馈问题8个；对各乡镇法治政府建设推进情况进行督促检查；对市督察组指出的9个问题全部整改销号；县委依法治县办抽查6个乡镇的法治建设；开展依法行政工作明察暗访2轮；省法治督察反馈的7个问题已改完；对法治建设推进不力的3个部门实地督导",
    "demonstration-campaign": "积极争创全国法治政府建设示范县；获评省级法治政府建设示范单位称号；组织申报法治政府建设示范项目2个；争创依法行政示范单位；获评法治示范镇；法治先进单位",
    "leaders-study-law": "县政府常务会议会前学法6次；局党组理论学习中心组集体学习《民法典》《行政处罚法》4次；举办领导干部法治专题讲座2期；组织机关干部参加依法行政专题培训班；每次党委会先由一名班子成员领读一部法规；开设机关干部周末法律课堂12期；逢会必学法，全年学法23部；新提拔干部任前接受法治教育；把学法列入“三会一课”",
    "law-exam": "全局126名干部参加年度学法用法考试，合格率100%；组织开展国家工作人员法律知识测试；开展无纸化学法用法及考试工作；机关干部统一闭卷考法律，满分5人；组织干部网上答题考法规，人人过关；每季度一次法律知识测验；干部学法抽考3次，不及格的补考；组织全体职工参加法宣在线考试",
    "court-observation": "组织干部职工走进法庭旁听案件审理；开展行政诉讼庭审观摩2次；组织50余人到区法院旁听行政案件；组织干部收看庭审直播3场；分批到法院听庭；带着站所负责人到法院听了一场土地官司的庭审；干部坐上旁听席看“民告官”；到法庭现场听审2次；把课堂搬进法庭，36名干部听庭；组织收看庭审网络直播",
    "must-know-law-list": "建立领导干部应知应会党内法规和国家法律清单；制定国家工作人员应知应会法律目录；学法清单发到每名干部；必学清单；领导干部应知应会的法律",
    "rule-of-law-thought-study": "把习近平法治思想作为干部培训必修课；持续深入学习宣传贯彻习近平法治思想；学习总书记关于法治建设的重要讲话；传达总书记全面依法治国论述；习近平法治思想",
    "rule-of-law-work-plan": "印发《2023年全面依法治县工作要点》；制定年度法治政府建设工作计划，细化任务分工；年初下发依法行政工作要点，明确25项任务；年初印发工作要点，分解任务64项；要点印发到各站所；年初党委会研究通过年度工作要点；出台2021年法治建设要点；编发年度法治任务台账",
    "power-list": "动态调整部门权责清单并向社会公布；编制公布乡镇权力清单和责任清单；全面梳理履职事项清单，厘清权责边界；公布镇街基本履职事项清单；编制村级小微权力清单；公开行政职权目录和运行流程图；“三张清单”一张表管到底；修订单位权责目录；将上级收回事项移出清单",
    "approval-reform": "深化“放管服”改革，取消行政许可事项3项；承诺办理时限压缩至法定时限的30%；推行容缺受理、延时服务；精简办事材料86份，减少环节42个；施工许可由15天压到5天；不动产登记3个工作日缩到当天；砍掉各类证明28项；承接省级下放审批权限46项；企业注册实行“五证合一”；少交材料140份；办照时间缩短到半天；提交材料由9份减为3份；平均办理时间缩短2.5个工作日",
    "one-thing-once": "推进“高效办成一件事”重点事项落地；新生儿出生、开办企业等15项“一件事”集成办理；实现群众办事最多跑一次；“最多跑一趟”事项占九成六；开饭店一件事一次办结；群众办事只跑一趟；把出生落户医保合成套餐办；企业注销一次不跑",
    "one-network-service": "政务服务事项网上可办率达98%；依托全省一体化政务服务平台实现跨省通办；推动高频事项“掌上办”“指尖办”；120项业务手机上就能办；群众足不出户在网上提交材料办理事项；在村里安放自助服务终端；高频事项掌上申报；养老认证线上办理；推行异地通办事项35项；不见面办理占比达到九成",
    "one-window": "推行“一窗受理、集成服务”模式；镇便民服务中心进驻事项126项；设置综合窗口，实行无差别受理；把水电气窗口并到一个综合窗口；58项审批事项进驻镇政务大厅；窗口帮填表格3200份；为民服务中心全年办件8600件；村村设便民代办点；办事大厅增设老年人优先窗口；政务中心窗口收件、审核、发证一个口子进出",
    "commitment-system": "全面推行证明事项和涉企经营许可事项告知承诺制；以承诺方式代替证明86件；推行信用承诺审批；低风险项目推行承诺制；以书面承诺替代证明31项；容缺承诺办件46件；小餐饮先批后审；对办证材料不全的签承诺先办；推行企业投资项目信用承诺制；许可凭一纸书面承诺当场拿证",
    "business-environment": "持续打造市场化法治化国际化营商环境；制定优化营商环境十条措施；以法治护航优化营商；开展暖企行动，解决企业难题88个；构建亲清政商关系；依法护企安商；帮企业把脉解困；营商便利度走在前列",
    "fair-competition-review": "对26件政策措施开展公平竞争审查；落实公平竞争审查制度，纠正存在排除限制竞争内容的文件2件；删除限定交易条款7处；审查涉企政策措施有无排除竞争；叫停歧视性条款；公平竞争把关；审查政策措施864件，提出修改意见53条，叫停7件",
    "policy-cleanup": "对妨碍统一市场和公平竞争的政策措施开展清理；组织清理涉及民营经济发展的政策文件；开展涉企规范性文件专项清理；清理招商优惠政策28件；废止与统一大市场相悖的文件；涉企文件清理；开展涉企政策“立改废释”",
    "enterprise-legal-checkup": "组织律师服务团深入企业开展法治体检32次；上门为企业排查法律风险点45个；开展“法律服务进企业”活动；律师坐诊园区，为46家企业看合同；开设企业法律门诊；法治会诊小微企业32家；送法入园解答用工问题；法律服务队进企业查风险点；商会律师上门体检；请律师给14家厂子免费把脉，找出用工方面的毛病29处；律师轮流驻点，为石材企业看合同、理用工",
    "enterprise-service-officer": "选派机关干部当好“园丁管家”，从签约服务到投产；下派骨干担任秘书，一家企业一人；落实领导干部包联企业制度；为重点项目配备服务专员；当好服务企业的“店小二”；给每家规模企业派一名联络员；局领导一对一联系重点项目；选派36名干部驻企服务；企业秘书帮跑手续；推行产业链链长制；为商户配服务专员；给农业合作社配辅导员15名",
    "inclusive-prudent-regulation": "落实轻微违法行为不予处罚清单；对首次违法且危害后果轻微的依法不予行政处罚23件；实施包容审慎监管；头一次违规又及时改的，没罚；对初犯小错只提醒，共56起；首次轻微违法的37户不予处罚；情节轻微的教育放行、不处罚；对新业态先包容、后规范；制定行政处罚“三张清单”",
    "credit-regulation": "推进以信用为基础的新型监管机制，开展信用修复；将12家企业列入经营异常名录；加强失信联合惩戒；把失信企业列入名单；信用惩戒12户；上黑榜的企业；修复信用56户；信用记录",
    "negative-list": "严格执行市场准入负面清单；落实“非禁即入”",
    "value-added-service": "建成企业综合服务中心，提供政策、金融等增值服务；推进政务服务增值化改革；企业服务驿站；助企服务中心；增值服务",
    "normative-document-management": "严格行政规范性文件制定程序；出台规范性文件4件，均履行“三统一”程序",
    "normative-document-filing": "规范性文件及时向县人大常委会报送备案；报备规范性文件5件，报备率100%；印发后七日内报市政府备案；规范性文件报备及时率100%；向县人大常委会报备文件2件；红头文件件件报备",
    "normative-document-cleanup": "对现行有效的规范性文件进行全面清理，废止3件；宣布失效文件12件；对历年文件大体检，作废8件；存量文件逐件评估，废除12件；废止过时文件6份；把2010年以来红头文件筛一遍，失效9件；宣布停止执行的文件4件；抓好规范性文件立改废；做好规章、规范性文件立改废释工作",
    "legislative-participation": "对《某省养老服务条例（草案）》提出修改意见12条；发挥基层立法联系点作用；配合市人大开展立法调研；参与起草市养犬管理条例；对32件法规草案提出意见；配合做好湿地保护条例立法调研；承办立法意见征集9次；为省河道条例修改提供建议；积极参与市级立法；加快推进城市供热条例立法进程",
    "major-decision-procedure": "严格执行重大行政决策程序规定；坚持科学决策、民主决策、依法决策；重大决策该走的程序一步不少；拍板前先听证、再论证；决策事项一律先审查后上会；重大行政决策听证2次；大事先开听证会",
    "major-decision-catalogue": "编制公布2023年度重大行政决策事项目录；将3项决策纳入年度决策目录管理；列出年度重大决策清单5项；公布年度决策计划；将老旧小区改造纳入决策目录；重大决策实行名录管理；向社会公布年度重大行政决策事项4项，其中2项举行了听证；年初确定重大行政决策事项6件",
    "legality-review": "文件合法性审核率100%；凡提交会议研究的议题均由司法所先行审查把关，对决策事项出具意见；对各类文件进行合法性审查68件；文件未经审查不得上会；凡文必审，退回13件；法规科对议题逐件把关；重大事项先送司法所过目；律师对全部议题先审；审查员审村规民约26份",
    "contract-review": "审核政府合同45份；对各类合同、协议开展合法性审查；合同签订前由法律顾问审查把关；律师看合同56份，改正条款9处；合同逐条过审，退回9份；律师替镇里看合同63份；堵住不合理条款41处的合同17份；对协议文本逐字推敲；采购合同一律先过法律关",
    "legal-adviser": "聘请2名执业律师作为常年法律顾问；充分发挥法律顾问参谋助手作用；外聘律师事务所为镇政府提供法律服务；请律师当常年顾问；聘律师做参谋；律师顾问团",
    "government-lawyer": "现有公职律师6名；充分发挥公职律师在涉法事务中的作用",
    "public-participation": "通过网站公开征求社会公众意见；召开听证会2次；广泛听取社会各界意见建议；在院坝会上收集群众意见；发放问卷3000份听取意见；开门问策，收集金点子80条；村口贴榜听意见；召开民主恳谈会12场；网上征询市民意见",
    "expert-review": "组织专家论证3次；邀请专家对方案进行评审论证；请专家给方案把脉；邀请教授评估规划；第三方机构论证项目；请行家看选址方案",
    "risk-assessment": "对重大项目开展社会稳定风险评估；严格落实重大决策风险评估机制；重大项目先评风险；对征地补偿开展社会稳定风险研判；决策前研判风险；重大事项风险论证到位；社稳风险报告4份",
    "collective-decision": "重大事项由党政班子集体研究决定；落实“三重一大”制度；提交政府常务会议集体审议；大事由班子集体定；党委会集体拍板；主要领导末位发言；经局务会研究决定；镇党政联席会表决通过；“一把手”末位表态；法规股先审、法律顾问再核、党组会议后定",
    "post-decision-evaluation": "开展重大行政决策后评估1项；对决策执行情况进行跟踪评估；对已实施决策开展回头看；决策执行复盘；跟踪评估决策效果",
    "three-enforcement-systems": "全面推行行政执法“三项制度”；落实执法公示、执法全过程记录、重大执法决定法制审核制度",
    "enforcement-disclosure": "及时公示行政处罚、行政许可信息；执法主体、权限、依据等信息在门户网站公示；落实行政执法公示制度；罚款结果月月上墙公示；处罚决定书网上晒；执法结果公布在门户网站；许可和处罚信息七天内公示；处罚决定在信用网站公示",
    "enforcement-recording": "为执法队员配备执法记录仪20台；做到执法全过程留痕和可回溯管理；执法过程全程录音录像；配齐记录仪52台，人手一台；办案全程录像；检查现场音视频存档；音像资料归档率100%；从亮证到送达全程有影有声；处罚取证录音录像；执法视频保存完整率99.2%",
    "major-enforcement-review": "对重大执法决定进行法制审核36件；召开案件审理会8次，对重大行政处罚案件集体讨论；重大行政处罚决定均经法制机构审核；罚款万元以上案件先过法核；案件一律交法制股把关；大案上案件审理会；重大案件集体合议；处罚案件由法制员审核后下达",
    "comprehensive-enforcement": "整合组建镇综合行政执法队；深化综合行政执法体制改革；推进“一支队伍管执法”；整合执法力量，组建一支执法队；组建综合执法大队；归并执法职责；镇街综合执法改革",
    "delegated-powers": "承接县级下放行政处罚权78项；动态调整赋权乡镇事项目录；将部分县级行政执法权限下放至乡镇；用好下沉职权，办案36件；县里放下来的62项处罚权用到40项；接住区级执法事项87项；行政处罚权接得住、用得好；承接事项零办案；执法事项下放到镇；县里放到乡里的执法事项一共93项；市直部门交给各镇的处罚权36项",
    "enforcement-certification": "现有持有行政执法证人员23名；组织32人参加行政执法资格考试；严格落实执法人员持证上岗制度；执法人员人人有证；清退无证执法人员3名；队员亮证检查；执法人员专业考试合格率98%；协管员不得单独执法，一律持证",
    "enforcement-training": "组织执法人员参加业务培训5次；开展行政执法大练兵、大比武活动；对执法队员进行集中轮训；监察员跟班办案；队员集训4期；办案人员师带徒；协管员轮训两遍；每月一次执法夜校；以案代训提高办案能力",
    "case-file-review": "开展行政处罚案卷评查2次；抽查行政执法案卷30份；自查案卷90卷，整改瑕疵12处；逐季调阅案卷，通报问题；抽评案卷28本；翻查处罚卷宗156份；案卷回头看3次；案卷优良率升至96%；晒案卷、亮分数；卷宗交叉互查",
    "discretion-benchmark": "严格执行行政处罚裁量基准；规范行政处罚自由裁量权；同案同罚；细化罚款幅度；裁量表上墙；罚多罚少有依据",
    "double-random": "开展双随机、一公开检查56次；采取“双随机”方式抽查企业；抽查对象由系统随机产生；摇号确定检查对象；随机选派检查人员；随机抽查企业260户",
    "combined-inspection": "推行“综合查一次”；合并检查事项，避免多头重复检查，统筹制定涉企检查计划；一次进场查完多项；几家合并上门检查企业；综合查一次；把几家的检查归到一块，一次上山全部查完；消防、燃气等检查并成一趟",
    "joint-enforcement": "会同公安、市场监管等部门开展联合执法12次；与派出所、自然资源所协同开展执法行动；拉上公安、消防一起查；与交警联手夜查12次；三县联合行动打击盗采；街道吹哨、部门报到；跨省协查案件9件；会同应急部门开展检查；多部门合力整治占道；与公安交警、自然资源等部门上路联勤53次；同海事、海警等部门联巡12次",
    "enforcement-supervision": "加强行政执法监督；下发行政执法监督通知书3份，纠正不规范执法行为；对执法活动开展监督检查；执法评议考核；执法督察2次；纠正执法行为不当15起；执法监督",
    "code-inspection": "执法人员入企检查“亮码”率100%；推行“扫码入企”；未经赋码的检查企业可拒绝；扫码检查；亮码入企",
    "enterprise-quiet-days": "生产旺季设“无扰周”，不上门；每季度留出无扰日；设立“企业宁静日”；每月1日至20日为企业安静生产期；同一企业一年查不超过一次；白名单企业不上门检查；预约检查；每月前十天不入企",
    "tiered-inspection": "根据信用风险分级分类确定抽查比例；对企业实行差异化监管；给企业挂红黄绿三色牌；按信用好坏分类检查；按风险等级分级监管；四色管理商户；按信用等级实行差别化检查",
    "enforcement-quality-action": "深入开展提升行政执法质量三年行动；开展规范涉企行政执法专项行动；开展行政执法突出问题专项整治；规范执法年活动；逐利执法专项整治；执法领域集中整治不规范问题",
    "soft-enforcement": "推行柔性执法，采取说服教育、劝导示范等方式；推广说理式执法文书；坚持处罚与教育相结合；先讲道理、后处罚；处罚与教育并重；教育在前、处罚在后；说理到位，当事人服气整改；约谈后限期改正86家；先劝导、再整改；初次违反的没有罚款，讲清道理了事",
    "off-site-supervision": "运用无人机开展非现场执法；推行非现场监管；无人机巡河查处非法采砂；用电监控发现偷排；无人机巡查工地；电子围栏抓拍违停；遥感发现违法图斑36个；为168家餐饮店装上油烟监测探头，超标先由系统在线监测提醒；检测点由系统抓拍、人工复核超限车辆",
    "compliance-guidance": "向企业发放合规经营指引；推行事前合规指导，发出行政合规建议书12份；给企业开合规诊断书；开业前上门指导商家；编印合规手册；举办合规讲堂6期；守法提示函发到网店",
    "criminal-linkage": "向公安机关移送涉嫌犯罪案件3件；完善行政执法与刑事司法衔接机制；移送公安2起；移交检察机关线索；涉刑案件移送；行刑衔接",
    "emergency-plan": "修订完善防汛抗旱应急预案；编制各类突发事件应急预案8个",
    "emergency-drill": "组织开展森林防火应急演练3次；举行防汛桌面推演",
    "emergency-response": "健全突发事件应对机制；组建应急救援队伍，储备应急物资；妥善处理突发污染事件2起；应对突发暴雨险情；组建应急队伍36支；抢险救灾转移群众；提升应急能力；紧急避让转移2.3万余人",
    "hazard-screening": "排查安全隐患236处，整改率100%；开展安全生产大检查12次；检查燃气用户560户，消除隐患37个；揪出隐患96处；查出火灾隐患58个；当场改掉隐患41处；查改问题隐患；排查隐患点120处；拆除危房",
    "peoples-mediation": "调委会调解纠纷126件，调解成功率98%；选优配强专职人民调解员",
    "diversified-resolution": "健全矛盾纠纷多元化解机制；完善访调、诉调、警调对接机制；整合司法所、派出所、综治等力量联动化解矛盾纠纷；仲裁院受理争议366件；老党员在议事厅说事解疙瘩；裁审衔接，先调后裁；乡贤劝和邻里矛盾；公安、司法、工会联合化解纠纷",
    "fengqiao-experience": "坚持和发展新时代“枫桥经验”；创建“枫桥式”司法所",
    "administrative-reconsideration": "办理行政复议案件3件；发挥行政复议化解行政争议主渠道作用",
    "administrative-mediation": "开展行政调解56件",
    "litigation-source-governance": "深化诉源治理，推进诉前调解；万人成诉率持续下降；法官进网格；成讼率下降；委派调解；民事收案下降",
    "petition-rule-of-law": "推进信访工作法治化；化解信访积案6件；受理群众来信来访事项136件，办结率100%；集体访批次下降四成；来访群众件件有答复；信访总量下降；接访积案清零；越级上访零发生",
    "leader-reception": "落实领导干部接访下访制度；领导班子成员轮流接待来访群众；县领导包案化解重点信访案件；书记接待日接待群众；县级领导包联信访案件12件；局长坐班听取诉求；班子成员约见信访群众",
    "grid-governance": "划分基础网格86个，配备专兼职网格员",
    "dispute-screening": "常态化开展矛盾纠纷排查；摸排各类矛盾纠纷235起；滚动排查涉稳风险隐患；逐户走访摸底矛盾；纠纷苗头早发现；敲门问矛盾；网格员滚动摸排纠纷；网格员每周上门摸排，做到苗头早晓得；村干部敲门走访，吵架拌嘴早知道",
    "shared-court": "建成共享法庭12个",
    "conflict-centre": "推进综治中心规范化建设；依托县矛调中心一站式化解纠纷；县矛调中心；矛盾化解中心；联调中心；诉求服务中心；区社会治理服务中心吸纳15家单位常驻",
    "hotline-12345": "办理12345政务服务便民热线工单；落实“接诉即办”机制；便民服务专线工单办结率99%；政府热线转办件；公开电话受理诉求；热线转办件按期办结",
    "non-police-diversion": "承接110非警务类警情分流处置；警情分流到村；110与12345联动；非警务",
    "public-legal-service": "完善公共法律服务体系；镇公共法律服务工作站全年接待咨询；村法律服务室挂牌；法律服务驿站5个；法治会客厅",
    "community-legal-adviser": "实现村（社区）法律顾问全覆盖；落实一村（居）一法律顾问制度；各村均与律师事务所签约，律师每月到村坐班；村村都有法律顾问；律师进村坐诊；各村都签了律师；包村律师每月到岗；社区选聘法律顾问；连队法律顾问",
    "legal-aid": "办理法律援助案件58件",
    "leader-court-appearance": "行政机关负责人出庭应诉率100%；镇长出庭应诉2次；乡长到庭应诉；局长坐上被告席；行政官司由分管领导出庭；告官见官；区长出席庭审",
    "litigation-response": "全年行政诉讼案件4件；加强和改进行政应诉工作；当被告5件，赢了4件；民告官案件下降；作为被告的案件3件；行政官司无一败诉；应诉6件",
    "judicial-advice": "办理检察建议3件，按期回复率100%；认真落实司法建议",
    "npc-cppcc-oversight": "办理人大代表建议12件、政协提案8件；自觉接受人大监督和民主监督；定期向人大报告工作，接受代表评议；邀请人大代表视察执法；向政协通报情况；请代表委员座谈；议提案办结36件；人大评议满意",
    "discipline-oversight": "主动接受纪检监察机关监督；配合做好巡察整改",
    "audit-oversight": "自觉接受审计监督；对3名领导干部开展经济责任审计；审计查出问题23个；审计督促收回资金；经审计核减工程款；配合审计；领导干部离任必审计",
    "government-openness": "主动公开政府信息1200条；推进政务公开标准化规范化；在公开栏公布低保名单；政府网站发布信息300条；阳光公开；预决算公开；村务公开栏每月更新",
    "disclosure-on-request": "受理依申请公开12件",
    "public-supervision": "畅通群众投诉举报渠道；主动接受社会监督和舆论监督；接到群众举报18起，查实11起；群众投诉266件全部办结；欢迎市民来挑刺；请商户给执法打分；受理群众举报45件；行风评议；请来代表委员、货车司机跟班看执法、当面挑毛病",
    "accountability": "严格落实行政执法责任追究制度；对3名不作为干部进行问责；倒查责任人4名；诫勉2名干部；通报批评3个单位；辞退协管员2名；对失职人员追究责任；调离岗位1人",
    "government-integrity": "加强政务诚信建设；清理拖欠民营企业账款；兑现招商承诺；政府说到做到，清偿欠款；履约践诺；还清拖欠企业的工程款；政务失信清零；兑现对企业的承诺；按期支付中小企业账款1385万元",
    "integrity-risk-control": "排查廉政风险点32个",
    "internet-supervision": "推进“互联网+监管”；推进智慧监管；建成在线监控平台；在线监测率100%；智慧监管；大数据监管",
    "digital-government": "推进数字政府建设；打破数据壁垒，推进数据共享；打破信息孤岛；部门数据互通共享；破除数据壁垒",
    "enforcement-platform": "运用“掌上执法”系统开展检查；案件全部录入行政执法监督平台；建成执法综合管理系统；启用城管指挥平台；执法办案系统上线；案件网上流转，执法平台录入",
    "smart-governance": "推进智慧社区建设；依托基层治理四平台；智慧平台调度网格；建成社会治理指挥中心；综治平台接入监控；村级一网统管；街道运行中心接入视频和感知设备2016路，热线、网格数据归到一张图上",
    "legal-publicity": "开展法治宣传活动32场次；发放法律宣传手册",
    "enforcer-publicity-duty": "落实“谁执法谁普法”普法责任制；按照谁主管、谁普法要求；派出所、林业站各讲各的法，谁管这一摊谁就把这一摊的法讲明白",
    "five-year-publicity-plan": "实施“八五”普法规划；完成“七五”普法验收",
    "law-into-communities": "开展“法律八进”活动；送法进乡村、进社区、进学校；深入村组开展普法宣传，走村入户；送法进车间；宣讲进医院；法律进大棚；普法进渔村；流动送法车；到村巡讲42场",
    "rule-of-law-village": "创建省级民主法治示范村2个",
    "law-literate-residents": "培育“法律明白人”126名",
    "youth-legal-education": "为辖区学校配备法治副校长；开展“法治进校园”活动8次；学生模拟法庭开庭6次；中学生当小法官；法治夏令营；给孩子们上法治课；法治副校长进校",
    "rule-of-law-culture": "建成法治文化广场1个；打造法治文化长廊；法治步道1公里；编唱法治山歌；法治剪纸；宪法墙绘；建法治小院9处；普法快板；民法典长廊",
    "case-based-publicity": "开展以案释法8次；发布行政执法典型案例；用身边的案子教育村民；编印案例汇编；讲真实案例；拿判例说事讲给商户听；以案警示",
    "new-media-publicity": "用好短视频等群众愿听爱看的形式；以直播、公众号等喜闻乐见的方式讲给老人听；利用微信公众号推送普法信息120条；制作普法短视频6部；建普法微信群；方言普法短视频；公众号推送法条解读；直播讲法；普法小程序；抖音讲案例；把“梯田夜课”拍成客家话短视频",
    "anti-fraud-publicity": "开展反电诈宣传；宣传防范电信网络诈骗知识；电诈发案下降三成；劝阻受骗群众；劝装反诈软件；拦截诈骗资金；防骗课堂",
    "constitution-publicity": "开展“12·4”国家宪法日系列宣传活动；组织宪法宣誓仪式；宪法宣传日；宪法进农村；宪法读书会；宪法知识竞赛；宪法主题展览；12月4日宪法宣传",
}

# Near misses: the mechanism's word is part of another name, or only the object of another act.
NEAR_MISSES = {
    "enforcement-training": "对校外培训机构开展执法检查8次；社会监督员培训；企业安全员集训；邀请代表、委员跟班观摩执法；对校外培训机构开展执法检查",
    "court-observation": "法庭到村巡回开庭3次，旁听群众百余人；组织学生观看庭审直播；法院开庭审理案件；到法院听取意见；听取审计情况汇报",
    "case-file-review": "调阅复议案卷后审理；调阅诉讼卷宗；查阅档案；复议案卷归档",
    "rule-of-law-work-plan": "印发信访工作要点；印发年度信访工作要点；印发党建年度工作要点；年度任务完成率100%",
    "administrative-reconsideration": "设立行政复议委员会；按期答复议案建议12件",
    "emergency-response": "为应急处置提供法律意见；县应急管理局召开会议；社保关系转移人员2000人；转移就业群众3000人；为突发事件处置提供法律意见",
    "first-responsible-person": "落实安全生产第一责任人责任；主要负责人抓安全生产；书记带头植树",
    "report-on-law": "上述法律法规；检查上述法规的执行情况；向大会上述法律的起草人请教；述职报告",
    "fair-competition-review": "为企业公平参与竞争创造条件；企业公平参与竞争；市场准入登记",
    "power-list": "制定普法责任清单；制定问题整改清单；公布免罚清单；落实行政处罚“三张清单”；动态调整监管三张清单",
    "public-participation": "认真听取县委工作汇报；对处罚案件依法举行听证；问卷测评满意度95%；夜话调解纠纷；听取信访意见",
    "collective-decision": "案件审理委员会集体讨论重大复杂案件12件；案件集体讨论；党委会学法3次；集体经济组织",
    "risk-assessment": "开展食品安全风险评估；加强法律风险、舆论风险的评估；排查法律风险；评估洪涝灾害风险；排查矛盾风险",
    "major-decision-procedure": "坚决贯彻党中央重大决策部署；贯彻重大决策部署；重大事项集体研究；重大事件处置；执法案件听证",
    "legal-adviser": "实现村（社区）法律顾问全覆盖；企业法律顾问培训",
    "one-window": "一站式预约服务指导机制；建立一站式矛盾纠纷化解平台；综治中心进驻部门8个；窗口单位作风整治；学校一站式解纷",
    "comprehensive-enforcement": "联合县综合行政执法局开展检查；组建普法志愿队伍；整合调解力量；组建由执法骨干组成的普法讲师团",
    "administrative-mediation": "人民调解与司法调解衔接",
    "peoples-mediation": "行政调解成功186件",
    "hazard-screening": "有效防范法律安全风险隐患；发现法律风险隐患12处；排查矛盾隐患30个；发现问题线索8条",
    "dispute-screening": "收集社情民意、排查安全隐患、调解矛盾纠纷；走访企业发现隐患；巡查河道；发现案件线索",
    "leaders-study-law": "培育学法用法示范户12户；组织学生诵读宪法；举办群众普法课堂；夜校教农民种植技术；新任村官培训农业技术",
    "law-exam": "组织56名人员参加执法资格考试；鼓励干部报考法律职业资格；参考法院判例；学生法律知识闭卷考试；执法人员资格闭卷考试",
    "enforcement-certification": "鼓励干部报考法律职业资格；强化执法证据收集固定",
    "demonstration-campaign": "创建民主法治示范村3个；创建民主法治示范村；文明示范街道",
    "rule-of-law-thought-study": "以习近平法治思想为指导",
    "annual-report": "现将2023年法治政府建设年度报告如下",
    "rule-of-law-committee": "县委依法治县办：",
    "case-based-publicity": "该做法入选全省典型案例；案例入选全省典型；案例调解成功；做法获评典型案例",
    "new-media-publicity": "治理直播带货乱象；利用政务抖音号发布政策解读；直播带货监管；公众号发布政策解读；短视频招商",
    "constitution-publicity": "追回款项312.4万元；党组中心组学习宪法；追回款项12.4万元",
    "credit-regulation": "加强政务诚信建设；红榜村民表扬；刷信用卡",
    "government-openness": "办理依申请公开17件；收到政府信息公开申请5件；公开招标12项；公布处罚信息；门户网站公示处罚信息",
    "community-legal-adviser": "街道聘请律师事务所担任法律顾问；镇政府法律顾问审合同；屯里修路",
    "youth-legal-education": "邀请县委党校老师授课；进校园、进社区、进工地宣讲；进企业、进校园宣传法律；党校老师授课；党组理论学习中心组集中学法9次，局长带头上法治课1堂；集中学习研讨16次，举办法治讲座4场",
    "legality-review": "确保执法行为合法合规；对举报线索依法核实；执法案件未审先罚；预算未经审查",
    "litigation-response": "学习《行政诉讼法》；民事被告；居民打官司",
    "legal-aid": "宣传《法律援助法》",
    "soft-enforcement": "让执法既有力度又有温度；约谈干部12人；讲道理调解纠纷；信访约谈；督察发现的问题整改不力的通报约谈；答复文书说理不透",
    "joint-enforcement": "开展联合整改帮扶；联合公安开展反诈宣传；会同法院调处纠纷；部门联合演练；保护吹哨人",
    "petition-rule-of-law": "县信访局局长到会；汇聚审批、信访数据减少干扰；县信访局搬迁",
    "conflict-centre": "镇综治办按周研判；矛盾调查问卷；镇综治办研判",
    "one-thing-once": "实施综合监管“一件事”；同一件事多头上报；做好每一件事；第一件事是抓学习",
    "emergency-drill": "开展执法队伍专项拉练9次",
    "audit-oversight": "法律审计服务机构；法律审计服务；审计局大楼",
    "leader-reception": "畅通诉调对接、访调对接机制；开展线下访谈活动；领导接待参观团；接待考察组12批；书记讲党课；接待群众来访316批次；窗口接待来访人员",
    "enforcement-recording": "做好会议全过程记录和归档；为客车加装行车记录仪；拍摄普法录像；监控录像；会议记录",
    "three-enforcement-systems": "推进国企三项制度改革",
    "grid-governance": "整合执法力量",
    "shared-court": "到县法院旁听庭审",
    "code-inspection": "组织检查码头12处；三色赋码分级；检查码头3处；地名赋码",
    "law-into-communities": "推动普法进一步深入；普法进入新阶段；普法进程加快；反诈宣传入户率98%；贴进村民堂屋；普法进一步深入",
    "inclusive-prudent-regulation": "依规减免罚款",
    "combined-inspection": "共同查处案件5件；“双随机、一公开”监管中联合抽查占比过半；多部门联合抽查占比；会同派出所联合检查道路安全",
    "accountability": "上门询问责任人情况；约谈企业负责人12名；追究当事人刑事责任；通报批评物业公司",
    "discipline-oversight": "二级巡视员参加会议；巡视员到会；监察大队执法",
    "rule-of-law-appraisal": "把普法宣传纳入村级考核；学法考试作为入职条件；将安全生产纳入绩效考核",
    "rule-of-law-inspection": "中央环保督察反馈的问题全部整改；安全生产督查通报3家单位；督察长带队夜查",
    "approval-reform": "案件办理时间由30天压到10天；登记失业人员减少；罚款减到1万元",
    "one-network-service": "网上提交信访诉求；线上学法；网上追逃36人",
    "commitment-system": "落实首问承诺制；党员承诺制；签订服务承诺书；签订守法承诺书；审批事项承诺时限压缩82.6%，即办件占比达到61%",
    "business-environment": "运营商机房检查；学习《优化营商环境条例》；直营商店检查12家",
    "enterprise-legal-checkup": "老中医坐诊义诊；专家把脉产业发展；信访干部值班",
    "enterprise-service-officer": "村级联络员走访农户；信访联络员；普法联络员到企业讲法；物业管家服务业主；企业法律顾问",
    "normative-document-filing": "项目备案36个；应急预案备案；企业产品备案",
    "normative-document-cleanup": "清理过期食品；清理存量违建36处；清理存量信访积案；体检发现疾病；规范性文件从起草到废止全程编号；规章从立项至废止一张网管",
    "legislative-participation": "贯彻落实养犬管理条例；条例实施后修订预案；参与条例宣传；涉企政策起草时不征求法规科意见；规章制度的起草由法规处提意见",
    "major-decision-catalogue": "公布行政许可事项清单；负面清单",
    "contract-review": "签订劳动合同36份；指导调解协议履行；审批合同备案；建设工程合同纠纷案件审理周期长",
    "expert-review": "专家评查案卷；专家义诊；邀请专家讲课",
    "enforcement-disclosure": "处罚决定作出后案件移送；公开招聘执法人员；公布执法培训计划",
    "major-enforcement-review": "复议案件审核；法律援助案件把关；信访案件会审",
    "delegated-powers": "用好财政资金；使用权限管理；用好审批权限",
    "double-random": "随机抽取案卷评查；随机采访群众",
    "tiered-inspection": "矛盾纠纷红黄蓝三色预警；暴雨红色预警信号；三色审查单",
    "off-site-supervision": "采购无人机3架；无人机配合应急救援；为执法队配备无人机",
    "compliance-guidance": "合法合规指引；资金使用合规；采购程序合规",
    "diversified-resolution": "仲裁委员会换届；议事厅召开居民会议；会同公安移送案件",
    "hotline-12345": "12348法律服务热线；开通消费举报专线",
    "leader-court-appearance": "律师出庭应诉；领导出席会议；主任出席仪式；旁听行政诉讼庭审",
    "npc-cppcc-oversight": "邀请人大代表旁听庭审；征求人大代表立法意见；政协委员调解纠纷",
    "public-supervision": "聘请人民监督员；执法监督员持证；满意度测评95%；特约律师接受投诉",
    "internet-supervision": "接入执法监督平台；舆情监测系统",
    "digital-government": "整合视频探头数据；整合普法数据",
    "enforcement-platform": "购置移动执法终端30部；移动执法车2辆；公示平台",
    "smart-governance": "智慧监管平台；智慧执法系统；智慧医院",
    "rule-of-law-culture": "建立青少年法治教育基地3处；法律服务中心挂牌；民间剪纸展",
    "anti-fraud-publicity": "查处骗取医保案件；合同诈骗案移送",
    "criminal-linkage": "移送纪检机关线索；移送信访案件",
    "post-decision-evaluation": "案卷评查回头看；项目后评估；改不了的先停工、后评估",
    "litigation-source-governance": "法官进社区普法宣讲；行政诉讼案件下降",
    "must-know-law-list": "整改清单；普法责任清单",
    "discretion-benchmark": "法官自由裁判；量入为出；对裁量失当的退回补证；纠正裁量不当2件",
    "government-integrity": "追讨拖欠农民工工资；企业信用修复",
    "policy-cleanup": "取消惠农补贴政策审批",
    "value-added-service": "增值税专用发票服务",
    "law-literate-residents": "建强法治骨干力量",
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


def test_evidence_is_first_where_its_name_stands() -> None:
    """A sentence that calls a mechanism by its name is better evidence than one that only speaks of it."""
    text = "合同逐份把关。合同都要审。协议有人过目。开展合同审查12件。"
    outline = Outline(text, None, Evidence(0, len(text)), (), (Zone("achievements", 0, len(text), 0),))
    adoption = next(each for each in find_adoptions(outline, VOCABULARY) if each.mechanism == "contract-review")
    assert [quote.of(text) for quote in adoption.evidence] == ["开展合同审查12件", "合同逐份把关", "合同都要审"]


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
