"""How the points of a criterion come about from what was frozen or given: exact fractions, never a guess."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from linli.accountability.assessing import scoring
from linli.accountability.assessing.section import Criterion, Grade, Scheme
from linli.accountability.models import AssessmentPart, FrozenFigure


@dataclass(frozen=True, slots=True)
class Result:
    """What an assessed came to: the points of each criterion, the total and the grade."""

    points: Mapping[str, Fraction | None]
    total: Decimal | None
    grade: Grade | None


def value_of(frozen: FrozenFigure) -> Fraction | None:
    """A frozen figure's value as a fraction: of a share or rate by its parts, so that no digit is lost."""
    if frozen.exact is None:
        return None
    figure = frozen.defined
    above, below = frozen.numerator, frozen.denominator
    if figure.share and above is not None and below:
        return 100 * Fraction(above) / Fraction(below)
    if figure.ratio and above is not None and below:
        return Fraction(Decimal(str(figure.ratio.times))) * Fraction(above) / Fraction(below)
    return Fraction(frozen.exact)


def points_of(
    criterion: Criterion, frozen: FrozenFigure | None, parts: Sequence[AssessmentPart], *, joint: bool
) -> Fraction | None:
    """The points of a criterion; None where it was not collected, too few answered, or nobody gave any."""
    if criterion.computed:
        value = value_of(frozen) if frozen else None
        if frozen is None or value is None or too_few(criterion, frozen):
            return None
        assert criterion.rule is not None, "a computed criterion has a rule"
        return scoring.points(criterion.rule, value)
    role = "self" if criterion.source == "self" else "body"
    mine = [part for part in parts if part.criterion == criterion.code and part.role == role]
    given = [Fraction(part.points) for part in mine if part.points is not None]
    if not given or (joint and len(given) < len(mine)):
        return None
    return sum(given, Fraction(0)) / len(given)


def too_few(criterion: Criterion, frozen: FrozenFigure) -> bool:
    """Whether fewer answered than the scheme asks for."""
    return criterion.source == "public" and (frozen.denominator or 0) < criterion.answers


def result(scheme: Scheme, points: Mapping[str, Fraction | None]) -> Result:
    """The total and the grade; neither where points of a criterion are missing."""
    total = scoring.weighted((item.weight, points.get(item.code)) for item in scheme.live)
    if total is None:
        return Result(points, None, None)
    shown = scoring.printed(total, scheme.decimals)
    met = {
        item.code for item in scheme.live if item.gate is not None and (points[item.code] or 0) >= Fraction(item.gate)
    }
    fitting = (item for item in scheme.grades_down() if shown >= item.least and met.issuperset(item.requires))
    return Result(points, shown, next(fitting, None))
