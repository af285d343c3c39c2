"""The life of a story of an exemplar and of a letter of residents, as a table: written, published by somebody else."""

from typing import Final

from django.utils.translation import pgettext_lazy

from linli.core.workflow import ANYBODY, State, Workflow, move, register

POST: Final = "disclosure.post"
SUBJECT: Final = "story"

KINDS: Final = (
    ("exemplar", pgettext_lazy("story", "story of an exemplar")),
    ("praise", pgettext_lazy("story", "letter of praise")),
    ("thanks", pgettext_lazy("story", "letter of thanks")),
)
LETTERS: Final = ("praise", "thanks")
ABOUT: Final = (
    ("person", pgettext_lazy("story", "a person")),
    ("unit", pgettext_lazy("story", "a unit")),
    ("place", pgettext_lazy("story", "a place")),
)
CONSENTERS: Final = (
    ("self", pgettext_lazy("story", "the person")),
    ("guardian", pgettext_lazy("story", "a guardian")),
    ("family", pgettext_lazy("story", "the family")),
)
MEANS: Final = (
    ("here", pgettext_lazy("story", "face to face")),
    ("paper", pgettext_lazy("story", "on paper")),
    ("phone", pgettext_lazy("story", "by phone")),
    ("online", pgettext_lazy("story", "online, signed in")),
)

STORY: Final = register(
    Workflow(
        "story",
        states=(
            State("draft", pgettext_lazy("story", "not published"), start=True),
            State("published", pgettext_lazy("story", "published"), start=True),
            State("dropped", pgettext_lazy("story", "dropped"), final=True),
        ),
        moves=(
            move("correct", "draft", None, POST, pgettext_lazy("story", "Correct")),
            move("tell", "draft", None, POST, pgettext_lazy("story", "Tell of a person")),
            move("publish", "draft", "published", POST, pgettext_lazy("story", "Publish")),
            move("take_off", "published", "draft", ANYBODY, pgettext_lazy("story", "Take off the public page")),
            move("drop", "draft", "dropped", POST, pgettext_lazy("story", "Drop")),
        ),
    )
)
