"""The rows of deliberation: topics and their steps, polls and ballots, meetings and commitments."""
