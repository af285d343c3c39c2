"""What `linli doctor` asks of the ledger: that it adds up."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core import doctor
from linli.points.queries import proof


@doctor.register("points", pgettext_lazy("points", "Ledger of points"))
def ledger() -> Iterator[doctor.Finding]:
    """Every book sums to zero, and every account is what its entries and holds say."""
    found = proof()
    for book, total in found.books.items():
        yield doctor.fault(
            "points.total", _("The book %(book)s adds up to %(total)d, not to zero.") % {"book": book, "total": total}
        )
    if found.accounts:
        yield doctor.fault(
            "points.balance", _("%(count)d accounts are not what their entries say.") % {"count": found.accounts}
        )
    if found.holds:
        yield doctor.fault(
            "points.held", _("%(count)d accounts hold back another amount than was set aside.") % {"count": found.holds}
        )
