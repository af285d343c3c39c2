"""What follows in the same transaction: open matters go along when a place or body is succeeded; people are told.

Whoever closes their account is forgotten as a reporter.
"""

from typing import Any

from django.dispatch import receiver

from linli.accounts.events import account_closed
from linli.cases.events import Moved, case_moved, whistle_moved
from linli.cases.operations.forgetting import reporter_left
from linli.cases.operations.moving import body_left, place_left, post_left
from linli.cases.operations.rewarding import report_earns
from linli.cases.operations.telling import case_tell, whistle_tell
from linli.organizations.events import Ended, organization_ended, post_ended
from linli.territory.events import Succeeded, place_succeeded


@receiver(place_succeeded, dispatch_uid="cases.place_succeeded")
def follow_place(sender: Any, *, fact: Succeeded, **_rest: Any) -> None:
    """Move open matters to what takes the place of where they lie."""
    if fact.new:
        place_left(actor=fact.actor, old_id=fact.old, new_ids=fact.new, on=fact.on)


@receiver(organization_ended, dispatch_uid="cases.organization_ended")
def follow_body(sender: Any, *, fact: Ended, **_rest: Any) -> None:
    """Move open matters to the body that takes over."""
    if fact.organization:
        body_left(actor=fact.actor, old_id=fact.old, new_id=fact.organization, on=fact.on)


@receiver(post_ended, dispatch_uid="cases.post_ended")
def follow_post(sender: Any, *, fact: Ended, **_rest: Any) -> None:
    """Keep what a post leaves of complaints from those complained of."""
    post_left(actor=fact.actor, old_id=fact.old, post_id=fact.post, organization_id=fact.organization, on=fact.on)


@receiver(case_moved, dispatch_uid="cases.case_moved")
def tell_of_case(sender: Any, *, fact: Moved, **_rest: Any) -> None:
    """Tell the reporters and the next holder."""
    case_tell(actor=fact.actor, case=fact.row, verb=fact.verb, was=fact.was)


@receiver(case_moved, dispatch_uid="cases.case_closed")
def reward_reporters(sender: Any, *, fact: Moved, **_rest: Any) -> None:
    """Give points for a report that was true."""
    if fact.row.state == "closed" != fact.was:
        report_earns(actor=fact.actor, case=fact.row)


@receiver(whistle_moved, dispatch_uid="cases.whistle_moved")
def tell_of_whistle(sender: Any, *, fact: Moved, **_rest: Any) -> None:
    """Tell the departments that were called."""
    whistle_tell(actor=fact.actor, whistle=fact.row, verb=fact.verb)


@receiver(account_closed, dispatch_uid="cases.account_closed")
def forget_reporter(sender: Any, *, user_id: int, **_rest: Any) -> None:
    """Forget who leaves wherever they reported."""
    reporter_left(user_id=user_id)
