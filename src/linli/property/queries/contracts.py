"""Contracts as they are read: the list, one with its compounds, what may be chosen for a new one."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.organizations.models import Organization
from linli.property import policies
from linli.property.models import Contract, Management
from linli.property.workflow import CONTRACT, KEEP
from linli.territory.models import Place

CHOICES: Final = 500
TONES: Final = {
    "active": ("green", "circle-check"),
    "expired": ("grey", "clock"),
    "ended": ("red", "circle-x"),
    "withdrawn": ("grey", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class ContractPage:
    """One contract with its compounds and what may be done."""

    row: Any
    covered: list[Management]
    verbs: list[str]

    @property
    def standing(self) -> tuple[str, str, Any]:
        """Its state in words, with colour and sign."""
        return standing(self.row)

    @property
    def buildings(self) -> int:
        """The buildings of all its compounds, as far as they are known."""
        return sum(item.buildings or 0 for item in self.covered)


def standing(row: Contract) -> tuple[str, str, Any]:
    """The state of a contract in words, with colour and sign."""
    return *TONES[row.state], CONTRACT.label(row.state)


def listed(actor: Actor, state: str = "", words: str = "") -> QuerySet[Any]:
    """The contracts that somebody sees, those that end first at the top, with how much each covers."""
    rows = Contract.objects.filter(policies.contracts_visible_to(actor))
    if state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(
            Q(number__icontains=words)
            | Q(company__name__icontains=words)
            | Q(pk__in=Management.objects.filter(compound__name__icontains=words).values("contract_id"))
        )
    rows = rows.annotate(compounds=Count("managements"), buildings=Sum("managements__buildings"))
    return rows.select_related("company", "place").order_by("state", "last", "pk")


def contract_page(actor: Actor, pk: int) -> ContractPage:
    """One contract. Raises: not_found"""
    seen = Contract.objects.filter(policies.contracts_visible_to(actor), pk=pk)
    row = seen.select_related("company", "place").first()
    if row is None:
        raise NotFound
    covered = row.managements.filter(policies.managements_visible_to(actor)).select_related("compound__community")
    return ContractPage(row, list(covered.order_by("compound__path")), policies.verbs_of(actor, row))


def choosable(actor: Actor) -> QuerySet[Place]:
    """The compounds that somebody may put under a contract."""
    rows = Place.objects.filter(policies.compounds_kept_by(actor)).select_related("community")
    return rows.order_by("community__path", "name", "pk")


def managers(actor: Actor) -> list[Organization]:
    """Who may manage: the property companies, and the residents' own bodies where the actor keeps contracts."""
    rows = Organization.objects.filter(until=None)
    own = Q() if actor.key == "system" else actor.places(KEEP)
    rows = rows.filter(Q(type=Organization.Type.PROPERTY) | Q(type=Organization.Type.SELF_GOVERNMENT) & own)
    return list(rows.order_by("type", "name", "pk")[:CHOICES])
