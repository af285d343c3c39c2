"""The profile's `cases.yaml` in words, and what holds where a place writes none."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from linli.cases.sections import CATEGORIES, CONTACT, DEADLINES, WHISTLES
from linli.records.profiles import describe_section

WORDS = {
    "categories": _("categories"),
    "powers": _("list of powers"),
    "deadlines": _("deadlines"),
    "contact": _("first contact"),
    "templates": _("answer templates"),
    "steps": _("steps"),
    "whistles": _("whistles"),
    "sample_percent": _("sample of those resolved on the spot, percent"),
    "confirm": _("time to confirm"),
    "arbiter": _("arbiter (kind of post)"),
    "arbiter_time": _("time of the arbiter"),
    "reopen_days": _("days in which one may reopen"),
    "review_days": _("days until a deferred matter is reviewed"),
    "keep_reporter_days": _("days for which the reporter is remembered"),
    "hours": _("working hours"),
    "petition_channel": _("channel for petitions"),
    "urgency": _("urgency"),
    "normal": _("normal"),
    "urgent": _("urgent"),
    "emergency": _("emergency"),
    "deadline": _("deadline"),
    "in_scope": _("dealt with here"),
    "hazard": _("hazard"),
    "icon": _("icon"),
    "category": _("category"),
    "role": _("role"),
    "level": _("level"),
    "ground": _("legal ground"),
    "list": _("list"),
    "since": _("since"),
    "until": _("until"),
    "text": _("text"),
    "move": _("step"),
    "routine": _("routine"),
    "hard": _("hard"),
    "report_in": _("report in within"),
    "resolve": _("resolve within"),
    "name": _("name"),
    "lead": _("lead body"),
    "assist": _("helping body"),
    "taken_back": _("taken back"),
}


def built_in() -> dict[str, Any]:
    """Categories and deadlines as they hold where a place writes none."""
    return {
        "categories": [_data(item) for item in CATEGORIES],
        "deadlines": _by_key(DEADLINES),
        "contact": _by_key(CONTACT),
        "whistles": _by_key(WHISTLES),
    }


def _by_key(periods: Mapping[Any, BaseModel]) -> dict[str, Any]:
    return {key: _data(period) for key, period in periods.items()}


def _data(item: BaseModel) -> dict[str, Any]:
    return item.model_dump(mode="json", exclude_defaults=True)


describe_section("cases", _("Matters"), WORDS, built_in)
