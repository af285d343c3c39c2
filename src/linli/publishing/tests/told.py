"""Stories and letters, for the tests."""

from typing import Any, Final

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.publishing.models import Story
from linli.publishing.operations import stories as operations
from linli.publishing.operations.stories import Consent, Draft, Letter

NAME: Final = "郝演示"
WORDS: Final = "郝演示三年来每天给独居老人送饭"


def consent(**values: Any) -> Consent:
    """The person said it to the desk today."""
    return Consent(clock.today(), **values)


def drafted(cast: Cast, actor: Actor | None = None, place: str = "community", **values: Any) -> Story:
    """The story of a person, by the community worker, that names nobody."""
    given: dict[str, Any] = {"about": "person", "title": "送饭的邻居", "subject": "楼栋长", **values}
    draft = Draft(cast.places[place].pk, **given)
    return operations.story_draft(actor=actor or cast.community_worker, draft=draft)


def letter(cast: Cast, place: str = "community", **values: Any) -> Letter:
    """A letter of thanks to the department."""
    body = cast.bodies["department"].name
    given: dict[str, Any] = {"kind": "thanks", "title": "谢谢你们", "subject": body, "name": NAME, "words": WORDS}
    return Letter(place_id=cast.places[place].pk, **given | values)


def stories_made(cast: Cast) -> None:
    """A published story and a letter without consent here and in the other place, for the tests over every route."""
    for place in ("community", "far_community"):
        for title in ("送饭的邻居", "修车的邻居"):
            row = drafted(cast, SYSTEM, place, title=title)
            operations.story_tell(actor=SYSTEM, story_id=row.pk, name=NAME, words=WORDS, consent=consent())
        Story.objects.filter(pk=row.pk).update(written_by="user:0")
        operations.story_publish(actor=SYSTEM, story_id=row.pk)
        operations.letter_write(actor=SYSTEM, letter=letter(cast, place), on_paper=True)
