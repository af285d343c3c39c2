"""How alike two labels are: words of a form against the words by which the records know a value."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from linli.records.ledgers.labels import normalise_label, plain

SURE: Final = 0.85
LIKELY: Final = 0.6
EXACT: Final = 1.0
_NUMBERED: Final = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}[、.．)）](?!\d)|其中[:：]?|[-—·●]+)"
)
_BRACKET: Final = re.compile(r"[（(\[【]([^（()\[\]【】）]{0,12})[)）\]】]")
_PREFIX: Final = re.compile(
    r"^(?:截至目前|截止目前|目前|全社区|本社区|我社区|社区内|社区|全街道|本街道|街道|全县|全区|全市|本辖区|辖区内|辖区|所辖|下辖|辖内"
    r"|辖有|辖|现有|共有|拥有|已建立|已建|建有|设有|配备|在册|实有|登记|本级|划分|共|设)+"
)
_SUFFIX: Final = re.compile(r"(?:总数量|总数|数量|个数|总量|合计|总计|件数|次数|支数|家数|数目|数)$")
_PERIODS: Final = (
    (re.compile(r"上月|上个月"), "last_month"),
    (re.compile(r"本月|当月|本月份"), "month"),
    (re.compile(r"本季度|本季|当季|季度内"), "quarter"),
    (
        re.compile(r"(?:本年度?|今年|当年|年初以来|年内|全年)(?:以来)?(?:累计)?|年度累计|1[-—~至]本?月|年累计"),
        "year_to_date",
    ),
    (re.compile(r"历年|累计|至今"), "cumulative"),
)
# Words that make another thing of what they stand before; a label that has one more of them asks something else.
_TURNS: Final = re.compile(
    r"新增|减少|增加|注销|未|不|非|无|男|女|残疾|低保|流动|外来|退休|在职|少数民族|困难|特困|独居|空巢|留守|失独|失能|高龄|退役|军属"
    r"|失业|出租|空置|儿童|老人|老年|青年|妇女|学生|疫苗|死亡|出生|育龄|比例|率|占比|同比|环比|平均|人均|面积|电话|手机|地址|时间|日期"
    r"|身份证|姓名|名单|代码|编号|经费|资金|金额|收入|住房|车|宠物|养老|就业|培训|消防|投诉|专职|兼职|全职|党|团员|志愿|物业|商铺|企业"
    r"|名称|书记|主任|副|两新|流入|流出|撤销|整改|超期|逾期|退回|重复|满意|办结|解决|回访|在办|积压|领办|认领|宣讲|走访"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a label asks, apart from the period it names: the bare words, and their stem without 数 and the like."""

    words: str
    stem: str
    period: str = ""
    unit: str = ""


@lru_cache(maxsize=20_000)
def asked(label: str) -> Asked:
    """A label as it is compared."""
    text = plain(label).strip("*:：★※#")
    text = _NUMBERED.sub("", _NUMBERED.sub("", text)) or text
    text = text.replace("各类", "").replace("各项", "")
    unit = next((match.group(1) for match in _BRACKET.finditer(text)), "")
    bare = normalise_label(_BRACKET.sub("", text) or text)
    period = ""
    for pattern, code in _PERIODS:
        if (cut := pattern.sub("", bare)) != bare and (cut or bare):
            period, bare = period or code, cut
    words = bare or plain(label)
    return Asked(words, _SUFFIX.sub("", _PREFIX.sub("", words)) or words, period, unit)


@lru_cache(maxsize=200_000)
def alike(label: str, known: str) -> float:
    """How surely a label asks for what is known by other words, from 0 to 1."""
    left, right = asked(label), asked(known)
    if not left.words or not right.words:
        return 0
    if left.words == right.words:
        return EXACT
    if left.stem == right.stem:
        return 0.95 if len(left.stem) > 1 else 0
    if _turns(left.words) != _turns(right.words) or min(len(left.stem), len(right.stem)) < 2:
        return 0
    return _dice(left.stem, right.stem)


def _turns(text: str) -> frozenset[str]:
    return frozenset(_TURNS.findall(text))


def _dice(left: str, right: str) -> float:
    """Pairs of characters in common, and a little more where one holds the other whole; never sure."""
    a, b = _pairs(left), _pairs(right)
    share = 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
    if (left in right or right in left) and min(len(left), len(right)) / max(len(left), len(right)) >= 0.5:
        share = max(share, 0.72)
    return min(share, 0.84) if share >= LIKELY else 0


@lru_cache(maxsize=20_000)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
