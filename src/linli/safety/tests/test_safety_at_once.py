"""At one moment, in real threads: a hazard is one matter, and a plan is not approved while a post is given back."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.cases.models import Case
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers
from linli.safety.models import EventPlan
from linli.safety.operations import events, rounds
from linli.safety.operations.hazards import hazard_recheck
from linli.safety.tests.secured import begun, event, looked, post_of, put_right
from linli.safety.workflow import SOURCE


def test_one_matter_one_re_check_and_no_approval_with_an_open_post(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    target = begun(cast).targets.get()
    found = looked("compound_risks", ["gas"])
    go = partial(rounds.target_go, actor=cast.community_worker, target_id=target.pk, looked=found)
    # Whoever comes after the last place is done finds the round over.
    assert answers(own_database.together(*[go] * 4)) == {"ok": 1, "inspection_round.over": 3}
    assert Case.objects.filter(source=SOURCE).count() == 1
    hazard = target.hazards.get()
    put_right(cast, hazard)
    check = partial(hazard_recheck, actor=cast.community_worker, hazard_id=hazard.pk, removed=True)
    assert answers(own_database.together(*[check] * 4)) == {"ok": 1, "hazard.state": 3}
    row = event(cast)
    post = post_of(cast, row)
    fill = partial(events.event_post_fill, actor=cast.department_handler, post_id=post.pk)
    fill(filled=2)
    approve = partial(events.event_approve, actor=cast.community_worker, plan_id=row.pk)
    own_database.together(*[approve] * 2, *[partial(fill, filled=1)] * 2)
    post.refresh_from_db()
    assert (EventPlan.objects.get(pk=row.pk).state == "approved") == (post.filled == 2)
