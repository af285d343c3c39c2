"""Background work of the spine: imports handed in through the browser, sums of figures, what the file store loses."""

from procrastinate.contrib.django import app

from linli.records.operations.contents import contents_sweep
from linli.records.operations.sums import sums_build, sums_refresh
from linli.records.operations.uploads import upload_run, uploads_sweep


@app.task(name="records.upload")
def upload(upload_id: int, dry: bool, language: str = "") -> None:
    """Import the files of an upload, or check them."""
    upload_run(upload_id=upload_id, dry=dry, language=language)


@app.periodic(cron="50 3 * * *")
@app.task(name="records.sweep", queueing_lock="records.sweep")
def sweep(timestamp: int) -> int:
    """Throw files away that were handed in and never imported; returns how many uploads."""
    return uploads_sweep()


@app.periodic(cron="25 4 * * *")
@app.task(name="records.sweep_contents", queueing_lock="records.sweep_contents")
def sweep_contents(timestamp: int) -> int:
    """Remove stored contents that no row names any more; returns how many."""
    return contents_sweep()


@app.periodic(cron="* * * * *")
@app.task(name="records.sums", queueing_lock="records.sums")
def sums(timestamp: int) -> int:
    """Bring the sums of figures up to date, and build what new figures need; returns how many marks were met."""
    total = 0
    while count := sums_refresh():
        total += count
    sums_build()
    return total
