"""A place that nobody has seen: YAML, a Word file and its ledgers are enough for its report."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from linli.accountability.documents.drafting import drafted
from linli.accountability.queries import reports
from linli.accountability.queries.report_values import Asked
from linli.accountability.tests.reporting import lines_of
from linli.core.actors import SYSTEM
from linli.records.figures.compile import EVERYWHERE
from linli.records.operations.imports import files_import
from linli.records.operations.profiles import profile_apply, profile_check
from linli.records.tests.sampling import table, workbook

AT = date(2026, 10, 31)
COMMUNITIES = ("柳岸社区", "荷塘社区", "石阶社区")
YAML = {
    "place": """
        name: 云栖区
        root: "990777"
        levels:
          - {code: county, label: 区, label_en: district, length: 6}
          - {code: street, label: 镇街, label_en: town, length: 9}
          - {code: community, label: 社区, label_en: community, length: 12}
    """,
    "figures": """
        figures:
          - {id: calls, label: 来电, of: case, period: year_to_date, unit: 件}
          - {id: solved, label: 办结, of: case, by: closed, where: {outcome: resolved}, period: year_to_date, unit: 件,
             wording: over}
          - {id: rate, label: 办结率, share: {of: calls, where: {outcome: resolved}}, decimals: 1, unit: "%"}
          - {id: elders, label: 老人, of: statistic, where: {series: elders}, measure: {sum: value}, unit: 人}
          - {id: meetings, label: 议事会, of: statistic, where: {series: meetings}, measure: {sum: value}, unit: 场}
    """,
    "imports": """
        maps:
          - id: hotline
            label: 热线来电登记
            signature: {title: 热线来电登记簿, headers: [流水号, 来电时间, 所在社区]}
            required: [流水号, 来电时间, 所在社区, 诉求内容]
            key: [流水号]
            records:
              - type: case
                constants: {kind: problem, source: hotline}
                columns:
                  number: 流水号
                  received: 来电时间
                  place.community: 所在社区
                  text: 诉求内容
                  closed: 办结时间
                  outcome: {from: 办理情况, values: {已解决: resolved, 办理中: ""}}
          - id: people
            label: 社区人口统计
            signature: {title: 社区人口统计, headers: [社区, 60岁以上]}
            required: [社区, 60岁以上, 截止日期]
            records:
              - type: statistic
                constants: {series: elders, unit: 人}
                columns: {place.community: 社区, value: 60岁以上, since: 截止日期}
    """,
    "reports": """
        reports:
          - {code: hotline, label: 热线办理情况通报, file: hotline.docx}
        awaited:
          - {code: volunteers, label: 注册志愿者, unit: 人}
    """,
}
TEXT = """热线办理情况通报
受理{{来电}}，办结{{办结}}，办结率{{办结率，分式}}，老人{{老人}}，志愿者{{volunteers}}，议事会{{议事会}}。
{{表：来电+办结，按社区}}
区热线中心
{{日期}}"""


def profile(folder: Path) -> Path:
    """The place's profile, as its office would write it."""
    (folder / "reports").mkdir(parents=True)
    for name, text in YAML.items():
        (folder / f"{name}.yaml").write_text("\n".join(line[8:] for line in text.split("\n")), "utf-8")
    (folder / "reports" / "hotline.docx").write_bytes(drafted(TEXT))
    return folder


def ledgers(folder: Path, draw: random.Random) -> tuple[list[Path], list[tuple[str, bool]]]:
    """Divisions, a register with title, office and total, and counts in the coding of old machines; what is in them."""
    divisions = [
        ["990777", "云栖区", "county", ""],
        ["990777001", "临湖街道", "street", "990777"],
        ["990777002", "山前镇", "street", "990777"],
        *([f"99077700{1 + n // 2}00{n + 1}", name, "community", f"99077700{1 + n // 2}"]
          for n, name in enumerate(COMMUNITIES)),
    ]  # fmt: skip
    heads = ["流水号", "来电时间", "所在社区", "诉求内容", "办理情况", "办结时间"]
    calls: list[tuple[str, bool]] = [
        (draw.choice(COMMUNITIES), draw.random() < 0.8) for _n in range(draw.randint(90, 140))
    ]
    rows: list[list[Any]] = []
    for number, (community, solved) in enumerate(calls):
        day = date(2026, 1, 5) + timedelta(days=draw.randrange(280))
        closed = str(day + timedelta(days=4)) if solved else ""
        state = "已解决" if solved else "办理中"
        rows.append([f"RX{number:04}", str(day), community, f"第{number}号路灯不亮", state, closed])
    register = [["热线来电登记簿（2026年度）"], ["填报单位：区热线中心"], heads, *rows, ["合计", "", "", len(rows)]]
    (folder / "people.csv").write_bytes(
        "社区人口统计,,\n社区,60岁以上,截止日期\n柳岸社区,1201,2026-09-30\n荷塘社区,988,2026/9/30\n"
        "石阶社区,640,2026年9月30日\n".encode("gb18030")
    )
    paths = [
        table(folder / "divisions.csv", ["code", "name", "level", "parent"], divisions),
        workbook(folder / "热线来电登记簿.xlsx", register),
        folder / "people.csv",
    ]
    return paths, calls


@pytest.mark.django_db
def test_yaml_a_word_file_and_ledgers_are_enough(tmp_path: Path) -> None:
    folder = profile(tmp_path / "profile")
    assert profile_check(folder) == []
    profile_apply(actor=SYSTEM, folder=folder)
    paths, calls = ledgers(tmp_path, random.Random(17))
    files = files_import(actor=SYSTEM, paths=paths, as_of=AT)
    assert [(item.rows, item.created, item.rejected) for item in files] == [
        (6, 6, []),
        (len(calls),) * 2 + ([],),
        (3, 3, []),
    ]
    version = reports.version_of(reports.template_named("hotline"))
    printed = lines_of(reports.written(reports.content_of(version), Asked(AT, EVERYWHERE, AT, "")).content)
    solved = sum(done for _community, done in calls)
    share = f"{round(solved * 100 / len(calls), 1):g}%（{solved}/{len(calls)}）"
    assert (
        f"受理{len(calls)}件，办结{solved // 10 * 10}余件，办结率{share}，老人2829人，志愿者未采集，议事会未采集。"
        in printed
    )
    first = printed.index("柳岸社区")
    own = [done for community, done in calls if community == "柳岸社区"]
    assert printed[first + 1 : first + 3] == [str(len(own)), str(sum(own))]


@pytest.mark.django_db
def test_a_map_of_a_column_that_is_not_there_is_told_before_any_ledger_comes(tmp_path: Path) -> None:
    folder = profile(tmp_path / "profile")
    (folder / "imports").mkdir()
    text = (folder / "imports.yaml").read_text("utf-8").replace("closed: 办结时间", "closed_on: 办结时间")
    (folder / "imports.yaml").unlink()
    (folder / "imports" / "ledgers.yaml").write_text(text, "utf-8")
    (fault,) = profile_check(folder)
    assert (fault.file, fault.key) == ("imports/ledgers.yaml", "maps.0.records")
    assert text.splitlines()[fault.line - 1].strip() == "records:"
