"""A figure as it was on the day it was issued: its value, its definition and its rows. Written once, never changed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.records.figures.compute import FigureValue
from linli.records.figures.definitions import Figure
from linli.records.figures.words import label, wording


class FrozenFigure(models.Model):
    """A figure's value when it was frozen; `parts` holds the definitions of the figures that it is made of."""

    id = models.BigAutoField(primary_key=True)
    figure = models.CharField(max_length=200)
    definition = models.JSONField()
    parts = models.JSONField(default=dict)
    sentence = models.TextField()
    value = models.DecimalField(max_digits=40, decimal_places=12, null=True)
    exact = models.DecimalField(max_digits=40, decimal_places=12, null=True)
    numerator = models.DecimalField(max_digits=40, decimal_places=12, null=True)
    denominator = models.DecimalField(max_digits=40, decimal_places=12, null=True)
    period_from = models.DateField(null=True)
    period_to = models.DateField()
    as_of = models.DateField()
    scope = models.CharField(max_length=64, blank=True)
    frozen = models.DateTimeField()

    class Meta:
        verbose_name = _("frozen figure")
        indexes = [models.Index(fields=["figure", "as_of"], name="frozen_figure_day")]

    def __str__(self) -> str:
        return f"{self.figure} {self.as_of}"

    @property
    def defined(self) -> Figure:
        """The definition by which it was computed."""
        return Figure.model_validate(self.definition)

    @property
    def book(self) -> Mapping[str, Figure]:
        """The definition and those of the figures it is made of, as they were."""
        held: Mapping[str, Any] = {**self.parts, self.figure: self.definition}
        return {code: Figure.model_validate(definition) for code, definition in held.items()}

    @property
    def label(self) -> str:
        """What the figure was called."""
        return label(self.defined)

    @property
    def printed(self) -> FigureValue:
        """The value as it was computed then, to be printed like any other."""
        figure = self.defined
        return FigureValue(
            figure=figure,
            value=_plain(self.value, figure.decimals),
            exact=_plain(self.exact),
            numerator=_plain(self.numerator),
            denominator=_plain(self.denominator),
            period=(self.period_from, self.period_to),
            as_of=self.as_of,
            scope=self.scope,
        )

    @property
    def wording(self) -> str:
        """The value as an article prints it."""
        return wording(self.defined, self.printed.value)


class FrozenRows(models.Model):
    """The ids of the rows of one record type that a frozen figure was computed from.

    `part` says which figure counted them, where several did (`of`, `over`, `met`, `then`); empty for a simple figure.
    """

    id = models.BigAutoField(primary_key=True)
    figure = models.ForeignKey(FrozenFigure, on_delete=models.PROTECT, related_name="rows")
    part = models.CharField(max_length=60, blank=True)
    of = models.CharField(max_length=64)
    ids = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = _("rows of a frozen figure")
        constraints = [models.UniqueConstraint(fields=["figure", "part"], name="frozen_rows_once")]

    def __str__(self) -> str:
        return f"{self.figure_id} {self.part} {self.of}"


def _plain(value: Decimal | None, decimals: int | None = None) -> Decimal | None:
    """A stored number without the zeros that its column adds."""
    if value is None:
        return None
    if decimals is not None:
        return value.quantize(Decimal(1).scaleb(-decimals))
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
