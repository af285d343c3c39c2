"""How forms of all apps look, and how their choices are filled."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms

from linli.core.errors import InvalidInput

LOOKS: Final = (
    ((forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect), "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


class StyledForm(forms.Form):
    """A form whose fields look like all others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


def dress(form: forms.BaseForm) -> None:
    """Give each field the look of its widget, where it has none of its own."""
    for field in form.fields.values():
        look = next(look for kinds, look in LOOKS if isinstance(field.widget, kinds))
        field.widget.attrs.setdefault("class", look)


def choose(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Fill the choices of a field, which hang on who asks or on the profile."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def require_filled(form: forms.BaseForm, code: str) -> None:
    """Refuse a form that is not filled in, saying what each field lacks. Raises: the code"""
    if not form.is_valid():
        named = {name: f"{field.label}：" for name, field in form.fields.items()}
        said = [f"{named.get(name, '')}{errors[0]}" for name, errors in form.errors.items()]
        raise InvalidInput(code, " ".join(said))


def plain(query: Any) -> dict[str, str]:
    """A query string or a form as plain texts, the last of each name, without the sign that no text may hold."""
    return {str(name): str(value).replace("\0", "") for name, value in query.items()}


def number_of(text: str | None, digits: int = 18) -> int | None:
    """A whole number that came in a form or an address; None where it is none, or has more digits than any column."""
    return int(text) if text and text.isdecimal() and len(text) <= digits else None


def numbers_of(texts: Iterable[str]) -> list[int]:
    """The whole numbers among what came in a form, as where several boxes are ticked."""
    return [number for text in texts if (number := number_of(text)) is not None]


def day_of(text: str) -> date | None:
    """A day that came in a form or an address; None where it is none. A month is its first day."""
    try:
        return date.fromisoformat(f"{text}-01" if len(text) == len("2026-11") else text)
    except ValueError:
        return None
