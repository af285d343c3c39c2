"""What publishing keeps, a file for each thing that it does."""

from linli.publishing.models.policy_documents import PolicyDocument, PolicyFile
from linli.publishing.models.publications import (
    DisclosureDue,
    FormerVersion,
    Publication,
    PublicationFile,
    PublicationQuestion,
)
from linli.publishing.models.stories import Story, StoryPart

__all__ = [
    "DisclosureDue",
    "FormerVersion",
    "PolicyDocument",
    "PolicyFile",
    "Publication",
    "PublicationFile",
    "PublicationQuestion",
    "Story",
    "StoryPart",
]
