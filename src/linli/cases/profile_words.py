"""The profile's `cases.yaml` in words, and what holds where a place writes none."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from linli.cases import sections
from linli.cases.sections import CATEGORIES, CONTACT, DEADLINES, PLATFORMS, TEMPLATES, WHISTLES
from linli.organizations.models import Organization
from linli.organizations.sections import kinds_in_force
from linli.records.profiles import describe_section

WORDS = {
    "categories": _("categories"),
    "powers": _("list of powers"),
    "deadlines": _("deadlines"),
    "contact": _("first contact"),
    "templates": _("answer templates"),
    "platforms": _("platforms that send work orders"),
    "columns": _("columns of the file of answers"),
    "header": _("heading of the column"),
    "field": _("what is in it"),
    "words": _("fixed words"),
    "register_number": _("number at the platform"),
    "number": _("own number"),
    "place": _("place"),
    "state": _("state"),
    "outcome": _("outcome"),
    "result": _("result"),
    "received": _("received"),
    "due": _("due"),
    "done": _("done"),
    "closed": _("closed"),
    "steps": _("steps"),
    "off": _("steps that are not used here (codes)"),
    "names": _("what states and steps are called here (code:name)"),
    "whistles": _("whistles"),
    "whistles.*": _("kind of whistle"),
    "deadlines.*": _("urgency"),
    "contact.*": _("urgency"),
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
    "type": _("type of body"),
    "level": _("level of its place"),
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
    "name": _("part of its name"),
    "lead": _("lead body"),
    "assist": _("helping body"),
    "taken_back": _("taken back"),
}


def built_in() -> dict[str, Any]:
    """Categories, wordings, files of answers and deadlines as they hold where a place writes none."""
    return {
        "categories": [_data(item) for item in CATEGORIES],
        "templates": [_data(item) for item in TEMPLATES],
        "platforms": [_data(item) for item in PLATFORMS],
        "deadlines": _by_key(DEADLINES),
        "contact": _by_key(CONTACT),
        "whistles": _by_key(WHISTLES),
    }


def _posts() -> dict[str, str]:
    return {code: kind.named for code, kind in kinds_in_force().items()}


def _moves() -> dict[str, Any]:
    return {move.verb: move.label for move in sections.flow().moves}


CHOICES: Final[Mapping[str, Callable[[], Mapping[str, Any]]]] = {
    "arbiter": _posts,
    "category": lambda: dict(sections.category_choices()),
    "type": lambda: dict(Organization.Type.choices),
    "level": lambda: {"community": _("community"), "street": _("street"), "county": _("county")},
    "move": _moves,
}


def _by_key(periods: Mapping[Any, BaseModel]) -> dict[str, Any]:
    return {key: _data(period) for key, period in periods.items()}


def _data(item: BaseModel) -> dict[str, Any]:
    return item.model_dump(mode="json", exclude_defaults=True)


describe_section("cases", _("Matters"), WORDS, built_in, CHOICES)
