"""The rows of deliberation: topics and their steps, polls and ballots, meetings and commitments."""

from linli.deliberation.models.polls import (
    Elector,
    NamedBallot,
    PaperEntry,
    Poll,
    PollKey,
    PollMark,
    PollProxy,
    PollRight,
    SealedBallot,
    VotingCode,
)

__all__ = [
    "Elector",
    "NamedBallot",
    "PaperEntry",
    "Poll",
    "PollKey",
    "PollMark",
    "PollProxy",
    "PollRight",
    "SealedBallot",
    "VotingCode",
]
