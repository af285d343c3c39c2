"""What the records know of a place or a body, found by the words of a form, told with its source, period and day.

A value nobody collected is told as None, never as 0. Names of people are told under the policy of posts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from linli.accountability.queries.filling import spans, words
from linli.accountability.queries.filling.bodies import own_book, own_figure
from linli.accountability.queries.filling.matching import EXACT, SURE, alike, asked
from linli.core import clock
from linli.core.actors import Actor
from linli.organizations.models import Organization, Post
from linli.organizations.policies import held_on, posts_visible_to
from linli.organizations.sections import kinds_in_force
from linli.records import added, lists
from linli.records.figures import compute
from linli.records.figures.compile import EVERYWHERE, Scope, within_scope
from linli.records.figures.definitions import Figure, Period, Span
from linli.records.figures.words import period_words
from linli.records.types import Dimension, RecordType, record_type
from linli.territory.models import Place, Statistic

PLACES: Final = frozenset({"compound", "building", "grid", "division"})
NAMED: Final = re.compile(r"姓名|名单|名字")
SINCE: Final = re.compile(r"(?:今年|本年|\d{4}年)?1[-—~至]([1-9]|1[0-2])月份?")
SPAN: Final = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that can be told of a place: its code, what it is called, and other words for it."""

    code: str
    label: str
    words: tuple[str, ...] = ()
    figure: Figure | None = None
    rank: float = 0


@dataclass(frozen=True, slots=True)
class Match:
    """What a label was taken for, how surely, and the period that it names."""

    fact: Fact
    score: float
    period: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A value with where it comes from; None where nobody collected it."""

    value: Any
    source: str
    period: str
    as_of: date


@dataclass
class Book:
    """The facts of a place as somebody may read them on a day; `period` is the form's own, where a label names none.

    With a `body` they are that body's own, wherever its records lie; the place only says where it is.
    """

    actor: Actor
    place: Place
    day: date
    today: date
    period: str = ""
    body: Organization | None = None
    _told: dict[tuple[str, int, str], Told] = field(default_factory=dict)
    _books: dict[str, Mapping[str, Figure]] = field(default_factory=dict)
    _made: dict[str, Figure] = field(default_factory=dict)

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Every fact by its code."""
        with translation.override("zh-hans"):
            counted = [*self._of_book(), *_totals(), *_choices()]
            found = [*self._of_place(), *counted, *self._series(), *_holders()]
        return {fact.code: fact for fact in found}

    @cached_property
    def _index(self) -> tuple[dict[str, list[Fact]], dict[str, list[Fact]]]:
        exact: dict[str, list[Fact]] = {}
        stems: dict[str, list[Fact]] = {}
        for fact in self.facts.values():
            for word in (fact.label, *fact.words):
                told = asked(word)
                exact.setdefault(told.words, []).append(fact)
                stems.setdefault(told.stem, []).append(fact)
        return exact, stems

    def find(self, label: str, place: Place | None = None) -> Match | None:
        """The fact that a label asks for, the likeliest; None where nothing is like it."""
        if since := SINCE.search(label):
            match = self.find(f"{label[: since.start()]}{label[since.end() :]}", place)
            span = f"{self.day.year}-01-01..{spans.ends(spans.of_month(self.day.year, int(since[1])))}"
            return Match(match.fact, match.score, span) if match else None
        question = asked(label)
        if not question.words:
            return None
        exact, stems = self._index
        found = [(EXACT, fact) for fact in exact.get(question.words, ()) if question.words not in ("其他", "其它")]
        if not found and len(question.stem) > 1:
            found = [(0.95, fact) for fact in stems.get(question.stem, ())]
        if not found:
            scored = ((max(alike(label, word) for word in (fact.label, *fact.words)), fact) for fact in self._fuzzy())
            found = [(score, fact) for score, fact in scored if score]
        if not found:
            return None
        score, fact = max(found, key=lambda item: (item[0], self._fit(item[1], label, question.period, place)))
        return Match(fact, score, question.period)

    def _fuzzy(self) -> Iterable[Fact]:
        return (
            fact for fact in self.facts.values() if not fact.code.startswith(("filler:", "choice:", "place:", "cross:"))
        )

    def _fit(self, fact: Fact, label: str, period: str, place: Place | None) -> float:
        """Among facts of the same words: a name where a name is asked, a number where a number is."""
        names = bool(NAMED.search(label)) or (place is not None and place.type == Place.Type.GRID)
        held = fact.code.startswith("holder:")
        same = fact.figure is not None and period and fact.figure.period == period
        single = fact.code in words.ONE_HOLDER and "数" not in label
        return fact.rank + (2 if held and (names or single) else -2 if held else 0) + (1 if same else 0)

    def choice(self, text: str) -> Fact | None:
        """The choice of a dimension that a text names."""
        with translation.override("zh-hans"):
            question = asked(text)
        found = [*self._index[0].get(question.words, ()), *self._index[1].get(question.stem, ())]
        return next((fact for fact in found if fact.code.startswith("choice:")), None)

    def cross(self, base: Fact, choice: Fact) -> Fact | None:
        """A total, or a rate of two, broken down by a choice of the same record type; None where they do not fit."""
        code = f"cross:{base.code}*{choice.code}"
        if code not in self.facts:
            figure = self._crossed(base.figure, choice.figure) if base.figure and choice.figure else None
            if figure is None:
                return None
            self.facts[code] = Fact(code, f"{choice.label.removesuffix('数')}{base.label}", (), figure)
        return self.facts[code]

    def _crossed(self, base: Figure, choice: Figure) -> Figure | None:
        name = f"cross.{base.id}.{choice.id}"
        if base.ratio:
            held = self._figures("")
            above, below = (self._crossed(held[part], choice) for part in (base.ratio.of, base.ratio.over))
            if above is None or below is None:
                return None
            self._made |= {above.id: above, below.id: below}
            self._books.clear()
            ratio = base.ratio.model_copy(update={"of": above.id, "over": below.id})
            return base.model_copy(update={"id": name, "ratio": ratio})
        if base.of != choice.of or set(base.where) & set(choice.where):
            return None
        return base.model_copy(update={"id": name, "where": {**base.where, **choice.where}})

    def known(self, code: str) -> Fact | None:
        """The fact of this code, crossed ones too."""
        if code not in self.facts and code.startswith("cross:"):
            base, _sign, choice = code.removeprefix("cross:").partition("*")
            if base in self.facts and choice in self.facts:
                self.cross(self.facts[base], self.facts[choice])
        return self.facts.get(code)

    def unit_of(self, code: str) -> str:
        """The unit in which a fact is known."""
        fact = self.known(code)
        return fact.figure.unit if fact is not None and fact.figure is not None else words.UNITS.get(code, "")

    def tell(self, code: str, place: Place | None = None, period: str = "") -> Told:
        """The value of a fact at a place over a period, computed once."""
        where = place or self.place
        key = (code, where.pk, period)
        if key not in self._told:
            self._told[key] = self._tell(self.facts[code], where, period)
        return self._told[key]

    def _tell(self, fact: Fact, place: Place, period: str) -> Told:
        family, _sign, rest = fact.code.partition(":")
        if fact.figure is not None:
            return self._figure(fact, place, period)
        how = {
            "place": self._place,
            "body": self._body,
            "filler": self._filler,
            "holder": self._holder,
            "series": self._statistic,
        }[family]
        told: Told = how(rest, place)
        return told

    def _figure(self, fact: Fact, place: Place, period: str) -> Told:
        own = None if self.body else _place_total(fact, place)
        if own is not None and (spans.ends(period) or self.day) >= self.day:
            return Told(own, _("record of the place “%(name)s”") % {"name": place.name}, "", self.day)
        figure = fact.figure
        assert figure is not None
        if place.type == Place.Type.GRID and figure.of in PLACES - {"grid"}:
            # Buildings and compounds lie beside grids and not in them: nothing there is not none.
            return Told(None, _("record of the place “%(name)s”") % {"name": place.name}, "", self.day)
        is_event = compute.leaf(figure, self._figures("")).of in words.EVENTS
        chosen = period or (self.period if is_event else "")
        figures = self._figures(chosen)
        wanted = figures.get(figure.id) or self._own(_moved(figure, _period(chosen, self.day)))
        said = _("figure “%(name)s”") % {"name": fact.label}
        if wanted is None or not set(wanted.parts) <= set(figures):
            return Told(None, said, "", self.day)
        scope = Scope(place.code, place.path)
        if self.body is not None and place.pk == self.body.place_id:
            scope = EVERYWHERE
        if place.type == Place.Type.GRID and wanted.of == "case" and place.code:
            scope, wanted = (
                Scope(),
                wanted.model_copy(update={"where": {**wanted.where, "grid": {"within": place.code}}}),
            )
        base = compute.leaf(wanted, figures)
        # What is a state, and no event, is told of the last day of a period that is over.
        day = self.day if is_event else min(spans.ends(chosen) or self.day, self.day)
        value = compute.value_of(wanted, day, scope, figures)
        known = None if is_event and not value.value and self._is_older(base, scope, chosen) else value.value
        return Told(_plain(known), said, str(period_words(base, day)), day)

    def _is_older(self, base: Figure, scope: Scope, chosen: str) -> bool:
        """Whether a period was over before the first record of its kind here: then nobody collected it."""
        kind, last = record_type(base.of), spans.ends(chosen)
        if last is None:
            return False
        before = clock.day_start(last + timedelta(days=1))
        held = kind.rows().filter(within_scope(kind, scope))
        return not held.filter(**{f"{kind.dates[0]}__lt": before}).exists()

    def place_with(self, pk: int) -> Place | None:
        """Another place within one's own; None where it is gone or elsewhere."""
        rows = Place.objects.filter(path__startswith=self.place.path).select_related("street", "county", "community")
        return rows.filter(pk=pk).first()

    def over(self, code: str) -> Period | None:
        """A period as figures have it."""
        return _period(code, self.day)

    def _figures(self, period: str) -> Mapping[str, Figure]:
        """The book with the built-in totals, events over a period."""
        if period not in self._books:
            held = dict(compute.book_over(_period(period, self.day)))
            chosen = _period(period, self.day)
            for fact in (*_totals(), *_choices()):
                assert fact.figure is not None
                held[fact.figure.id] = _moved(fact.figure, chosen)
            held |= {name: _moved(figure, chosen) for name, figure in self._made.items()}
            self._books[period] = own_book(held, self.body) if self.body else held
        return self._books[period]

    def _own(self, figure: Figure) -> Figure | None:
        """A figure over the records of the body, where there is one."""
        return own_figure(figure, self.body) if self.body else figure

    def _of_place(self) -> Iterator[Fact]:
        if self.body is not None:
            yield from (
                Fact(f"body:{code}", label, tuple(more.split("|")), rank=3) for code, label, more in words.OF_BODY
            )
        for code, label, others in words.OF_PLACE:
            if self.body is not None and code not in ("street", "county"):
                continue
            yield Fact(f"place:{code}", label, tuple(others.split("|")), rank=3)
        for code, label, others in words.OF_FILLER:
            yield Fact(f"filler:{code}", label, tuple(others.split("|")))

    def _of_book(self) -> Iterator[Fact]:
        for figure in compute.book().values():
            yield Fact(f"figure:{figure.id}", compute.label(figure), figure=figure, rank=1)

    def _series(self) -> Iterator[Fact]:
        if self.body is not None:
            return
        names = Statistic.objects.filter(place__path__startswith=self.place.path).values_list("series", flat=True)
        yield from (Fact(f"series:{name}", name, rank=2) for name in names.distinct().order_by("series")[:500])

    def _place(self, code: str, place: Place) -> Told:
        above: dict[str, Place | None] = {"street": place.street, "county": place.county}
        value: Any = {"name": place.name, "code": place.code, "address": place.address}.get(code)
        if code in above:
            value = getattr(above[code], "name", None)
        if code == "area":
            value = _plain(place.area_m2)
        if code == "kind":
            value = added.labels("place.kind").get(place.kind, place.kind)
        return Told(value or None, _("record of the place “%(name)s”") % {"name": place.name}, "", self.day)

    def _body(self, code: str, _place: Place) -> Told:
        body = self.body
        assert body is not None, "only a body has facts of its own"
        value = {"name": body.name, "code": body.code}[code]
        return Told(value or None, _("record of the body “%(name)s”") % {"name": body.name}, "", self.day)

    def _filler(self, code: str, place: Place) -> Told:
        said = _("who fills in, and when")
        if code == "phone":
            posts = self._posts(place)
            phone = posts.exclude(duty_phone="").order_by("id").values_list("duty_phone", flat=True).first()
            return Told(phone, _("duty phone of a post"), "", self.day)
        named = self.actor.label if self.actor.user_id else None
        value = {"day": self.today, "person": named, "period": self.said_period}[code]
        return Told(value, said, "", self.today)

    @property
    def said_period(self) -> str:
        """The period of the form in words."""
        span = SPAN.fullmatch(self.period)
        if span and span[1][:7] == span[2][:7]:
            return f"{self.day.year}年{self.day.month}月"
        return f"{self.day.year}年"

    def _holder(self, code: str, place: Place) -> Told:
        """Who holds a post at the place or in the body: by name, where the reader sees the roster."""
        posts = self._posts(place).filter(kind=code)
        held = posts.filter(person__isnull=False).order_by("-lead", "id")
        names = held.values_list("person__name", flat=True)
        return Told("、".join(dict.fromkeys(names)) or None, _("roster of posts"), "", self.day)

    def _posts(self, place: Place) -> QuerySet[Post]:
        where = {"organization": self.body} if self.body else {"place": place}
        return Post.objects.filter(held_on(self.day), posts_visible_to(self.actor), **where)

    def _statistic(self, series: str, place: Place) -> Told:
        rows = Statistic.objects.filter(series=series, place=place, since__lte=self.day)
        row = rows.order_by("-since", "-id").first()
        if row is None:
            return Told(None, _("counted total “%(name)s”") % {"name": series}, "", self.day)
        said = _("counted total “%(name)s”") % {"name": series}
        return Told(_plain(row.value), f"{said} {row.source}".strip(), "", row.since)


def _totals() -> Iterator[Fact]:
    for code, label, others, definition in words.TOTALS:
        figure = Figure.model_validate({"id": f"total.{code}", "label": label, **definition})
        yield Fact(f"total:{code}", label, tuple(others.split("|")), figure)
    for code, label, others, above, below in words.RATES:
        ratio = {"of": f"total.{above}", "over": f"total.{below}", "times": 100}
        figure = Figure.model_validate(
            {"id": f"total.{code}", "label": label, "ratio": ratio, "decimals": 1, "unit": "%"}
        )
        yield Fact(f"total:{code}", label, tuple(others.split("|")), figure)


def _holders() -> Iterator[Fact]:
    for code, kind in kinds_in_force().items():
        known = words.OF_HOLDERS.get(code, "")
        others = [kind.label, *filter(None, known.split("|"))]
        yield Fact(f"holder:{code}", f"{kind.label}姓名", (*others, *(f"{word}姓名" for word in others)))


def _choices() -> Iterator[Fact]:
    """One total for each choice of the dimensions that forms break down by."""
    for of, name, tails in words.CHOICES:
        kind = record_type(of)
        dimension = kind.dimension(name)
        if dimension is None:
            continue
        measure: Any = {"distinct": "person"} if of == "post" else "count"
        period = "year_to_date" if of in words.EVENTS else "as_of"
        for code, said in {**_written(kind, dimension), **dict(lists.choices(dimension))}.items():
            if len(said) < 2 or (said in ("其他", "其它") and of != "case"):
                continue
            definition = {"id": f"choice.{of}.{name}.x", "label": said, "of": of, "measure": measure, "period": period}
            figure = Figure.model_validate({**definition, "where": {name: code}})
            figure = figure.model_copy(update={"id": f"choice.{of}.{name}.{code}"})
            tailed = tuple(f"{said}{tail}" for tail in tails.split("|") if tail)
            yield Fact(f"choice:{of}.{name}.{code}", f"{said}数", (said, *tailed), figure, rank=-1)


def _place_total(fact: Fact, place: Place) -> Any:
    """A number that the place's own record holds: of a grid or compound, or where a community's ledger says it."""
    figure = fact.figure
    assert figure is not None
    summed = figure.measure["sum"] if isinstance(figure.measure, dict) and "sum" in figure.measure else ""
    name = "buildings" if fact.code == "total:buildings" else summed if figure.of in PLACES else ""
    if not name or figure.where or (place.type == Place.Type.DIVISION and not fact.code.startswith("total:")):
        return None
    return _plain(getattr(place, name, None))


def _period(code: str, day: date) -> Period | None:
    if not code:
        return None
    span = SPAN.fullmatch(code)
    if span:
        return Span.model_validate({"from": span[1], "to": span[2]})
    period: Any = code
    return period  # type: ignore[no-any-return]


def _written(kind: RecordType, dimension: Dimension) -> dict[str, str]:
    """The words of a ledger for a dimension that the profile words nowhere; of states only, of which there are few."""
    if kind.code in words.EVENTS or dimension.code == "category":
        return {}
    found = kind.rows().exclude(**{dimension.lookup: ""}).values_list(dimension.lookup, flat=True).distinct()
    return {value: value for value in found.order_by(dimension.lookup)[:60] if isinstance(value, str)}


def _moved(figure: Figure, period: Period | None) -> Figure:
    """A figure of events over another period; a state counts on its day as ever."""
    if period is None or figure.of not in words.EVENTS:
        return figure
    return figure.model_copy(update={"period": period})


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def is_sure(score: float) -> bool:
    """Whether a proposal needs no second look."""
    return score >= SURE
