"""The only writers of topic groups: opened, joined and left freely, ideas and what becomes of them, announcements.

Members are known to themselves alone: the journal is told of no member, leaving takes the row away. An idea is hidden
only with a reason, which whoever wrote it reads; everybody reads how many are hidden.
"""

from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import after, calendar_of
from linli.cases.operations.intake import Report, case_register
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import VISITOR, Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from linli.core.words import said
from linli.deliberation import squads_section
from linli.deliberation.models import GroupIdea, GroupMember, GroupNotice, TopicGroup
from linli.deliberation.operations.bodies import holder_at
from linli.deliberation.operations.squads import require_impersonal
from linli.deliberation.operations.topics import Proposal, topic_propose
from linli.deliberation.policies import squads as policies
from linli.deliberation.workflow.squads import GROUP, GROUP_SUBJECT, IDEA, IDEA_OWED
from linli.territory.models import Place

LONGEST_NAME: Final = 60
LONGEST_ALIAS: Final = 20
LONGEST: Final = 500
LONGEST_TITLE: Final = 60
# So many ideas of one member may wait, and so many of one group; more are somebody's game.
MOST_OWN: Final = 10
MOST_WAITING: Final = 200


@transaction.atomic
def group_open(*, actor: Actor, place_id: int, name: str, about: str) -> TopicGroup:
    """Open a group at a community (DEL-12).

    Raises: not_found, squad.not_yours, group.name, group.about, squad.personal, group.twice
    """
    place = Place.objects.filter(policies.groups_at(), pk=place_id).first()
    if place is None:
        raise NotFound
    policies.require_keep(actor, place)
    row = TopicGroup(
        place=place,
        name=said(" ".join(name.split()), LONGEST_NAME, "group.name"),
        about=said(about, LONGEST, "group.about"),
        opened_on=clock.today(),
        recorder=actor.key,
    )
    for text in (row.name, row.about):
        require_impersonal(text)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "topic_group_once" not in str(error):
            raise
        raise RuleBroken("group.twice", _("This community has an open group of this name already.")) from error
    _done(actor, "open", row)
    return row


@transaction.atomic
def group_announce(*, actor: Actor, group_id: int, text: str) -> GroupNotice:
    """Announce something. Raises: not_found, squad.not_yours, topic_group.state, group.text, squad.personal"""
    row = _locked(actor, group_id)
    GROUP.step(row.state, "announce")
    notice = GroupNotice(group=row, text=said(text, LONGEST, "group.text"), day=clock.today())
    require_impersonal(notice.text)
    notice.save()
    _done(actor, "announce", row)
    return notice


@transaction.atomic
def group_close(*, actor: Actor, group_id: int, reason: str) -> TopicGroup:
    """Close a group with a reason, once every idea is answered; its members are forgotten, ideas stay without a name.

    Raises: not_found, squad.not_yours, topic_group.state, group.reason, group.ideas_wait
    """
    row = _locked(actor, group_id)
    row.state = GROUP.step(row.state, "close")
    row.reason = said(reason, LONGEST, "group.reason")
    if row.ideas.filter(state="posted").exists():
        raise RuleBroken("group.ideas_wait", _("Some ideas still wait for an answer."))
    row.closed_on = clock.today()
    row.members.all().delete()
    row.version += 1
    row.save()
    _done(actor, "close", row, reason=row.reason)
    return row


@transaction.atomic
def group_join(*, actor: Actor, group_id: int, alias: str = "") -> GroupMember:
    """Join a group with one's account, by a name of one's choice or none.

    Raises: not_found, group.account, topic_group.state, group.alias, squad.personal, group.joined
    """
    if actor.user_id is None:
        raise NotAllowed("group.account", _("Sign in or register to join; a name and a password are enough."))
    row = _open(group_id)
    chosen = " ".join(alias.split())
    if len(chosen) > LONGEST_ALIAS:
        raise InvalidInput("group.alias", _("At most %(most)s characters."), most=LONGEST_ALIAS)
    require_impersonal(chosen)
    if row.members.filter(user_id=actor.user_id).exists():
        raise RuleBroken("group.joined", _("You belong to this group already."))
    if chosen and row.members.filter(alias=chosen).exists():
        raise InvalidInput("group.alias", _("Somebody here is called so already; please choose another name."))
    member = GroupMember.objects.create(group=row, user_id=actor.user_id, alias=chosen, joined_on=clock.today())
    _done(VISITOR, "join", row)
    return member


@transaction.atomic
def group_leave(*, actor: Actor, group_id: int) -> TopicGroup:
    """Leave a group; nothing is kept of the member. Raises: not_found"""
    row = _open(group_id)
    if actor.user_id is None or not row.members.filter(user_id=actor.user_id).delete()[0]:
        raise NotFound
    _done(VISITOR, "leave", row)
    return row


@transaction.atomic
def groups_forget(*, user_id: int) -> int:
    """Take an account that is closed out of all its groups; returns out of how many."""
    return GroupMember.objects.filter(user_id=user_id).delete()[0]


@transaction.atomic
def idea_post(*, actor: Actor, group_id: int, text: str) -> GroupIdea:
    """Propose an idea as a member; whoever keeps the group owes an answer.

    Raises: not_found, group.not_member, topic_group.state, group.text, squad.personal, group.too_many
    """
    row = _open(group_id)
    member = row.members.filter(user_id=actor.user_id or 0).first()
    if member is None:
        raise NotAllowed("group.not_member", _("Join the group first."))
    waiting = row.ideas.filter(state="posted")
    if waiting.filter(member=member).count() >= MOST_OWN or waiting.count() >= MOST_WAITING:
        raise RuleBroken("group.too_many", _("Many ideas wait for an answer already; please come back later."))
    idea = GroupIdea(group=row, place=row.place, member=member, posted_on=clock.today())
    idea.text = said(text, LONGEST, "group.text")
    require_impersonal(idea.text)
    idea.save()
    days = calendar_of(row.place)
    due = after(days, clock.now(), Period(amount=squads_section.section().answer_days))
    owe(IDEA_OWED, (GROUP_SUBJECT, row.pk), row.name, row.place_id, holder_at(row.place), due, days)
    _done(VISITOR, "idea", row, idea=idea.pk)
    return idea


@transaction.atomic
def idea_withdraw(*, actor: Actor, idea_id: int) -> GroupIdea:
    """Take one's own idea back; its words go. Raises: not_found, group_idea.state"""
    found = GroupIdea.objects.filter(member__user_id=actor.user_id or 0, pk=idea_id).values_list("group_id", flat=True)
    row, idea = _of(found.first(), idea_id)
    idea.state = IDEA.step(idea.state, "withdraw")
    idea.text, idea.answer, idea.member = "", "", None
    return _moved(VISITOR, "withdraw", row, idea)


@transaction.atomic
def idea_to_case(*, actor: Actor, idea_id: int) -> GroupIdea:
    """Register an idea as a matter of the community, whose state its page shows from then on.

    Raises: not_found, squad.not_yours, group_idea.state, case.*
    """
    row, idea = _kept(actor, idea_id)
    idea.state = IDEA.step(idea.state, "case")
    report = Report(text=idea.text, place_id=row.place_id, kind="suggestion", source="deliberation")
    idea.case_id = case_register(actor=actor, report=report).case_id
    return _moved(actor, "case", row, idea)


@transaction.atomic
def idea_to_topic(*, actor: Actor, idea_id: int, title: str) -> GroupIdea:
    """Propose an idea as a topic of the community.

    Raises: not_found, squad.not_yours, group_idea.state, group.title, topic.*
    """
    row, idea = _kept(actor, idea_id)
    idea.state = IDEA.step(idea.state, "topic")
    proposal = Proposal(row.place_id, said(title, LONGEST_TITLE, "group.title"), idea.text, source="resident")
    idea.topic = topic_propose(actor=actor, proposal=proposal)
    return _moved(actor, "topic", row, idea)


@transaction.atomic
def idea_answer(*, actor: Actor, idea_id: int, answer: str) -> GroupIdea:
    """Answer an idea. Raises: not_found, squad.not_yours, group_idea.state, group.answer, squad.personal"""
    return _said(actor, idea_id, "answer", answer)


@transaction.atomic
def idea_hide(*, actor: Actor, idea_id: int, reason: str) -> GroupIdea:
    """Hide an idea, with the reason that whoever wrote it reads.

    Raises: not_found, squad.not_yours, group_idea.state, group.answer, squad.personal
    """
    return _said(actor, idea_id, "hide", reason)


@transaction.atomic
def idea_show(*, actor: Actor, idea_id: int) -> GroupIdea:
    """Show a hidden idea again; it waits for its answer. Raises: not_found, squad.not_yours, group_idea.state"""
    row, idea = _kept(actor, idea_id)
    idea.state = IDEA.step(idea.state, "show")
    idea.answer = ""
    return _moved(actor, "show", row, idea)


def _said(actor: Actor, idea_id: int, verb: str, words: str) -> GroupIdea:
    row, idea = _kept(actor, idea_id)
    idea.state = IDEA.step(idea.state, verb)
    idea.answer = said(words, LONGEST, "group.answer")
    require_impersonal(idea.answer)
    return _moved(actor, verb, row, idea, reason=idea.answer)


def _kept(actor: Actor, idea_id: int) -> tuple[TopicGroup, GroupIdea]:
    """An idea of a group that one keeps, both locked. Raises: not_found, squad.not_yours"""
    found = GroupIdea.objects.filter(policies.squads_visible_to(actor), pk=idea_id).values_list("group_id", flat=True)
    row, idea = _of(found.first(), idea_id)
    policies.require_keep(actor, row.place)
    return row, idea


def _of(group_id: int | None, idea_id: int) -> tuple[TopicGroup, GroupIdea]:
    if group_id is None:
        raise NotFound
    row = _rows().get(pk=group_id)
    return row, GroupIdea.objects.select_for_update(of=("self",)).get(pk=idea_id)


def _moved(actor: Actor, verb: str, row: TopicGroup, idea: GroupIdea, **facts: Any) -> GroupIdea:
    idea.answered_on = None if idea.state == "posted" else clock.today()
    idea.version += 1
    idea.save()
    if not row.ideas.filter(state="posted").exists():
        settle(IDEA_OWED, (GROUP_SUBJECT, row.pk))
    _done(actor, f"idea_{verb}", row, idea=idea.pk, **facts)
    return idea


def _open(group_id: int) -> TopicGroup:
    """An open group, locked. Raises: not_found, topic_group.state"""
    row = _rows().filter(pk=group_id).first()
    if row is None:
        raise NotFound
    if row.state != "open":
        raise RuleBroken("topic_group.state", _("This group is closed."))
    return row


def _locked(actor: Actor, group_id: int) -> TopicGroup:
    """A group that one keeps, locked. Raises: not_found, squad.not_yours"""
    row = _rows().filter(policies.squads_visible_to(actor), pk=group_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.place)
    return row


def _rows() -> QuerySet[TopicGroup]:
    return TopicGroup.objects.select_for_update(of=("self",)).select_related("place__street", "place__county")


def _done(actor: Actor, verb: str, row: TopicGroup, **facts: Any) -> None:
    journal.write(actor, f"{GROUP_SUBJECT}.{verb}", (GROUP_SUBJECT, row.pk), place_id=row.place_id, facts=facts)
