"""Background work of publishing: documents run out, and whoever keeps them hears of it before."""

from procrastinate.contrib.django import app

from linli.publishing.operations.policy_document_ends import policy_documents_check


@app.periodic(cron="30 0 * * *")
@app.task(name="publishing.check_policy_documents", queueing_lock="publishing.check_policy_documents")
def check_policy_documents(timestamp: int) -> int:
    """Let documents run out whose last day is over, and tell who keeps those that soon will; returns how many."""
    return policy_documents_check()
