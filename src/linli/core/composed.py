"""Queries that are composed once and run often: the ORM writes the SQL once for each shape of what is asked.

Composing a queryset anew costs more than the database's own work, and planning a query over ten tables more than
running it. `@composed` keeps the SQL of a function that gives a queryset, and lets the database keep its plan. Two
calls have the same shape when their arguments differ only in numbers, days, moments and texts, and in who asks, an
actor with posts of the same kinds: the function must not look at such values, only hand them on to the queryset.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, Generic, ParamSpec, TypeVar, cast

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import BigIntegerField, BooleanField, F, Field, Func, Model, Q, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from linli.core.actors import Actor

P = ParamSpec("P")
R = TypeVar("R")
# How many shapes of one query are kept; who asks has a shape by the kinds of posts held, so there are few.
SHAPES: Final = 256
# What stands in the kept SQL where the values of a call will go: what nobody ever asks for.
_NUMBER: Final = -2_000_000_000
_DAY: Final = date(1, 1, 1)
_MOMENT: Final = datetime(1, 1, 1, tzinfo=UTC)
_MARK: Final = "\ue000"
# What Django's own setting `server_side_binding` would use for every query.
_BINDING: Final[Any] = ServerBindingCursor
_PATHS: Final = ("path", "grid_path", "organization_path")
_IDS: Final = ("user_id", "person_id", "post_ids", "organization_ids")


@dataclass(frozen=True, slots=True)
class _Written:
    """A queryset with its SQL, and the values that go into it in order."""

    rows: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    values: tuple[Any, ...]


class Composed(Generic[P, R]):
    """A function that gives a queryset, called for its rows; `query` is the function itself.

    `planned` says that the database may keep one plan for all values: good for what is found by key, bad where the
    best way depends on the values.
    """

    known: Final[list["Composed[Any, Any]"]] = []

    def __init__(self, function: Callable[P, QuerySet[Any, R]], *, planned: bool) -> None:
        self.query = function
        self.planned = planned
        self.__doc__ = function.__doc__
        self._written = lru_cache(SHAPES)(self._write)
        self.known.append(self)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[R]:
        """The rows; arguments are given in order, never by name."""
        written, values = self._asked(*args, **kwargs)
        return list(_rows(written, values, planned=self.planned)) if written.sql else []

    def one(self, *args: P.args, **kwargs: P.kwargs) -> R | None:
        """The first row, or None."""
        return next(iter(self(*args, **kwargs)), None)

    def sql(self, *args: P.args, **kwargs: P.kwargs) -> tuple[str, tuple[Any, ...]]:
        """What is run, and with which values: the same that the queryset itself would run."""
        written, values = self._asked(*args, **kwargs)
        return written.sql, values

    def _asked(self, *args: Any, **kwargs: Any) -> tuple[_Written, tuple[Any, ...]]:
        if kwargs:
            raise TypeError("a composed query takes no arguments by name")
        shape = _Shape()
        written = self._written(*(shape.of(value) for value in args))
        return written, tuple(shape.filled(value) for value in written.values)

    def _write(self, *args: Hashable) -> _Written:
        rows = cast(Callable[..., QuerySet[Any, R]], self.query)(*args)
        compiler: Any = rows.query.get_compiler(rows.db)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:
            # Whatever the values, nothing is found, and nothing needs to be run.
            return _Written(rows, compiler, "", ())
        converters = compiler.get_converters([column for column, *_rest in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda _columns: converters
        return _Written(rows, compiler, sql, tuple(values))


class Ids(tuple[int, ...]):
    """Ids that go into a query as one value: few or many of them, the query has one shape."""

    __slots__ = ()


def among(column: str, ids: Ids) -> Q:
    """The rows whose column holds one of the ids; the database knows how many that are before it chooses its way."""
    return any_of(column, ids, BigIntegerField())


def any_of(column: str, values: Iterable[Any], of: "Field[Any, Any]") -> Q:
    """The rows whose column holds one of many values of a kind of field: one parameter, not thousands."""
    listed = Value(list(values), ArrayField(of))
    form = {"template": "%(expressions)s)", "arg_joiner": " = ANY(", "output_field": BooleanField()}
    return Q(Func(F(column), listed, **form))


def composed(*, planned: bool) -> Callable[[Callable[P, QuerySet[Any, R]]], Composed[P, R]]:
    """Compose the queryset of a function once for each shape of its arguments."""
    return lambda function: Composed(function, planned=planned)


def _rows(written: _Written, values: tuple[Any, ...], *, planned: bool) -> QuerySet[Any, Any]:
    """The queryset, which will run the kept SQL instead of composing its own."""
    connection: Any = connections[written.rows.db]
    compiler = _twin(written.compiler)
    compiler.connection = connection

    def run(*_arguments: Any, **_options: Any) -> list[list[Any]]:
        with planned_cursor(connection) if planned else connection.cursor() as cursor:
            cursor.execute(written.sql, values)
            return [cursor.fetchall()]

    compiler.execute_sql = run
    rows = _twin(written.rows)
    rows._query = _twin(rows.query)
    rows._query.get_compiler = lambda *_arguments, **_options: compiler
    return cast(QuerySet[Model, Any], rows)


def _twin(thing: Any) -> Any:
    """Another one with the same attributes: what Django's own copies do besides takes longer than running the query."""
    twin = object.__new__(type(thing))
    twin.__dict__.update(thing.__dict__)
    return twin


def planned_cursor(connection: Any) -> Any:
    """A cursor whose statements the database keeps with their plan, until the connection ends."""
    connection.ensure_connection()
    if connection.queries_logged:
        # Only a statement with its values in it can be shown.
        return connection.cursor()
    return connection._prepare_cursor(_BINDING(connection.connection))


class _Shape:
    """Puts marks in place of the values of one call, and the values back in place of the marks."""

    def __init__(self) -> None:
        self._marks: dict[Hashable, Any] = {}

    def of(self, value: Any) -> Any:
        """A mark for a value that only varies; what decides is its own shape."""
        if isinstance(value, Ids):
            number = _NUMBER - len(self._marks)
            self._marks[number] = list(value)
            return Ids((number,))
        if isinstance(value, tuple):
            return tuple(self.of(item) for item in value)
        if isinstance(value, Actor):
            return self._actor(value)
        mark = _mark(value, len(self._marks))
        if mark is None:
            return value
        self._marks[mark] = value
        return mark

    def filled(self, value: Any) -> Any:
        """A value of the kept SQL, with what this call gave in place of the marks."""
        if isinstance(value, list):
            whole = self._marks.get(value[0]) if len(value) == 1 else None
            return whole if isinstance(whole, list) else [self.filled(item) for item in value]
        if isinstance(value, str) and _MARK in value:
            # By itself or as the beginning of a pattern: paths hold nothing that a pattern would read otherwise.
            before, number, after = value.split(_MARK)
            return f"{before}{self._marks[f'{_MARK}{number}{_MARK}']}{after}"
        if isinstance(value, int) and value in self._marks:
            # The ORM says by a class of its own how wide a number is.
            return type(value)(self._marks[value])
        return self._marks.get(value, value) if isinstance(value, date) else value

    def _actor(self, actor: Actor) -> Actor:
        kind, _colon, number = actor.key.partition(":")
        scopes = tuple(
            replace(scope, **{name: self.of(path) for name in _PATHS if (path := getattr(scope, name))})
            for scope in actor.scopes
        )
        ids: dict[str, Any] = {name: self.of(getattr(actor, name)) for name in _IDS}
        key = f"{kind}:{self.of(int(number))}" if number.isdecimal() else actor.key
        return replace(actor, key=key, label="", language="", scopes=scopes, **ids)


def _mark(value: Any, number: int) -> Hashable:
    """What stands for such a value; None where the value itself decides what is asked."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return _NUMBER - number
    if isinstance(value, datetime):
        return _MOMENT + timedelta(days=number)
    if isinstance(value, date):
        return _DAY + timedelta(days=number)
    return f"{_MARK}{number}{_MARK}" if isinstance(value, str) else None
