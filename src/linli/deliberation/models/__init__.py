"""The rows of deliberation: topics and their steps, polls and ballots, meetings and commitments."""

from linli.deliberation.models.bodies import BodyCandidate, BodyElection, BodyFounding
from linli.deliberation.models.commitments import Commitment, CommitmentNote
from linli.deliberation.models.conventions import Convention, ConventionClause, ConventionComment
from linli.deliberation.models.funds import FundAccount, FundCount, FundEntry, FundQuarter, FundReceipt
from linli.deliberation.models.meetings import (
    AgendaItem,
    Invitation,
    Meeting,
    MeetingFile,
    MeetingSeries,
    Minutes,
    SeriesMember,
    SessionDue,
)
from linli.deliberation.models.partnerships import Partnership, PartnershipEvent
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
from linli.deliberation.models.resolutions import Resolution, ResolutionTask
from linli.deliberation.models.squads import Squad, SquadNeed
from linli.deliberation.models.topic_groups import GroupIdea, GroupMember, GroupNotice, TopicGroup
from linli.deliberation.models.topics import Holding, StepPaper, Topic, TopicObjection, TopicRating, TopicStep

__all__ = [
    "AgendaItem",
    "BodyCandidate",
    "BodyElection",
    "BodyFounding",
    "Commitment",
    "CommitmentNote",
    "Convention",
    "ConventionClause",
    "ConventionComment",
    "Elector",
    "FundAccount",
    "FundCount",
    "FundEntry",
    "FundQuarter",
    "FundReceipt",
    "GroupIdea",
    "GroupMember",
    "GroupNotice",
    "Holding",
    "Invitation",
    "Meeting",
    "MeetingFile",
    "MeetingSeries",
    "Minutes",
    "NamedBallot",
    "PaperEntry",
    "Partnership",
    "PartnershipEvent",
    "Poll",
    "PollKey",
    "PollMark",
    "PollProxy",
    "PollRight",
    "Resolution",
    "ResolutionTask",
    "SealedBallot",
    "SeriesMember",
    "SessionDue",
    "Squad",
    "SquadNeed",
    "StepPaper",
    "Topic",
    "TopicGroup",
    "TopicObjection",
    "TopicRating",
    "TopicStep",
    "VotingCode",
]
