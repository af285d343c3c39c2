"""What a mediation tells the matter from which it came: how it ended, by number, without a word of what was said."""

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases.models import Case, Note
from linli.core import clock, journal
from linli.core.actors import Actor


@transaction.atomic
def case_mediated(*, actor: Actor, case_id: int, state: str, number: str) -> Note:
    """Write on a matter, for its staff and its reporter, how its mediation ended. The matter stays where it is."""
    case = Case.objects.select_for_update().defer("search").get(pk=case_id)
    text = {
        "agreed": _("Mediation %(number)s ended with an agreement."),
        "not_agreed": _("Mediation %(number)s ended without an agreement."),
    }.get(state, _("Mediation %(number)s was ended.")) % {"number": number}
    note = Note.objects.create(
        case=case, at=clock.now(), actor=actor.key, author=actor.label[:120], public=True, text=text
    )
    facts = {"outcome": state, "note": note.pk}
    journal.write(actor, "case.mediated", ("case", case.pk), place_id=case.place_id, facts=facts)
    return note
