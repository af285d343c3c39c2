"""Mediations at the same moment, in real threads on a database of their own: what is agreed is recorded once."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers
from linli.mediation.models import MediationAgreement
from linli.mediation.operations import agreements
from linli.mediation.tests import mediated


def test_two_clerks_record_the_agreement_once(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    row = mediated.in_sessions(cast)
    given = mediated.terms(row)
    reach = partial(agreements.agreement_reach, mediation_id=row.pk, terms=given)
    calls = [partial(reach, actor=cast.secretary), partial(reach, actor=cast.community_worker)]
    assert answers(own_database.together(*calls, *calls)) == {"ok": 1, "mediation.state": 3}
    assert MediationAgreement.objects.count() == 1
