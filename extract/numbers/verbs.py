"""Names that are nothing but a verb (审结, 收回, 新增): the sentence has their noun before them."""

import re

_VERBS = (
    "开展 举办 组织 摸排 发生 实有 净增 受理 履行 上年结转 结转 新收 共收 审结 办结 调解 化解 成功 调处 调成 处置 处理 审查 审核 整改 完成 解决 协调 废止 修改 修订 保留 收回 新增 原有 现有 移送 立案 结案 采纳 答复 回复 公示 备案 "
    "承接 评查 抽查 复查 抽评 自查 复核 攻克 破解 啃下 拿下 攻下 纠正 撤销 维持 驳回 退回 否决 败诉 胜诉 宣布 失效 销号 办理 交办 转办 督办 拟 继续 有效 补充 不予 予以 部分 无法 查处 查结 办复 按时 按期 就地 当场 限期 正在 尚在 在办 "
    "达成 达成协议 调撤 撤诉 终止 和解 确认 申请 适用 收到 接到 接收 登记 排查 消除 发现 反馈 落实 列入 纳入 通过 取消 下放 调整 剩余 尚余 同意 不同意 公布 公开 制定 出台 "
    "印发 发布 清理 出庭 应诉 参与 参加 到位 执结 执行 立项 结项 入库 提交 上报 报送 审议 审批 批准 起草 论证 评估 作出 确认违法 变更 责令 不予受理 不立案 减轻 从轻 免予 免于 处罚 "
    "移交 转交 分流 成案 调查 核实 追缴 引导 协助 代理 支持 提供 获评 创成 建成 培育 培养 新建 改建 续聘 增设 撤并 合并 整合 取得 持有 具备 未通过 通报 约谈 问责 处分 挽回 追回 退还 返还 兑现 "
    "已改 入列 报备 推送 指导 督促 核查 检查 巡查 走访 服务 惠及 覆盖 帮扶 培训 轮训 修复 告知 送达 公告 开具 核发 梳理 已 并 、 和 或者 或 及 以及 均 共 其中 全部 直接 依法 主动 率先 累计"
)
_ONLY_VERBS = re.compile("(?:{})+".format("|".join(sorted(_VERBS.split(), key=len, reverse=True))))
_LEADING_VERBS = re.compile(
    "^(?:{})+".format(
        "|".join(
            sorted(
                set(_VERBS.split()) - {"处罚", "申请", "服务", "培训", "直接", "依法", "主动", "有效"},
                key=len,
                reverse=True,
            )
        )
    )
)
_LIGHT = frozenset(("办理", "开展", "完成", "处理", "组织", "举办", "累计办理", "共办理"))
_BELONGS = re.compile(
    r"^.*(?:现有|下放的|共有|累计|总共|承接|涉及|收到|受理|办理|审结|办结|查处|自查|梳理出?|建立|组织)(?=[^,。;]{2,}$)|^收(?=各类|一审|行政|申请|案)"
)


def is_only_verb(name: str) -> bool:
    """Whether a name says what was done but not to what: 审结, 调解成功, 已承接."""
    return bool(_ONLY_VERBS.fullmatch(name)) and name not in (
        "立案",
        "应诉",
        "出庭应诉",
        "巡查",
        "走访",
        "检查",
        "培训",
    )


def is_light(name: str) -> bool:
    """Whether a verb says no more than that something was done: 办理, 开展."""
    return name in _LIGHT


def head(name: str) -> str:
    """The noun of a name, without its verbs: 审结行政复议案件 → 行政复议案件, 执法队现有队员 → 队员."""
    if _ONLY_VERBS.fullmatch(name):
        return ""
    noun = _BELONGS.sub("", name)
    noun = re.sub(
        r"^(?:减轻|从轻|不予|免予|免于)(?:行政)?处罚|^对(?=.*(?:处罚|免罚)$)|(?:不予|免予|免于|从轻|减轻)[\u4e00-\u9fff]{0,6}处罚$|免罚$",
        "",
        noun,
    )
    noun = _LEADING_VERBS.sub("", noun) if len(noun) > 2 else noun
    return noun if len(noun) >= 2 else name
