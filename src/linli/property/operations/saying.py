"""How a compound is managed without a contract, as whoever keeps it says: by its unit, by the residents, by nobody."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.core.words import at_most
from linli.property import policies
from linli.property.models import LABEL, Management
from linli.property.operations.contracts import followed
from linli.property.operations.spans import compounds_locked, gives_way, held_in, last_before, make_room, overlap
from linli.property.workflow import SAID, UNMANAGED, WITHOUT_CONTRACT


@dataclass(frozen=True, slots=True)
class Mode:
    """In which mode a compound is from a day on, and by whom where somebody manages it."""

    mode: str
    since: date
    unit: str = ""


@transaction.atomic
def mode_say(*, actor: Actor, compound_id: int, mode: Mode) -> Management:
    """Say how a compound without a contract is managed from a day on, until something else begins (PRP-02).

    What was said before holds until the day before; what was said of the same day is replaced.
    Raises: not_found, mode.unknown, mode.future, mode.unit, contract.overlap
    """
    if mode.mode not in dict(WITHOUT_CONTRACT):
        raise InvalidInput("mode.unknown", _("Choose how it is managed; bundled and large-and-small need a contract."))
    if mode.since > clock.today():
        raise InvalidInput("mode.future", _("Say how it is managed today or before; what comes is a contract."))
    unit = at_most(mode.unit, LABEL, "mode.unit")
    found = compounds_locked([compound_id], policies.compounds_kept_by(actor))
    if compound_id not in found:
        raise NotFound
    for row in held_in([compound_id], mode.since, mode.since):
        if not gives_way(row, mode.since):
            raise overlap(row)
    last = last_before(compound_id, mode.since)
    make_room([compound_id], mode.since)
    said = {"said": clock.now(), "said_by": actor.key, "author": actor.label}
    row = Management(compound=found[compound_id], mode=mode.mode, since=mode.since, last=last, **said)
    row.unit = "" if mode.mode == UNMANAGED else unit
    row.save(force_insert=True)
    facts = {"mode": row.mode, "since": f"{row.since}"}
    journal.write(actor, f"{SAID}.say", (SAID, row.pk), place_id=compound_id, facts=facts)
    followed([compound_id])
    return row
