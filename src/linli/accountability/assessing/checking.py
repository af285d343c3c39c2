"""Everything wrong with schemes beyond their form, each fault with its code and the key it stands at."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.accountability.assessing.refusing import refuse_figure, refuse_words, rests_on_answers
from linli.accountability.assessing.scoring import WHOLE, plain
from linli.accountability.assessing.section import AssessmentsSection, Criterion, Scheme
from linli.core.errors import InvalidInput
from linli.organizations.sections import TYPES, kinds_in_force
from linli.records import profiles
from linli.records.figures.definitions import Figure, FiguresSection
from linli.records.profiles import Fault

FILE: Final = "assessments.yaml"
LEVELS: Final = frozenset({"street", "community", "grid", "compound"})
Found = Iterator[tuple[str, InvalidInput]]


def faults(data: dict[str, Any]) -> list[Fault]:
    """Everything wrong in a profile's schemes, checked as if the profile were in force, against its own figures."""
    with profiles.tried(data) as profile:
        schemes = profile.section(AssessmentsSection).schemes
        if not schemes:
            return []
        book = {figure.id: figure for figure in profile.section(FiguresSection).figures}
        found = [
            Fault(FILE, 1, f"schemes.{number}.{key}".rstrip("."), str(error))
            for number, scheme in enumerate(schemes)
            if not scheme.retired
            for key, error in faults_of(scheme, book)
        ]
        codes = [scheme.code for scheme in schemes]
        twice = [number for number, code in enumerate(codes) if code in codes[:number]]
        words = _("There are two schemes with this code.")
        return found + [Fault(FILE, 1, f"schemes.{n}.code", f"assessment.twice: {words}") for n in twice]


def faults_of(scheme: Scheme, book: Mapping[str, Figure]) -> Found:
    """Everything wrong with one scheme, by the key within it."""
    yield from _who(scheme)
    yield from _weights(scheme)
    for number, criterion in enumerate(scheme.criteria):
        if not criterion.retired:
            yield from ((f"criteria.{number}.{key}", error) for key, error in _criterion(scheme, criterion, book))
    yield from _grades(scheme)


def _who(scheme: Scheme) -> Found:
    known = {"organization": TYPES, "place": LEVELS, "post": frozenset(kinds_in_force())}[scheme.of]
    strange = sorted(set(scheme.kinds) - known)
    if strange:
        words = _("There is nothing of this kind to assess: %(kinds)s.")
        yield "kinds", InvalidInput("assessment.unknown_kind", words, kinds=", ".join(strange))
    kinds = kinds_in_force()
    # Whose name is posted with consent only takes part freely: neighbours, not staff.
    free = [code for code in scheme.kinds if scheme.of == "post" and code in kinds and kinds[code].posted == "consent"]
    if free:
        words = _("“%(kind)s” is held by residents who take part freely; residents are not assessed.")
        yield "kinds", InvalidInput("assessment.residents", words, kind=kinds[free[0]].named)
    if scheme.of_persons and scheme.published:
        words = _("Grades of persons go to the person and the assessors; they are not published.")
        yield "published", InvalidInput("assessment.persons_published", words)
    if scheme.period == "term" and not scheme.of_persons:
        yield "period", InvalidInput("assessment.no_term", _("Only holders of posts have a term."))
    if scheme.joint and not any(len(item.by) > 1 for item in scheme.live):
        words = _("A joint assessment has a criterion that several bodies rate.")
        yield "joint", InvalidInput("assessment.not_joint", words)


def _weights(scheme: Scheme) -> Found:
    total = sum((item.weight for item in scheme.live), Decimal(0))
    if total != WHOLE:
        words = _("The weights sum to %(sum)s, not to 100.")
        yield "criteria", InvalidInput("assessment.weights", words, sum=plain(total))
    codes = [item.code for item in scheme.live]
    if len(codes) != len(set(codes)):
        yield "criteria", InvalidInput("assessment.criterion_twice", _("Two criteria have the same code."))


def _criterion(scheme: Scheme, criterion: Criterion, book: Mapping[str, Figure]) -> Found:
    try:
        refuse_words(criterion.label, criterion.label_en, criterion.note)
        if not criterion.computed:
            return
        figure = book.get(criterion.figure)
        if figure is None:
            words = _("There is no figure “%(id)s”.")
            raise InvalidInput("assessment.unknown_figure", words, id=criterion.figure)
        refuse_figure(figure, book)
        if criterion.source == "public" and not rests_on_answers(figure, book):
            words = _("“%(id)s” is no share of answers: the public rates by surveys and by its ratings of matters.")
            raise InvalidInput("assessment.not_public", words, id=figure.id)
    except InvalidInput as error:
        yield "figure" if criterion.computed else "label", error
    if criterion.gate is not None and criterion.rule and criterion.gate > criterion.rule.cap:
        yield "gate", InvalidInput("assessment.gate", _("The gate lies above what can be reached."))


def _grades(scheme: Scheme) -> Found:
    gates = {item.code for item in scheme.live if item.gate is not None}
    for number, grade in enumerate(scheme.grades):
        if grade.retired:
            continue
        refused = [code for code in grade.requires if code not in gates]
        if refused:
            words = _("“%(code)s” is no criterion with a gate.")
            yield f"grades.{number}.requires", InvalidInput("assessment.no_gate", words, code=refused[0])
    levels = [grade.least for grade in scheme.grades if not grade.retired]
    if len(levels) != len(set(levels)):
        yield "grades", InvalidInput("assessment.grade_twice", _("Two grades begin at the same total."))
