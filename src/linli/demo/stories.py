"""The matters that are on their way in the demo place: who does what with each, and how long ago.

Nothing here writes; operations.py lets the people of the demo live these lines in the order of time.
"""

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Step:
    """What one person does with a matter, so many hours after it was reported."""

    hours: float
    who: str
    verb: str
    values: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One matter: where and what, reported how many days ago at nine in the morning, and its steps.

    `who` registers it at the window or on patrol; a resident reports without an account.
    """

    days: int
    place: str
    category: str
    text: str
    steps: tuple[Step, ...] = ()
    who: str = ""
    kind: str = "problem"
    building: str = ""


def step(hours: float, who: str, verb: str, **values: Any) -> Step:
    """A step with its values."""
    return Step(hours, who, verb, tuple(values.items()))


def _dispatched(body: str, category: str, desk: str = "shequ") -> tuple[Step, ...]:
    return (step(1, desk, "accept", category=category), step(1.5, desk, "dispatch", lead=body))


def _done(body: str, who: str, category: str, result: str, hours: float = 26) -> tuple[Step, ...]:
    return (
        *_dispatched(body, category),
        step(2, who, "take"),
        step(3, who, "contact"),
        step(hours, who, "finish", result=result),
    )


def _rated(solved: bool, stars: int, remark: str = "", hours: float = 28) -> tuple[Step, ...]:
    return (
        step(hours, "reporter", "confirm"),
        step(hours + 1, "shequ", "close", answer="已按您的意见办结,感谢您的反映。"),
        step(hours + 24, "reporter", "rate", solved=solved, satisfied=stars, remark=remark),
    )


CITY: Final = "县城市管理综合执法局"
WATER: Final = "县供水公司"

STORIES: Final = (
    Story(
        24,
        "演示一小区",
        "路灯照明",
        "一小区北门到菜店那段路灯全灭,晚上老人不敢走",
        (
            *_done(CITY, "chengguan", "路灯照明", "更换路灯电缆60米、灯头4个,当晚全部亮灯。"),
            *_rated(True, 5, "当天就来了"),
        ),
    ),
    Story(
        20,
        "演示二小区",
        "供水供电",
        "2号楼顶楼早上六点到八点没有水",
        (
            *_done(WATER, "gongshui", "供水供电", "清洗减压阀并调高二次供水压力,顶楼水压恢复。"),
            *_rated(True, 4),
        ),
    ),
    Story(
        17,
        "演示家园",
        "环境卫生",
        "家园西侧空地有人倒建筑垃圾",
        (
            *_done(CITY, "chengguan", "环境卫生", "清运建筑垃圾六车,立了禁倒牌。"),
            *_rated(True, 3, "过两天又有人倒"),
            step(76, "reporter", "reopen", reason="垃圾又倒回来了"),
            step(78, "shequ", "dispatch", lead=CITY),
            step(80, "chengguan", "take"),
        ),
    ),
    Story(
        9,
        "演示新村",
        "噪音扰民",
        "楼下烧烤摊夜里一点还在放音响",
        (
            *_dispatched(CITY, "噪音扰民", "qiaodong"),
            step(4, "chengguan", "return", reason="经营场所夜间噪声由公安派出所查处,本局无处罚权"),
        ),
    ),
    Story(
        8,
        "演示一小区",
        "消防设施",
        "1号楼楼道堆满纸箱和电动车,楼上出不来",
        (
            *_dispatched("县消防救援大队", "消防设施"),
            step(
                5,
                "shequ",
                "whistle",
                departments=(CITY, "县消防救援大队"),
                text="楼道堆物反复清理反复堆,请到场一起处置",
            ),
        ),
        who="wangge",
        building="1号楼",
    ),
    Story(
        6,
        "演示花苑",
        "环境卫生",
        "小区门口化粪池外溢,气味很大",
        (
            *_dispatched(CITY, "环境卫生"),
            step(2, "chengguan", "take"),
            step(3, "chengguan", "ask_extension", reason="需协调吸污车,请延期两个工作日", days=2),
        ),
    ),
    Story(
        5,
        "演示一小区",
        "",
        "建议在小区门口加装减速带,孩子放学不安全",
        (),
        kind="suggestion",
    ),
    Story(
        4,
        "演示一小区",
        "停车秩序",
        "演示一小区东门消防通道又停满了车,救护车进不来",
        (step(2, "shequ", "accept", category="停车秩序"), step(3, "shequ", "dispatch", lead="县交警大队")),
    ),
    Story(
        2,
        "演示二小区",
        "环境卫生",
        "演示二小区2号楼旁建筑垃圾堆放多日",
        _done(CITY, "chengguan", "环境卫生", "当日已清运建筑垃圾两车,现场已打扫。", hours=8),
        building="2号楼",
    ),
    Story(
        1,
        "演示二小区",
        "供水供电",
        "演示二小区1号楼早上水压很低",
        (*_dispatched(WATER, "供水供电"), step(2, "gongshui", "take")),
        building="1号楼",
    ),
    Story(
        1,
        "演示一小区",
        "路灯照明",
        "演示一小区3号楼前路灯三天不亮,夜里看不清路",
        _dispatched(CITY, "路灯照明"),
        building="3号楼",
    ),
    Story(0, "演示一小区", "", "演示一小区东门消防通道被堵,请疏导"),
    Story(0, "演示三小区", "", "5号楼3单元门禁坏了,陌生人随便进出"),
)
