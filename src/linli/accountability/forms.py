"""The form of a figure: plain choices that become a definition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.records.types import record_types

MEASURES = (
    ("count", _("count")),
    ("sum", _("sum")),
    ("average", _("average")),
    ("median", _("median")),
    ("p90", _("90th percentile")),
    ("distinct", _("distinct")),
)
PERIODS = (
    ("as_of", _("as of the day")),
    ("year_to_date", _("this year")),
    ("cumulative", _("since the beginning")),
    ("month", _("this month")),
    ("last_month", _("last month")),
)


class FigureForm(forms.Form):
    """What is counted, which rows, how, and over which period. Conditions: one `dimension = value` a line."""

    id = forms.RegexField(r"^[a-z][a-z0-9_.]*$", label=_("Code"), max_length=80)
    label = forms.CharField(label=_("Name"), max_length=120)
    label_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    of = forms.ChoiceField(label=_("What is counted"))
    where = forms.CharField(
        label=_("Conditions, one a line: dimension = value"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    how = forms.ChoiceField(label=_("How"), choices=MEASURES)
    name = forms.CharField(label=_("Of which number (not for a count)"), max_length=60, required=False)
    period = forms.ChoiceField(label=_("Period"), choices=PERIODS)
    unit = forms.CharField(label=_("Unit"), max_length=16, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = [(kind.code, kind.label) for kind in record_types() if kind.visible]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    def clean_where(self) -> dict[str, Any]:
        """Conditions as data; several values are separated by `|`."""
        conditions: dict[str, Any] = {}
        for line in self.cleaned_data["where"].splitlines():
            if not line.strip():
                continue
            name, sign, value = line.partition("=")
            if not sign:
                raise forms.ValidationError(_("“%(line)s” has no “=”."), params={"line": line})
            values = [part.strip() for part in value.split("|")]
            conditions[name.strip()] = (
                values if len(values) > 1 else {"true": True, "false": False}.get(values[0], values[0])
            )
        return conditions

    def definition(self) -> dict[str, Any]:
        """The figure as data."""
        data = self.cleaned_data
        keys = ("id", "label", "label_en", "of", "where", "period", "unit")
        measure = "count" if data["how"] == "count" else {data["how"]: data["name"]}
        return {key: data[key] for key in keys} | {"measure": measure}
