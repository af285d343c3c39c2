"""Pages of secondments."""

from linli.secondments.views.lists import (
    item_done,
    selection,
    selection_do,
    selection_new,
    selections,
    work_list,
    work_list_new,
    work_lists,
)
from linli.secondments.views.reviews import review, review_answer, review_correct, review_new
from linli.secondments.views.terms import (
    month,
    month_do,
    months,
    secondment,
    secondment_do,
    secondment_new,
    secondments,
    short,
)

__all__ = [
    "item_done",
    "month",
    "month_do",
    "months",
    "review",
    "review_answer",
    "review_correct",
    "review_new",
    "secondment",
    "secondment_do",
    "secondment_new",
    "secondments",
    "selection",
    "selection_do",
    "selection_new",
    "selections",
    "short",
    "work_list",
    "work_list_new",
    "work_lists",
]
