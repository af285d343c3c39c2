"""Which names of a form or of a question are looked up while a page answers."""

from typing import Any, Final

import pytest
from django.http import QueryDict

# How a form is asked for one name, and how for all.
ONE: Final = ("__getitem__", "__contains__", "get", "getlist")
ALL: Final = ("__iter__", "keys", "values", "items", "lists")


def reading(patch: pytest.MonkeyPatch) -> set[str]:
    """The names that are looked up in forms from now on; whoever walks through all of a form reads every name."""
    read: set[str] = set()
    plain = {name: getattr(QueryDict, name) for name in (*ONE, *ALL)}

    def one(name: str) -> Any:
        def noted(form: QueryDict, key: str, *more: Any, **others: Any) -> Any:
            read.add(key)
            return plain[name](form, key, *more, **others)

        return noted

    def every(name: str) -> Any:
        def noted(form: QueryDict) -> Any:
            read.update(dict.keys(form))
            return plain[name](form)

        return noted

    for name in plain:
        patch.setattr(QueryDict, name, one(name) if name in ONE else every(name))
    return read
