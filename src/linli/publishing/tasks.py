"""Background work of publishing: what must be public falls due; documents run out, their keepers hear of it before."""

from procrastinate.contrib.django import app

from linli.publishing.operations.due import disclosure_check
from linli.publishing.operations.policy_document_ends import policy_documents_check


@app.periodic(cron="30 0 * * *")
@app.task(name="publishing.check_policy_documents", queueing_lock="publishing.check_policy_documents")
def check_policy_documents(timestamp: int) -> int:
    """Let documents run out whose last day is over, and tell who keeps those that soon will; returns how many."""
    return policy_documents_check()


@app.periodic(cron="40 5 * * *")
@app.task(name="publishing.check_disclosure", queueing_lock="publishing.check_disclosure")
def check_disclosure(timestamp: int) -> int:
    """Raise what is owed of periods that have ended, before the day begins; returns how much is owed."""
    return disclosure_check().open
