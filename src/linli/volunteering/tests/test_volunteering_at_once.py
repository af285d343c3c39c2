"""Volunteers at the same moment, in real threads on a database of their own: one leads, the last seat is one's."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.core.actors import SYSTEM
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers
from linli.volunteering.models import PostAssignment, ProjectClaim
from linli.volunteering.operations import claims, posts, projects
from linli.volunteering.operations.posts import Opening
from linli.volunteering.operations.projects import Proposal
from linli.volunteering.tests.test_projects import someone
from linli.volunteering.tests.volunteers import volunteer_made


def test_one_leads_and_the_last_seat_goes_to_one(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    place = cast.places["community"]
    people = [someone(volunteer_made(place, f"尤{number}")) for number in range(8)]
    micro = projects.micro_post(actor=SYSTEM, place_id=place.pk, proposal=Proposal("书架"))
    calls = [partial(claims.project_claim, actor=person, project_id=micro.pk) for person in people]
    assert answers(own_database.together(*calls)) == {"ok": 8}
    assert ProjectClaim.objects.filter(lead=True).count() == 1

    post = posts.post_open(actor=SYSTEM, place_id=place.pk, opening=Opening("学堂", seats=1))
    asked = [posts.post_ask(actor=person, post_id=post.pk) for person in people]
    given = [partial(posts.post_assign, actor=cast.community_worker, assignment_id=row.pk) for row in asked]
    assert answers(own_database.together(*given)) == {"ok": 1, "volunteer_post.full": 7}
    assert PostAssignment.objects.filter(state="assigned").count() == 1
