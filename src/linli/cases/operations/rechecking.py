"""What a re-check of a hazard tells its matter: removed, and so verified; or not, and so to be done again.

Who may re-check is decided where hazards are kept; here the matter moves as by any second person's check.
"""

from django.db import transaction

from linli.cases import sections
from linli.cases.models import Case
from linli.cases.operations.steps import PLACES, save
from linli.core import clock
from linli.core.actors import Actor


@transaction.atomic
def case_recheck(*, actor: Actor, case_id: int, removed: bool, note: str = "") -> Case:
    """Verify the matter of a hazard that is removed, or send it back to be done; its clock ran on.

    Raises: case.state
    """
    rows = Case.objects.select_for_update(of=("self",)).select_related(*PLACES).defer("search")
    case = rows.get(pk=case_id)
    verb = "verify" if removed else "reject"
    case.was = case.state  # type: ignore[attr-defined]
    case.state = sections.flow().step(case.state, verb)
    if removed:
        case.verified, case.verification = clock.now(), "person"
        return save(actor, case, verb, note=note)
    case.done, case.done_by, case.verified, case.verification, case.helped = None, "", None, "", None
    return save(actor, case, verb, reason=note)
