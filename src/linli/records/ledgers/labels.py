"""Words that stand in a ledger without being data: headers in comparable form, totals, footers, examples."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

UNIT = re.compile(r"[(\[【][^()\[\]【】]{0,12}[)\]】]$")
NUMBERED = re.compile(r"^[(\[]?\d{1,2}[)\]、.](?!\d)")
MARKS = "*:#★※"
TOTAL = re.compile(
    r"^(?:本页|本表|全[省市县区镇乡街村]|.{0,8}[省市县区镇乡村办]|.{0,8}(?:街道|社区))?"
    r"(?:合计|总计|小计|共计|总合计|total|sum)[:]?$",
    re.IGNORECASE,
)
GRAND_TOTAL = re.compile(r"^(?:累计|总数|总和|合计|总计|小计|共计)(?:数|人数)?[:]?(?:\d.{0,12})?$")
WHO = "填表|填报|制表|制单|填制|审核|复核|审批|核准|校对|经办|负责|单位负责|主要负责|分管|领导|联系|录入|报送|上报|统计"
WHAT = "人签字|人签名|领导签字|人|员|单位|部门|领导|日期|时间|电话|签字|签名|意见|盖章|人员"
NOTE = "备注|附注|附|说明|注释|注|备"
FOOTER = re.compile(
    rf"^[*※]?(?:(?:{WHO})(?:{WHAT})?|日期|时间|电话|签字|签名|盖章|公章|(?:{NOTE})\d?)[:]"
    rf"|^\(?(?:盖章|公章|签章|签字)\)?$|^[*※]?(?:{NOTE})\d?[、.]"
)
EXAMPLE = re.compile(r"^\(?(?:例|示例|样例|举例|范例|填写示例|填报示例|样表)\)?\d?[:]?$")
GUIDANCE = re.compile(r"(?:填表|填报|填写|使用|录入)(?:说明|须知|要求|指南|示例)|字典|代码表|下拉|选项|指标解释")
RUNNING_NUMBER = re.compile(r"^(?:序号|序|编次|no\.?|行号|行次)$", re.IGNORECASE)
NUMERIC = re.compile(r"^[-+~约]?[\d.,/:%\s年月日时分秒-]+$")
CALENDAR = re.compile(r"^(?:\d{4}年|\d{1,2}月|\d{4}年\d{1,2}月|[1-4]季度)$")
PAIR = re.compile(r"^[^:]{1,12}:")
# How columns are called nearly everywhere, so that a header is known without any hints.
USUAL = re.compile(
    r"^(?:序号|街道|乡镇|镇街|社区|村|村居|小区|网格|县区|区县|性别|年龄|民族|类别|楼栋|积分|议题|主题|单位|年度|季度|月份)$"
    r"|(?:编号|流水号|订单号|单号|工号|学号|证号|证书号|编码|姓名|名称|日期|时间|电话|方式|地址|人数|户数|数量|面积|类别|类型|性质|状态|备注|内容|情况|结果|金额|职务"
    r"|身份|来源|要求|措施|进度|期限|时长|负责人|责任人|次数|人次|级别|单位)$"
)
ORDINALS = frozenset("甲乙丙丁戊己庚辛壬癸")


@lru_cache(maxsize=20_000)
def normalise_label(label: str) -> str:
    """A header as it is compared: width, space, stars, numbering, colons and a unit in brackets do not count."""
    text = plain(label).strip(MARKS)
    text = NUMBERED.sub("", text) or text
    bare = UNIT.sub("", text).strip(MARKS)
    return bare or text


def plain(text: str) -> str:
    """A text in narrow characters and without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_numeric(text: str) -> bool:
    """Whether a text is a number, a date or a time."""
    return NUMERIC.match(plain(text)) is not None


def is_wordy(text: str) -> bool:
    """Whether a text could be a header: words, or a part of the calendar, and not too long."""
    bare = plain(text)
    return len(bare) <= 40 and (CALENDAR.match(bare) is not None or not (is_numeric(bare) or PAIR.match(bare)))


def is_total(texts: Sequence[str]) -> bool:
    """Whether the first texts of a row call it a total."""
    return GRAND_TOTAL.match(plain(texts[0])) is not None or any(
        len(text) <= 16 and TOTAL.match(plain(text)) is not None for text in texts[:3]
    )


def is_footer(texts: Sequence[str], width: int) -> bool:
    """Whether a row is a remark or a line of signatures below the table."""
    if not FOOTER.match(plain(texts[0])):
        return False
    return len(texts) <= max(2, width // 2) or all(PAIR.match(plain(text)) or len(text) <= 4 for text in texts)


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether a row below the header only numbers the columns: 1 2 3, or 甲 乙 1 2 3, or A B C."""
    rest = [plain(text).strip("()") for text in texts]
    while rest and rest[0] in ORDINALS:
        rest.pop(0)
    if len(texts) < 3:
        return False
    numbers = [str(number) for number in range(len(rest) + 1)]
    letters = [chr(65 + number) for number in range(min(len(rest), 26))]
    return rest in (numbers[1:], numbers[:-1], letters)
