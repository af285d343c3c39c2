"""Where a topic stands for residents: whether it takes objections, whether it can be rated."""

from linli.core import clock
from linli.deliberation.models import Topic, TopicStep
from linli.deliberation.procedures import Procedure


def open_to_objections(topic: Topic, rule: Procedure) -> TopicStep | None:
    """The disclosure that is up now and takes objections, before anything that follows it was done."""
    taking = [step.code for step in rule.steps if step.objections]
    up = topic.steps.filter(code__in=taking, state="under_way", publication__withdrawn=None)
    return up.filter(publication__posted_on__lte=clock.today()).first()


def open_to_rating(topic: Topic, rule: Procedure) -> bool:
    """Whether residents say now how a topic turned out: once it was carried out, while it is being rated."""
    rating = [step.code for step in rule.steps if step.kind == "rate"]
    return topic.steps.filter(code__in=rating, state="under_way").exists()
