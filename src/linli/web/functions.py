"""The list of functions: what there is, for whom, and how often it was used in the last month.

The numbers are those of the journal, of all people together: nobody's use is counted by itself (R11). What nobody
uses stands there as such, so that it can be switched off.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.actors import Actor
from linli.core.models import Entry
from linli.organizations.sections import kinds_in_force

DAYS: Final = 30
KEPT_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its address, the ability that opens it (empty for everybody), the journal's words for its use."""

    label: Any
    url_name: str
    ability: str
    operations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A function as the page shows it; without an address where whoever asks may not open it."""

    label: str
    url: str
    whom: str
    used: int


# An operation may name its door after a colon. One that ends with a dot stands for all that begin so.
FUNCTIONS: Final = (
    Function(_("Report a problem"), "public:report", "", ("case.receive:page",)),
    Function(_("Answer about one's own matter"), "public:follow", "", ("case.confirm", "case.deny", "case.withdraw")),
    Function(_("Rate"), "public:follow", "", ("case.rate",)),
    Function(_("Register oneself"), "account_signup", "", ("account.register",)),
    Function(_("One-window desk"), "cases:desk", "cases.register", ("case.receive:desk", "case.receive:phone")),
    Function(_("Report without signal"), "cases:patrol", "cases.register", ("case.receive:patrol",)),
    Function(_("Accept and dispatch"), "cases:list", "cases.dispatch", ("case.accept", "case.dispatch", "case.refuse")),
    Function(_("Solve on the spot"), "cases:list", "cases.register", ("case.resolve_on_the_spot",)),
    Function(_("Handle"), "cases:list", "cases.handle", ("case.take", "case.finish", "case.return")),
    Function(_("Verify and close"), "cases:list", "cases.verify", ("case.verify", "case.reject", "case.close")),
    Function(_("Whistle"), "cases:list", "cases.dispatch", ("case.whistle", "whistle.")),
    Function(_("Urge and supervise"), "cases:list", "cases.supervise", ("case.urge", "case.supervise")),
    Function(pgettext_lazy("deliberation", "Conventions"), "conventions:list", "conventions.view", ("convention.",)),
    Function(_("Topics"), "topics:list", "topics.view", ("topic.", "resolution.")),
    Function(pgettext_lazy("notice", "Notices"), "notices:list", "notices.write", ("notice.",)),
    Function(_("Disclosure"), "disclosure:list", "disclosure.post", ("publication.",)),
    Function(_("Questions about what was made public"), "public_disclosure:root", "", ("question.ask",)),
    Function(_("Imports"), "records:imports", "imports.run", ("import.",)),
    Function(_("Define figures"), "accountability:figures", "figures.define", ("figure.",)),
    Function(_("Write and issue reports"), "reports:reports", "reports.issue", ("report.", "report_template.")),
    Function(_("Territory"), "territory:list", "territory.manage", ("place.", "boundary.", "compound.", "community.")),
    Function(_("Bodies and posts"), "organizations:roster", "organizations.manage", ("organization.", "post.")),
    Function(
        _("Accounts"), "accounts:accounts", "security.manage", ("account.issue", "account.create", "account.lock")
    ),
    Function(_("Profile of the place"), "records:settings", "system.configure", ("profile.", "calendar.")),
)


def functions_in_use(actor: Actor) -> list[Use]:
    """Every function with its use in the last month, those that nobody used last."""
    counts = cache.get_or_set("functions.used", _counts, KEPT_SECONDS) or {}
    rows = [Use(str(item.label), _address(item, actor), _whom(item.ability), _used(item, counts)) for item in FUNCTIONS]
    return sorted(rows, key=lambda row: -row.used)


def _counts() -> dict[str, int]:
    since = clock.now() - timedelta(days=DAYS)
    rows = Entry.objects.filter(at__gte=since).values("operation", door=KeyTextTransform("door", "facts"))
    counts: dict[str, int] = {}
    for row in rows.annotate(times=Count("id")).order_by():
        for name in {row["operation"], f"{row['operation']}:{row['door']}"}:
            counts[name] = counts.get(name, 0) + row["times"]
    return counts


def _used(function: Function, counts: Mapping[str, int]) -> int:
    return sum(
        times
        for name, times in counts.items()
        if name in function.operations
        or (":" not in name and any(part.endswith(".") and name.startswith(part) for part in function.operations))
    )


def _address(function: Function, actor: Actor) -> str:
    return reverse(function.url_name) if not function.ability or actor.can(function.ability) else ""


def _whom(ability: str) -> str:
    """The posts that the ability comes with."""
    if not ability:
        return str(_("everybody"))
    return "、".join(kind.named for kind in kinds_in_force().values() if ability in kind.abilities)
