"""Background work of the house itself; each domain's own is in its `tasks.py`.

A task parses, calls one operation and returns; it may run twice, since a worker may die after the work.
"""

from typing import Any, Final

from procrastinate import JobContext
from procrastinate.contrib.django import app

from linli.core.idempotency import expire
from linli.core.sealing import entries_seal

STALLED_AFTER: Final = 60.0


@app.periodic(cron="* * * * *")
@app.task(name="core.seal", queueing_lock="core.seal")
def seal(timestamp: int) -> int:
    """Seal the journal's entries of the last minute; returns how many."""
    total = 0
    while count := entries_seal():
        total += count
    return total


@app.periodic(cron="* * * * *")
@app.task(name="core.revive_stalled", queueing_lock="core.revive_stalled", pass_context=True)
async def revive_stalled(context: JobContext, timestamp: int) -> int:
    """Put the jobs of workers that have died back into the queue; returns how many."""
    manager = context.app.job_manager
    stalled: Any = await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER)
    count = 0
    for job in stalled:
        await manager.retry_job(job)
        count += 1
    return count


@app.periodic(cron="40 3 * * *")
@app.task(name="core.expire_keys", queueing_lock="core.expire_keys")
def expire_keys(timestamp: int) -> int:
    """Forget the idempotency keys of requests that nobody repeats any more; returns how many."""
    return expire()
