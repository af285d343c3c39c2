"""Record types: one declaration per kind of record, from which everything else is driven.

Import, export, lists with filters, drill-through, the API's lists and figures all read the same RecordType.
Domains declare theirs in `<app>/records.py`; nothing here knows any of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import InvalidInput

type_ = type
ValueType = Literal[
    "text",
    "name",
    "date",
    "datetime",
    "whole",
    "number",
    "flag",
    "phone",
    "choice",
    "list",
    "place",
    "organization",
]
Unknown = Literal["reject", "create", "text"]


@dataclass(frozen=True, slots=True)
class Dimension:
    """What one may filter and group by. `path` is the ORM path where it differs from the code.

    A choice takes its values from `choices` (fixed in code) or from the profile's `vocabulary`.
    A `reference` dimension leads to another record type (`to`), so that paths of up to three steps can be walked.
    `reporter` says that it tells by whom or by which way something was reported.
    """

    code: str
    label: Any = ""
    path: str = ""
    type: Literal["choice", "flag", "text", "number", "date", "list", "reference"] = "choice"
    vocabulary: str = ""
    choices: tuple[tuple[str, Any], ...] = ()
    to: str = ""
    reporter: bool = False

    @property
    def lookup(self) -> str:
        """The ORM path."""
        return self.path or self.code


@dataclass(frozen=True, slots=True)
class Measure:
    """What can be measured besides the count: a sum, distinct values, a duration between two dates.

    `working` durations are in working minutes of the lawful calendar, others in calendar days. What is measured in
    `persons` (members, residents) is never published where there are few of them; a number that is `part_of` another
    measure tells the rest of it too (the satisfied of those who answered).
    """

    code: str
    kind: Literal["number", "distinct", "duration"]
    label: Any = ""
    path: str = ""
    start: str = ""
    end: str = ""
    working: bool = False
    unit: str = ""
    persons: bool = False
    part_of: str = ""

    @property
    def lookup(self) -> str:
        """The ORM path of the measured value."""
        return self.path or self.code


@dataclass(frozen=True, slots=True)
class Column:
    """A column of import and export: the value's code, the headers real offices use, and its type.

    `headers` are separated by `|`, the first one is written on export. A `place` column stands for the whole
    family `place.county`, `place.street`, `place.community`, `place.compound`, `place.building`, `place.grid`.
    `planned` dates may lie in the future. `personal` values are never exported in bulk.
    """

    code: str
    headers: str = ""
    label: Any = ""
    type: ValueType = "text"
    path: str = ""
    required: bool = False
    key: bool = False
    planned: bool = False
    personal: bool = False
    minimum: float | None = None
    vocabulary: str = ""
    choices: tuple[tuple[str, Any], ...] = ()
    ref: str = ""
    unknown: Unknown = "reject"

    @property
    def synonyms(self) -> tuple[str, ...]:
        """The headers by which the column is known."""
        return tuple(part for part in self.headers.split("|") if part)

    @property
    def lookup(self) -> str:
        """The ORM path from which the column is exported."""
        return self.path or self.code


class Writer(Protocol):
    """The set form of an operation: writes all rows or raises; silent; one journal entry per call.

    Each row maps column codes to parsed, resolved values (places and organisations as ids);
    a row with an `id` changes that record, one without makes a new one. Returns the ids in the rows' order.
    Where a row is silent, what is held stays; `emptied` names the codes that shall hold nothing again.
    """

    def __call__(self, *, actor: Actor, rows: Sequence[Mapping[str, Any]]) -> list[int]: ...


@dataclass(frozen=True, slots=True)
class RecordType:
    """One kind of record. See the module's text; `domain/features.md` FIG rules are served from it.

    `dates` are the event's dates, the first is the default; a state has a `span` (since, until) instead.
    `only` fixes columns of the model (one table may hold several record types).
    `order` lists pairs of dates that may not be the wrong way round.
    `rank` orders imports: what is referred to comes first. `identity` names the column whose resolved id is the
    record itself (a division's ledger describes divisions that exist already). `persons` says that each row stands
    for one person, so that small counts of them are not published. `reported` says that rows are what people report,
    whose number nobody may be asked for (R16). `refused` tells, before anything is written,
    which rows its own rules do not take, by position with a code. `recognised` tells which rows, by position, mean a
    record that is there already though no import made it of them. `corrects` names relations with columns that the
    writer corrects in the related record, whose journal knows it by the relation's name. `amendable` says whether
    somebody may change, on one row, what the profile adds to the type; without it only ledgers do.
    """

    code: str
    label: Any
    model: str
    rank: int
    write: Writer | None = None
    identity: str = ""
    dates: tuple[str, ...] = ()
    span: tuple[str, str] | None = None
    place: str = "place"
    only: Mapping[str, Any] = field(default_factory=dict)
    dimensions: tuple[Dimension, ...] = ()
    measures: tuple[Measure, ...] = ()
    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    order: tuple[tuple[str, str], ...] = ()
    titles: str = ""
    visible: Callable[[Actor], Q] | None = None
    url_name: str = ""
    extensible: bool = True
    persons: bool = False
    reported: bool = False
    remove: Callable[..., None] | None = None
    refused: Callable[..., dict[int, str]] | None = None
    recognised: Callable[..., dict[int, int]] | None = None
    corrects: tuple[tuple[str, tuple[str, ...]], ...] = ()
    amendable: Callable[[Actor, Any], bool] | None = None

    def rows(self) -> QuerySet[Any]:
        """Every row of this type, in no order and under no policy: for figures, which count all of a scope."""
        model: type[Model] = apps.get_model(self.model)
        return model._default_manager.filter(**self.only)

    def rows_for(self, viewer: Actor) -> QuerySet[Any]:
        """The rows that the viewer may open."""
        rows = self.rows()
        return rows.filter(self.visible(viewer)) if self.visible else rows.none()

    def dimension(self, code: str) -> Dimension | None:
        """The built-in or profile dimension with this code."""
        own = next((item for item in self.dimensions if item.code == code), None)
        return own or next((item for item in _added(self) if item.code == code), None)

    def all_dimensions(self) -> tuple[Dimension, ...]:
        """Built-in dimensions and those that the profile adds."""
        return self.dimensions + _added(self)

    def added_dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions that the profile adds; their values are in the record's `extra`."""
        return _added(self)

    def measure(self, code: str) -> Measure | None:
        """The measure with this code."""
        return next((item for item in self.measures if item.code == code), None)

    def column(self, code: str) -> Column | None:
        """The column with this code; profile dimensions are columns too."""
        return next((item for item in self.all_columns() if item.code == code), None)

    def all_columns(self) -> tuple[Column, ...]:
        """Built-in columns and one for each dimension that the profile adds."""
        return self.columns + tuple(
            Column(
                item.code,
                headers=str(item.label),
                label=item.label,
                path=item.path,
                choices=item.choices,
                vocabulary=item.vocabulary,
                type=item.type if item.type in ("flag", "text", "number", "date", "list") else "choice",
            )
            for item in _added(self)
        )


_types: dict[str, RecordType] = {}
_added_by_profile: Callable[[str], tuple[Dimension, ...]] = lambda code: ()  # noqa: E731


def _added(record_type: RecordType) -> tuple[Dimension, ...]:
    if not record_type.extensible:
        return ()
    return tuple(replace(item, path=f"extra__{item.code}") for item in _added_by_profile(record_type.code))


def extend_by(provider: Callable[[str], tuple[Dimension, ...]]) -> None:
    """Let the place profile say which dimensions it adds to a record type."""
    global _added_by_profile
    _added_by_profile = provider


def register(*types: RecordType) -> None:
    """Make record types known; called once per domain when the app is ready."""
    for item in types:
        assert item.code not in _types or _types[item.code] == item, f"record type {item.code} declared twice"
        _types[item.code] = item


def record_type(code: str) -> RecordType:
    """The record type with this code. Raises `record_type.unknown`."""
    if code not in _types:
        raise InvalidInput(
            "record_type.unknown",
            _("There is no record type “%(name)s”. Known are: %(known)s."),
            name=code,
            known=", ".join(sorted(_types)),
        )
    return _types[code]


def record_types() -> Iterator[RecordType]:
    """All record types, in the order in which they are imported."""
    return iter(sorted(_types.values(), key=lambda item: (item.rank, item.code)))
