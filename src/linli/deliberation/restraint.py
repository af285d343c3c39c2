"""What no convention may hold: fines, points taken, benefits withheld, water or power cut off, naming and shaming.

Residents' own rules bind by agreement; punishing is for the law and for those whom it names. Pure: text in, the
words found out. A clause that forbids such a thing, or says that a body does it by law, is none of them.
"""

import re
from typing import Final

_PUNISHES: Final = re.compile(
    r"罚[款金钱没]|罚\s*[0-9一二三四五六七八九十百千两]+\s*(?:元|块)|处罚|违约金|没收|收缴|扣押"
    r"|[扣减](?:除|减|掉)?[^，,。；;、]{0,6}(?:积?分(?![类钟批开歧散担])|工资|奖金|分红|福利|补贴)"
    r"|积分[^，,。；;]{0,4}(?:清零|扣[除减]|作废)"
    r"|(?:取消|停发|停止|暂停|剥夺|不予?发放?|不再享受|不得享受|不能享受|不享受|扣发|限制)[^，,。；;]{0,10}"
    r"(?:福利|资格|补贴|补助|待遇|低保|救助|分红|慰问|服务|权利|入学|选举权)"
    r"|(?:不予|不给|拒绝|暂缓|停止)[^，,。；;]{0,4}(?:办理|盖章|出具|开具|提供服务|受理)"
    r"|(?<!维修)(?<!检修)(?<!临时)(?<!突然)[断停][水电气热暖网](?!梯|动|瓶|时|期间|前|后|通知|检修|停[水电气热暖]时)|停止供[水电气热暖]|锁门禁|停用门禁|限制出入"
    r"|黑名单|曝光|公开通报|通报批评|张榜|驱逐|逐出|赶出|连坐"
)
# What may stand between a word that forbids and what it forbids, so that 不得 of something else does not excuse.
_BETWEEN: Final = (
    r"(?:因此|因故|擅自|随意|私自|自行|任意|直接|对?居民|对?业主|对?住户|对?租户|对?他人|向|对|采取|采用|进行|实行|实施|设立|设置|设定"
    r"|规定|以任何理由|以任何名义|任何形式的?|任何|用|以|作为|予以|处以|收取|列入|和|或者?|及|与|、|等方式|等)"
)
_FORBIDS: Final = re.compile(
    rf"(?:(?<!是)不|不得|不能|不会|不应|不可|不许|不准|不再|禁止|严禁|无权|不以|不搞|不作|不设){_BETWEEN}*$"
)
_LAW: Final = re.compile(r"依法|依照|依据|按照[^，,。；;]{0,12}(?:法|条例|规定)|根据[^，,。；;]{0,12}(?:法|条例|规定)")
_BODIES: Final = re.compile(
    r"(?:有关|相关|主管|执法|行政|民政|消防|城管|公安|住建|市场监管|生态环境|应急)[^，,。；;]{0,4}(?:部门|机关|机构|单位)"
    r"|公安机关|城管|派出所|人民法院|法院|街道办事处|消防救援"
)
_SENTENCES: Final = re.compile(r"[^。；;！!\n]+")
_PARTS: Final = re.compile(r"[^，,：:]+")


def punishments(text: str) -> list[str]:
    """The words of a clause by which it would punish or withhold, in their order; none of a clause that is sound."""
    return [word for sentence in _SENTENCES.findall(text) for word in _of_sentence(sentence)]


def _of_sentence(sentence: str) -> list[str]:
    found = []
    before = ""
    for part in _PARTS.findall(sentence):
        # Whoever acts by law is named in the same breath, or in the part before.
        lawful = _LAW.search(before + part) and _BODIES.search(before + part)
        if not lawful:
            found += _of_part(part)
        before = part
    return found


def _of_part(part: str) -> list[str]:
    found: list[str] = []
    forbidden_to = 0
    for match in _PUNISHES.finditer(part):
        ahead = part[: match.start()]
        gap = part[forbidden_to : match.start()]
        chained = forbidden_to and re.fullmatch(rf"{_BETWEEN}*", gap)
        if chained or _FORBIDS.search(ahead):
            forbidden_to = match.end()
        else:
            found.append(match.group())
    return found
