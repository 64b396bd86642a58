"""The name of a department, without its place, in its statutory form: 县市监局 is a 市场监督管理局."""

import re

# What offices call each other day by day → the statutory name. Only where there is but one (文旅局 may be 文化和旅游局
# or 文化广电旅游体育局: it stays as it is).
_STATUTORY = {
    "市监局": "市场监督管理局",
    "市场监管局": "市场监督管理局",
    "卫健委": "卫生健康委员会",
    "卫生健康委": "卫生健康委员会",
    "卫健局": "卫生健康局",
    "卫计委": "卫生和计划生育委员会",
    "卫计局": "卫生和计划生育局",
    "住建局": "住房和城乡建设局",
    "住房城乡建设局": "住房和城乡建设局",
    "住建委": "住房和城乡建设委员会",
    "住建厅": "住房和城乡建设厅",
    "发改委": "发展和改革委员会",
    "发展改革委": "发展和改革委员会",
    "发改局": "发展和改革局",
    "发展改革局": "发展和改革局",
    "人社局": "人力资源和社会保障局",
    "人力资源社会保障局": "人力资源和社会保障局",
    "人社厅": "人力资源和社会保障厅",
    "自规局": "自然资源和规划局",
    "资规局": "自然资源和规划局",
    "自然资源规划局": "自然资源和规划局",
    "应急局": "应急管理局",
    "交通局": "交通运输局",
    "医保局": "医疗保障局",
    "退役军人局": "退役军人事务局",
    "工信局": "工业和信息化局",
    "科技局": "科学技术局",
    "国资委": "国有资产监督管理委员会",
    "机关事务局": "机关事务管理局",
    "林草局": "林业和草原局",
    "环保局": "环境保护局",
    "安监局": "安全生产监督管理局",
    "国土局": "国土资源局",
    "食药监局": "食品药品监督管理局",
    "质监局": "质量技术监督局",
    "工商局": "工商行政管理局",
    "疾控局": "疾病预防控制局",
    "人防办": "人民防空办公室",
    "外事办": "外事办公室",
    "公积金中心": "住房公积金管理中心",
    "政府办": "人民政府办公室",
    "政府办公室": "人民政府办公室",
    "人民政府办": "人民政府办公室",
}
# The government itself, its party committee, or the office that reports on the whole place's behalf.
GOVERNMENT = re.compile(
    r"(?:中共)?(?:人民政府|政府|委员会|党委|党工委|工委|委|管理委员会|管委会|(?:人民政府)?(?:街道)?(?:地区)?办事处|行政公署|行署|区公所|"
    r"(?:委)?(?:全面)?依法治[省市区县州旗盟镇乡街](?:委员会)?办(?:公室)?|(?:委)?(?:全面)?依法治[省市区县州旗盟](?:委员会)?|"
    r"(?:推进)?(?:依法行政|法治政府建设|法治建设)(?:工作)?(?:领导|协调)小组(?:办公室)?|、|\s)+"
)
_DEPARTMENT = re.compile(
    r"(?:中共)?(?:委(?!员))?([\u4e00-\u9fff、]{1,24}?(?:局|厅|委员会|委|办公室|办|中心|总队|支队|大队|执法队|署|站|所|海关|[^市地]分局))"
)
NOT_OF_PLACE = ("国家税务总局", "国家", "中国")


def find_department(name: str) -> tuple[bool, str | None]:
    """What follows a place in an office's name → (whether it is an office's name at all, the department if any).

    `人民政府` is one, and no department; `市监局` is the department `市场监督管理局`; `坚持以人民为中心` is neither.
    """
    if not name or GOVERNMENT.fullmatch(name):
        return bool(name), None
    match = _DEPARTMENT.fullmatch(name)
    if not match or re.search(r"[的在是我将以于了]|坚持|工作$|加强|推进", match[1]):
        return False, None
    return True, _STATUTORY.get(match[1], match[1])
