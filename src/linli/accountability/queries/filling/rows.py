"""Lists of a form: which records their rows are, what each column holds, and the rows of a place under the policy."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from linli.accountability.queries.filling.bodies import dimension_of
from linli.accountability.queries.filling.facts import Book, Told
from linli.accountability.queries.filling.layout import is_free
from linli.accountability.queries.filling.slots import Column, ListTable, choice_of, parts
from linli.organizations.sections import kinds_in_force
from linli.records import lists
from linli.records.figures.compile import Scope, within_period, within_scope
from linli.records.ledgers.labels import RUNNING_NUMBER, normalise_label, plain
from linli.records.resolving import parts_of
from linli.records.types import Column as TypeColumn
from linli.records.types import RecordType, record_type, record_types
from linli.territory.models import Place

MOST: Final = 500
# A list with one of these columns is about residents: Linli keeps no register of them, so it is filled by hand.
HOUSEHOLDS: Final = re.compile(
    r"身份证|户主|低保|残疾|民族|出生|年龄|健康|病|帮扶|困难|救助|学历|婚|政治面貌|家庭(?:成员|人口|情况|住址)|老人|儿童|子女|被访|户籍地"
)
STAFFED: Final = re.compile(r"花名册|名册|岗位人员|工作者|网格员|网格长|楼栋长|联户长|楼长|工作人员")
UNSTAFFED: Final = re.compile(r"培训|考核|志愿|晋升|选派|巡逻|防队")
POSTS: Final = frozenset({"岗位", "岗位类别", "岗位名称", "担任职务", "岗位类型"})
NOT_LISTED: Final = frozenset(
    {"person", "statistic", "rating", "offer_use", "ask", "ask_answer", "hub_service", "grid_members"}
)
PLACES: Final = {"division": "", "compound": "compound", "building": "building", "grid": "grid"}
GENERIC: Final = frozenset(
    {
        "名称",
        "单位名称",
        "编号",
        "代码",
        "类型",
        "类别",
        "日期",
        "人数",
        "负责人",
        "单位",
        "面积",
        "地址",
        "备注",
        "状态",
    }
)
ENDINGS: Final = {"小区": "compound", "社区": "community", "网格": "grid", "街道": "street"}
SPEAK_OF_PLACE: Final = 0.6
TITLED: Final = 4
LISTED: Final = 2
UNNAMED: Final = 0.8
SELF: Final = "self"
SEQUENCE: Final = "seq"
COLUMN: Final = "col:"
PART: Final = "part:"


@dataclass
class Lister:
    """Takes lists of a form for records, and reads their rows."""

    book: Book

    def take(self, table: ListTable) -> None:
        """Decide what the rows of a table are, and what its columns hold."""
        labels = [_last(column.label) for column in table.columns]
        if any(HOUSEHOLDS.search(plain(column.label)) for column in table.columns) and not STAFFED.search(table.title):
            table.kind = ""
        else:
            table.kind, table.named = self._kind(table, labels)
        for column in table.columns:
            column.choice, score = self._choice(table, column)
            # Where neither the title nor a column names the kind of record, somebody should look.
            column.score = score if table.named else min(score, UNNAMED)

    def _kind(self, table: ListTable, labels: list[str]) -> tuple[str, bool]:
        """What the rows are, and whether the form names it."""
        score, named, code = max((*self._fit(kind, table.title, labels), kind.code) for kind in record_types())
        facts = [match for label in labels if (match := self.book.find(label)) is not None and match.score >= 0.95]
        own = any(match.fact.code in ("place:name", "body:name") for match in facts)
        counted = sum(1 for match in facts if match.fact.figure is not None)
        asked = [label for label in labels if not is_free(label) and not RUNNING_NUMBER.match(plain(label))]
        # Columns that nearly all speak of the place itself make one row of it.
        if len(facts) >= max(2, SPEAK_OF_PLACE * len(asked)) and not named and (own or counted > max(score, 1)):
            return SELF, True
        # A single row with a total among its columns is likelier one of the place than a list of one record.
        if table.room == 1 and counted and score < LISTED:
            return SELF, False
        return (code, named or score >= TITLED) if score >= LISTED else ("", True)

    def _fit(self, kind: RecordType, title: str, labels: list[str]) -> tuple[float, bool]:
        """How many columns of a table are columns of a record type, more where the title says so; and whether one
        of them is the very name of such a record. Nothing where half of the columns are strange to it."""
        if kind.code in NOT_LISTED or not kind.visible or not kind.columns:
            return 0, False
        if kind.persons and not self._staffed(title, labels):
            return 0, False
        held = [column for label in labels if (column := column_of(kind, label)) is not None and column.type != "place"]
        strange = [label for label in labels if self._is_strange(kind, label)]
        named = any(
            (column.required or column.key)
            and column.type in ("text", "name")
            and normalise_label(label) not in GENERIC
            for label in labels
            if (column := column_of(kind, label)) is not None
        )
        titled = any(word and word in title for word in kind.titles.split("|"))
        if len(strange) > len(held) + titled:
            return 0, False
        score = len(held) + 1.5 * named + TITLED * titled
        return (score if named or (titled and len(held) >= 2) else 0), named

    def _staffed(self, title: str, labels: list[str]) -> bool:
        """Whether a table is about people in posts, and not about residents, helpers or those who were taught."""
        kinds = any(kind.label in title for kind in kinds_in_force().values())
        posts = any(normalise_label(label) in POSTS for label in labels)
        return (kinds or posts or STAFFED.search(title) is not None) and not UNSTAFFED.search(title)

    def _is_strange(self, kind: RecordType, label: str) -> bool:
        """Whether a column is neither of the record type, nor of its place, nor for people to write on."""
        if is_free(label) or RUNNING_NUMBER.match(plain(label)) or column_of(kind, label) is not None:
            return False
        if any(normalise_label(label) in map(normalise_label, part.headers.split("|")) for part in parts_of("place")):
            return False
        if kind.code not in PLACES:
            return True
        match = self.book.find(label)
        return match is None or match.fact.figure is None

    def _choice(self, table: ListTable, column: Column) -> tuple[str, float]:
        label = _last(column.label)
        if RUNNING_NUMBER.match(plain(label)):
            return choice_of(SEQUENCE), 1.0
        if is_free(label):
            return "", 0
        if table.kind and table.kind != SELF:
            found = self._typed(record_type(table.kind), label)
            if found:
                return found
        if table.kind in (*PLACES, SELF):
            like = Place(type=table.kind) if table.kind in PLACES else None
            both = (self.book.find(column.label.replace("/", ""), like), self.book.find(label, like))
            match = max((item for item in both if item), key=lambda item: item.score, default=None)
            if match is not None and (table.kind == SELF or not match.fact.code.startswith("filler:")):
                return choice_of(match.fact.code, match.period), match.score
        match = self.book.find(label)
        if table.kind and match is not None and match.fact.code.startswith(("place:", "body:")) and match.score >= 0.95:
            return choice_of(match.fact.code), match.score
        return "", 0

    def _typed(self, kind: RecordType, label: str) -> tuple[str, float] | None:
        """The column of the record type, or the part of its place, that a label names."""
        column = column_of(kind, label)
        if column is not None and column.type != "place":
            return (choice_of(f"{COLUMN}{column.code}"), 1.0) if not column.personal else ("", 0)
        wanted = normalise_label(label)
        if "时间" in wanted and (column := column_of(kind, wanted.replace("时间", "日期"))) is not None:
            return choice_of(f"{COLUMN}{column.code}"), 0.95
        for part in parts_of("place"):
            if any(normalise_label(word) == wanted for word in part.headers.split("|") if word):
                return choice_of(f"{PART}{part.code}"), 1.0
        if column is not None:
            return choice_of(f"{COLUMN}{column.code}"), 0.9
        level = next((level for word, level in ENDINGS.items() if wanted.endswith(word)), "")
        return (choice_of(f"{PART}{level}"), 0.86) if level else None

    def rows(self, table: ListTable) -> list[Any]:
        """The records of a table at one's place, as far as one may open them, those of events over the period."""
        if not table.kind:
            return []
        if table.kind == SELF:
            return [self.book.place]
        kind = record_type(table.kind)
        place = self.book.place
        found = kind.rows_for(self.book.actor).filter(self._own(kind))
        period: Any = "as_of" if kind.span else self._period(kind)
        found = found.filter(within_period(kind, period, "", self.book.day))
        wanted = [code for code, held in kinds_in_force().items() if kind.code == "post" and held.label in table.title]
        found = found.filter(kind__in=wanted) if wanted else found
        if table.kind == "division":
            found = (
                found.filter(parent_id=place.pk) | found.filter(pk=place.pk) if place.level == "community" else found
            )
        return list(found.select_related(*lists.related(kind)).order_by("pk")[:MOST])

    def _own(self, kind: RecordType) -> Q:
        """The records of one's place, or of the body that answers for itself."""
        body, place = self.book.body, self.book.place
        if body is None:
            return within_scope(kind, Scope(place.code, place.path))
        dimension = kind.dimension(dimension_of(kind))
        return Q(**{dimension.lookup: body.pk}) if dimension is not None else Q(pk__in=[])

    def _period(self, kind: RecordType) -> Any:
        return self.book.over(self.book.period) or "year_to_date"

    def tell(self, table: ListTable, column: Column, row: Any, number: int) -> Told | None:
        """What a column holds of a row; None where nothing was chosen for it."""
        code, period, _place = parts(column.choice)
        if not code:
            return None
        if code == SEQUENCE:
            return Told(number, _("running number"), "", self.book.day)
        if code.startswith(COLUMN):
            kind = record_type(table.kind)
            found = kind.column(code.removeprefix(COLUMN))
            value = self._value(kind, found, row) if found is not None else None
            return Told(value, _("record in “%(name)s”") % {"name": kind.label}, "", self.book.day)
        place = _place_of(table, row)
        if code.startswith(PART):
            return Told(_above(place, code.removeprefix(PART)), _("where the record lies"), "", self.book.day)
        if self.book.known(code) is None:
            return None
        return self.book.tell(code, place if table.kind in (*PLACES, SELF) else None, period)

    def unit_of(self, table: ListTable, column: Column) -> str:
        """The unit in which the values of a column are known."""
        code = parts(column.choice)[0]
        if not code.startswith(COLUMN):
            return self.book.unit_of(code)
        found = record_type(table.kind).column(code.removeprefix(COLUMN))
        return "平方米" if found is not None and found.lookup.endswith("area_m2") else ""

    def _value(self, kind: RecordType, column: TypeColumn, row: Any) -> Any:
        """A value as a form shows it: a code by its word, days and numbers as they are."""
        value = lists.value_of(row, column.lookup)
        if value in ("", None):
            return None
        if isinstance(value, bool) or column.type in ("choice", "flag", "list"):
            with translation.override("zh-hans"):
                own = kind.dimension(column.code)
                known = dict(lists.choices(own) if own else ()) | dict(lists.choices(column))
                return lists.spoken(value, known)
        return value

    def choices(self, table: ListTable) -> Iterator[tuple[str, str]]:
        """What a column of a table may be filled with: code and words."""
        if table.kind and table.kind != SELF:
            kind = record_type(table.kind)
            for column in lists.exported_columns(kind):
                yield choice_of(f"{COLUMN}{column.code}"), str(column.label or lists.header(column))
            for part in parts_of("place"):
                yield choice_of(f"{PART}{part.code}"), str(part.label)


def column_of(kind: RecordType, label: str) -> TypeColumn | None:
    """The column of a record type that a header names, by the synonyms that the importer knows."""
    wanted = normalise_label(label)
    for column in kind.all_columns():
        if any(normalise_label(word) == wanted for word in column.synonyms):
            return column
    return None


def is_of_residents(labels: Sequence[str]) -> bool:
    """Whether these columns are about residents, so that rows are personal and belong to one ask only."""
    return any(HOUSEHOLDS.search(plain(label)) for label in labels)


def _last(label: str) -> str:
    return label.rsplit("/", 1)[-1]


def _place_of(table: ListTable, row: Any) -> Place:
    if isinstance(row, Place):
        return row
    place: Place = lists.value_of(row, record_type(table.kind).place)
    return place


def _above(place: Place, level: str) -> str | None:
    """The name of what a place lies in, itself included."""
    if place.type == level or place.level == level:
        return place.name
    found = getattr(place, level, None)
    return found.name if isinstance(found, Place) else None
