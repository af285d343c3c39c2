"""What Linli will never be, held word by word: nobody is watched, scored, ranked or made to check in.

Also what the documents promise about the house: the files they name, the rooms of every domain, and that no real
place is known to the code.
"""

import re
from pathlib import Path
from typing import Final

import pytest
import yaml

from linli.records.profiles import sections

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "src" / "linli"
PROFILES: Final = ROOT / "profiles"
# What national rules forbid for staff, and what Linli does not keep about residents.
FORBIDDEN: Final = re.compile(
    r"打卡|签到|考勤|刷脸|人脸(?:识别|认证|采集)|指纹|轨迹|里程|步数|在线时长|登录率|安装率|活跃[度率]|排行|排名|龙虎榜|红黑榜"
    r"|末位|扣分|负面清单人员|信用分|风险(?:等级人员|评分|分值)|重点(?:人员|人群|对象|人头)|特殊人群|黑名单|信访(?:人|老户)"
    r"|稳控|(?:现场|带水印)照片必传|水印相机"
    r"|\b(?:leader ?boards?|score ?boards?|rank(?:ed|ing)s? of (?:people|persons|workers|staff|residents)"
    r"|key[ _]persons?|black ?lists?|watch ?lists?|biometrics?|face recognition|geo ?fenc(?:e|es|ing)|mileage"
    r"|online[ _](?:time|hours)|login[ _]rates?|install[ _]rates?|penalty[ _]points?|negative[ _]points?"
    r"|risk[ _](?:scores?|labels?)|social[ _]credit|petitioners?|clock(?:ed|ing)?[ _]in"
    r"|check(?:ed|ing)[ _-]ins?|check[_-]ins?"
    r"|staff[ _](?:points|ranks?|ranking|scores?)|person[ _](?:ranks?|scores?)|gps[ _]tracks?|location[ _]track\w*)\b",
    re.IGNORECASE,
)
# Where a word stands for a reason: the file and the word, and why.
EXCEPTIONS: Final = {
    ("src/linli/records/ledgers/safety.py", "黑名单"): "the list of ledgers that are refused",
    ("src/linli/records/ledgers/safety.py", "特殊人群"): "the list of ledgers that are refused",
    ("src/linli/records/ledgers/safety.py", "重点人头"): "the list of ledgers that are refused",
    ("src/linli/records/ledgers/safety.py", "稳控"): "the list of ledgers that are refused",
    **{
        ("src/linli/accountability/assessing/refusing.py", word): "the list of grounds that are refused"
        for word in ("打卡", "签到", "考勤", "刷脸", "轨迹", "里程", "步数", "安装率", "mileage")
    },
    ("src/linli/accountability/queries/filling/layout.py", "排名"): "a column of others' forms that is left empty",
    ("src/linli/deliberation/restraint.py", "黑名单"): "a word for which a clause of a convention is refused",
    ("src/linli/activities/records.py", "签到"): "a title of registers of volunteers' service, by which they are known",
    ("profiles/liupanshui/imports/activities.yaml", "签到"): "the title of a register of volunteers' service",
    ("profiles/dafang/imports/workforce.yaml", "签到"): "title and header of a county's training register",
    ("profiles/liupanshui/imports/workforce.yaml", "签到"): "title and header of a register of trainings",
}
READ: Final = {".py", ".html", ".po", ".yaml", ".txt", ".js", ".css", ".json", ".xml"}
# Places to tell of: the demo stands on a sample of one.
SAMPLE: Final = ("src/linli/demo/",)


def texts(*folders: Path) -> dict[str, str]:
    """Every text that a user or a county may come to read, tests aside."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in READ]
    kept = [path for path in paths if not {"tests", "testing", "node_modules", "static"} & set(path.parts)]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in kept}


def forbidden_in(text: str) -> set[str]:
    """The forbidden words of a text."""
    return {match.group().lower() for match in FORBIDDEN.finditer(text)}


def real_names() -> dict[str, str]:
    """The divisions of the profiles, by the words that name them: Chinese, English, code."""
    found = {}
    for path in sorted(PROFILES.glob("*/place.yaml")):
        place = yaml.safe_load(path.read_text("utf-8"))
        names = (re.sub(r"^\d+|(?:省|市|县|区|街道|社区)?邻里平台$", "", place["name"]), place["name_en"].split()[0])
        code = str(place["root"])
        found |= {name: path.parent.name for name in (*names, code if len(code) >= 6 else "") if name}
    return found


def paths_in(text: str) -> set[str]:
    """What a document names as a file or folder: words in backticks that have a slash or a known ending."""
    words = re.findall(
        r"`([A-Za-z_.<>*-][A-Za-z0-9_.<>*-]*(?:/[A-Za-z0-9_.<>*-]+)*/?)`", re.sub(r"```.*?```", "", text, flags=re.S)
    )
    return {word for word in words if re.search(r"/|\.(?:py|md|yaml|js|css|html|toml|csv|lock|in)$", word)}


def rooms() -> tuple[set[str], set[str]]:
    """The rooms that every domain has, and those that it may have, as MAP.md says."""
    line = re.search(
        r"Every domain has the same rooms: (.+?); where it needs them\s+also (.+?)\.\n",
        (ROOT / "MAP.md").read_text(),
        re.S,
    )
    assert line, "MAP.md no longer says which rooms a domain has"
    always, maybe = ({room.strip("/") for room in re.findall(r"`([^`]+)`", part)} for part in line.groups())
    return always, maybe


def is_room(folder: Path, room: str) -> bool:
    """Whether a domain has a room, as a file or as a folder."""
    return (folder / room).exists() or (folder / room.removesuffix(".py")).is_dir()


TEXTS: Final = texts(SOURCE, PROFILES, ROOT / "assets")


@pytest.mark.parametrize("name", TEXTS)
def test_nobody_is_watched_scored_ranked_or_made_to_check_in(name: str) -> None:
    excused = {word for file, word in EXCEPTIONS if file == name}
    assert forbidden_in(TEXTS[name]) == excused, "take the word out, or an exception that is no longer needed"


@pytest.mark.parametrize(
    "text",
    [
        "今日打卡",
        "网格员排行榜",
        "扣分项",
        "重点人员台账",
        'name="online_time"',
        "A leaderboard of workers",
        "checked in",
    ],
)
def test_a_forbidden_word_is_found(text: str) -> None:
    assert forbidden_in(text)


@pytest.mark.parametrize("text", ["巡查签收", "重点项目", "checking_interval", "rank of a road", "check in-flight"[:5]])
def test_plain_words_are_not(text: str) -> None:
    assert not forbidden_in(text)


@pytest.mark.parametrize("name", real_names())
def test_the_code_knows_no_real_place(name: str) -> None:
    code = {path: text for path, text in TEXTS.items() if path.startswith("src/") and not path.startswith(SAMPLE)}
    assert [path for path, text in code.items() if re.search(rf"(?<![A-Za-z0-9]){name}", text)] == []


def test_every_profile_is_named() -> None:
    assert set(real_names().values()) == {path.parent.name for path in PROFILES.glob("*/place.yaml")}


DOCUMENTS: Final = [
    ROOT / "MAP.md",
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
# What a document names and an installation, not this tree, holds.
ELSEWHERE: Final = ("places/", "var/", "keys/", "files/", "~/")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_is_there(document: Path) -> None:
    missing = [name for name in paths_in(document.read_text("utf-8")) if not is_there(name, document)]
    assert missing == []


def is_there(name: str, document: Path) -> bool:
    """Whether a path of a document leads somewhere: from the root, the source, a profile or a domain."""
    pattern = re.sub(r"<[^>]+>", "*", name).strip("/")
    roots = (ROOT, SOURCE, document.parent, *PROFILES.iterdir(), *SOURCE.iterdir())
    if name.endswith(".yaml") and name.removesuffix(".yaml") in sections():
        # A section that a profile may hold.
        return True
    return name.startswith(ELSEWHERE) or any(next(root.glob(pattern), None) for root in roots if root.is_dir())


def test_a_missing_path_is_found() -> None:
    assert paths_in("open `src/linli/nowhere.py` or `core/clock.py`") == {"src/linli/nowhere.py", "core/clock.py"}
    assert not is_there("src/linli/nowhere.py", ROOT / "MAP.md")
    assert is_there("src/linli/<app>/models.py", ROOT / "MAP.md")


DOMAINS: Final = ("accountability", "cases", "messaging", "accounts", "organizations", "territory", "records")


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_domain_has_the_rooms_of_the_map(domain: str) -> None:
    always, maybe = rooms()
    assert [room for room in sorted(always) if not is_room(SOURCE / domain, room)] == []
    twice = [room for room in always | maybe if (SOURCE / domain / room).is_file()]
    assert not [room for room in twice if (SOURCE / domain / room.removesuffix(".py")).is_dir()], "a file and a folder"


def test_every_floor_stands_in_the_map() -> None:
    told = (ROOT / "MAP.md").read_text("utf-8")
    apps = [path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()]
    assert [app for app in apps if f"`{app}`" not in told] == []
