"""What hangs on one matter, in one query: notes, photos, ratings, helping bodies and whistles, as plain lines."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from linli.cases.models import Attachment, Case, Help, Note, Rating, Whistle
from linli.core.composed import composed


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note or a public answer."""

    pk: int
    at: datetime | None
    actor: str
    author: str
    public: bool
    text: str


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """A photo or paper."""

    pk: int
    cleared: bool
    stage: str
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class RatingLine:
    """One asking of the reporter, and the answer."""

    pk: int
    channel: str
    asked: datetime | None
    answered: datetime | None
    reached: bool | None
    solved: bool | None
    satisfied: int | None
    remark: str


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A body that helps, or that was called."""

    pk: int
    organization_id: int | None
    organization: str
    task: str
    due: datetime | None
    reported: datetime | None
    done: datetime | None
    result: str
    rating: int | None
    rating_of_caller: int | None
    whistle_id: int | None
    body_ended: str | None


@dataclass(frozen=True, slots=True)
class WhistleLine:
    """A call to departments."""

    pk: int
    number: str
    kind: str
    state: str
    text: str
    report_due: datetime | None


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that hangs on a matter besides its reporters and its journal."""

    notes: list[NoteLine]
    photos: list[PhotoLine]
    ratings: list[RatingLine]
    helps: list[HelpLine]
    whistles: list[WhistleLine]


_LINES: Final[dict[str, tuple[type[Any], Any, dict[str, str]]]] = {
    "notes_": (NoteLine, Note, {}),
    "photos_": (PhotoLine, Attachment, {"media_type": "file__media_type", "name": "file__name"}),
    "ratings_": (RatingLine, Rating, {}),
    "helps_": (HelpLine, Help, {"organization": "organization__name", "body_ended": "organization__until"}),
    "whistles_": (WhistleLine, Whistle, {}),
}


def parts_of(case_id: int) -> Parts:
    """The parts of one matter, each in the order in which it came. Says nothing about who may see them."""
    found = hanging_on(case_id)[0]
    return Parts(
        *([_line(spec[0], item) for item in items] for spec, items in zip(_LINES.values(), found, strict=True))
    )


@composed(planned=True)
def hanging_on(case_id: int) -> QuerySet[Case, tuple[Any, ...]]:
    """What hangs on a matter, each kind as an array of objects."""
    rows = Case.objects.filter(pk=case_id).annotate(**{name: _rows(*spec) for name, spec in _LINES.items()})
    return rows.values_list(*_LINES)


def _rows(line: type[Any], model: Any, paths: dict[str, str]) -> ArraySubquery:
    fields = {name: F(paths.get(name, name)) for name in line.__dataclass_fields__}
    found = model.objects.filter(case=OuterRef("pk")).order_by("id").annotate(line_=JSONObject(**fields))
    return ArraySubquery(found.values("line_"))


def _line(line: type[Any], item: dict[str, Any]) -> Any:
    moments = ("at", "asked", "answered", "due", "reported", "done", "report_due")
    return line(
        **{name: datetime.fromisoformat(value) if name in moments and value else value for name, value in item.items()}
    )
