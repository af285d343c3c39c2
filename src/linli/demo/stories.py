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

    `who` registers it at the window or on patrol; a resident reports without an account, some leave a `phone` and
    some ask to be called back. `planned` days after it was registered a public-benefit task is to end.
    """

    days: int
    place: str
    category: str
    text: str
    steps: tuple[Step, ...] = ()
    who: str = ""
    kind: str = "problem"
    building: str = ""
    phone: bool = False
    callback: bool = False
    planned: int = 0


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


def _planned(summary: str) -> tuple[Step, ...]:
    return (step(1, "shequ", "accept"), step(1.5, "shequ", "publish", text=summary))


def _held(summary: str, result: str, helped: int, days: int) -> tuple[Step, ...]:
    hours = days * 24
    return (
        *_planned(summary),
        step(hours, "shequ", "resolve_on_the_spot", result=result, helped=helped),
        step(hours + 2, "shuji", "verify", note="到场看过"),
        step(hours + 3, "shequ", "close"),
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
        1,
        "演示新村",
        "噪音扰民",
        "楼下烧烤摊夜里一点还在放音响",
        (
            *_dispatched(CITY, "噪音扰民", "qiaodong"),
            step(4, "chengguan", "return", reason="经营场所夜间噪声由公安派出所查处,本局无处罚权"),
        ),
    ),
    Story(
        1,
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
        1,
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
        1,
        "演示一小区",
        "",
        "建议在小区门口加装减速带,孩子放学不安全",
        (),
        kind="suggestion",
    ),
    Story(
        2,
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
        phone=True,
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
        phone=True,
        callback=True,
    ),
    Story(0, "演示一小区", "", "演示一小区东门消防通道被堵,请疏导"),
    Story(0, "演示三小区", "", "5号楼3单元门禁坏了,陌生人随便进出"),
    Story(
        40,
        "演示二小区",
        "其他",
        "给二小区六栋楼的楼道加装扶手",
        _held("为二小区六栋楼的楼道加装扶手", "六栋楼楼道全部装好扶手,验收合格。", 320, 20),
        who="shequ",
        kind="public_task",
        planned=25,
    ),
    Story(
        15,
        "演示一小区",
        "其他",
        "为一小区老人免费理发、磨刀",
        _held("为一小区老人免费理发、磨刀一次", "志愿者两场共服务老人46位。", 46, 8),
        who="shequ",
        kind="public_task",
        planned=10,
    ),
    Story(
        4,
        "演示家园",
        "其他",
        "家园活动室周末开儿童阅读角",
        _planned("家园活动室周末开设儿童阅读角,欢迎报名"),
        who="shequ",
        kind="public_task",
        planned=18,
    ),
    Story(
        2,
        "演示一小区",
        "其他",
        "一小区东门到菜店路边加装休息座椅",
        _planned("一小区东门到菜店路边加装休息座椅12处"),
        who="shequ",
        kind="public_task",
        planned=30,
    ),
)
