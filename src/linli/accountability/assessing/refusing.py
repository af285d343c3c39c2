"""What is never scored (domain rules R11 and R16): what record types declare to be persons or things reported.

How many events somebody reports, how many persons answer or are counted: such numbers grow by being asked for, so a
score may hold them against nothing but themselves (the share that was solved, the share that is satisfied). A number
of a ledger from elsewhere says only by its name what it counts; there, and for points given by hand, words decide.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput
from linli.records.figures.definitions import Figure, leaf
from linli.records.types import RecordType, record_type

WATCHING: Final = re.compile(
    r"点击|浏览量|访问量|阅读量|点赞|转发|登录|登陆|下载率|安装率|(?:客户端|APP|应用|软件).{0,4}安装|活跃|在线(?:时|率)"
    r"|打卡|签到|考勤|刷脸|轨迹|里程|步数|学习时长"
    r"|\b(?:clicks?|page ?views?|likes|log-?ins?|sign-?ins?|installs?|online (?:time|hours)|time online)\b"
    r"|\b(?:check-?ins?|mileage)\b",
    re.IGNORECASE,
)
REPORTING: Final = re.compile(
    r"(?:上报|报送|采集|巡查|随手拍).{0,8}(?:数量|件数|条数|次数|数$|不少于|不低于|至少|达到\d)|每月.{0,4}报.{0,6}(?:件|条)"
    r"|\b(?:number of (?:reports|events)|(?:reports|events) (?:reported|per))\b",
    re.IGNORECASE,
)
QUANTITIES: Final = ("distinct", "sum")


def refuse_words(*texts: str) -> None:
    """Refuse what by its name watches people. Raises: assessment.watches_people, assessment.counts_reported"""
    for text in texts:
        if WATCHING.search(text):
            raise InvalidInput(
                "assessment.watches_people",
                _("“%(name)s” is no ground for an assessment: nobody is scored by clicks, presence or time online."),
                name=text,
            )
        if REPORTING.search(text):
            raise InvalidInput(
                "assessment.counts_reported",
                _("“%(name)s” counts what somebody reports. Score the share that was solved instead."),
                name=text,
            )


def refuse_figure(figure: Figure, book: Mapping[str, Figure], *, as_size: bool = False) -> None:
    """Refuse a figure that is no ground for a score, with all that it is made of.

    What a number is divided by only says how large a unit is (`as_size`): there persons may be counted, for fewer
    residents are nobody's merit; things reported may not, for whoever hears of fewer would score higher.
    Raises: assessment.watches_people, assessment.counts_reported, assessment.counts_persons, assessment.by_reporter
    """
    refuse_words(figure.label, figure.label_en)
    if figure.of:
        _refuse_quantity(figure, as_size=as_size)
        _refuse_names(figure)
    elif figure.share:
        _refuse_reporter(record_type(book[figure.share.of].of), figure.share.where, figure)
        refuse_words(book[figure.share.of].label)
    elif figure.ratio and _held_against_itself(book[figure.ratio.of], book[figure.ratio.over]):
        above, below = book[figure.ratio.of], book[figure.ratio.over]
        extra = {name: value for name, value in above.where.items() if below.where.get(name) != value}
        _refuse_reporter(record_type(above.of), extra, figure)
        refuse_words(above.label, below.label)
    elif figure.ratio:
        refuse_figure(book[figure.ratio.of], book, as_size=as_size)
        refuse_figure(book[figure.ratio.over], book, as_size=True)
    else:
        for part in figure.parts:
            refuse_figure(book[part], book, as_size=as_size)


def _refuse_quantity(figure: Figure, *, as_size: bool) -> None:
    """A plain number of things reported, or of persons where they are no mere size."""
    kind, how, name = record_type(figure.of), *_measured(figure)
    counted = how in ("count", *QUANTITIES)
    if kind.reported and counted:
        raise InvalidInput(
            "assessment.counts_reported",
            _("“%(name)s” counts what somebody reports. Score the share that was solved instead."),
            name=figure.label or figure.id,
        )
    measure = kind.measure(name)
    if as_size:
        return
    if (kind.persons and counted) or name == "person" or (measure is not None and measure.persons):
        raise InvalidInput(
            "assessment.counts_persons",
            _("“%(name)s” counts persons. Score a share of them instead."),
            name=figure.label or figure.id,
        )


def _held_against_itself(above: Figure, below: Figure) -> bool:
    """Whether one number is a part of the other: the same records, measured alike."""
    if not above.of or above.of != below.of:
        return False
    kind = record_type(above.of)
    if above.measure == below.measure:
        return True
    measures = [kind.measure(_measured(item)[1]) for item in (above, below)]
    return not kind.reported and all(item is not None and item.persons for item in measures)


def _refuse_reporter(kind: RecordType, where: Mapping[str, Any], figure: Figure) -> None:
    """A share of what is reported that asks who reported it is a count in disguise."""
    if any((found := kind.dimension(name)) is not None and found.reporter for name in where):
        raise InvalidInput(
            "assessment.by_reporter",
            _("“%(name)s” tells by whom things were reported. Score the share that was solved instead."),
            name=figure.label or figure.id,
        )


def _refuse_names(figure: Figure) -> None:
    """What a figure's own conditions name: the series of a total from elsewhere, say."""
    for value in figure.where.values():
        refuse_words(*(str(item) for item in (value if isinstance(value, list) else [value])))


def _measured(figure: Figure) -> tuple[str, str]:
    """How a simple figure measures, and what."""
    if isinstance(figure.measure, str):
        return figure.measure, ""
    how, name = next(iter(figure.measure.items()))
    return how, name


def rests_on_answers(figure: Figure, book: Mapping[str, Figure]) -> bool:
    """Whether a figure tells what people answered: a share or rate of records of persons, or of measures of them."""
    base = leaf(figure, book)
    kind = record_type(base.of)
    measure = kind.measure(_measured(base)[1])
    told = kind.persons or (measure is not None and measure.persons)
    return bool((figure.share or figure.ratio) and told)
