"""What publishing keeps, a file for each thing that it does."""

from linli.publishing.models.publications import (
    DisclosureDue,
    FormerVersion,
    Publication,
    PublicationFile,
    PublicationQuestion,
)

__all__ = [
    "DisclosureDue",
    "FormerVersion",
    "Publication",
    "PublicationFile",
    "PublicationQuestion",
]
