"""What `helpers.open` gives: a data set that can also tell what it knows of somebody, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import datasets

if TYPE_CHECKING:
    from helpers.profiles import Explained


class Shop(datasets.Shop):
    """One data set as of one moment, for people; see `helpers.datasets.Shop`."""

    def explain(self, profile_id: str, metric: str) -> Explained:
        """What a metric of a person is, and the events behind it.

        Args:
            profile_id: The person.
            metric: A column of table `profiles`.

        Returns:
            Its value, meaning and unit, and `events`, an Ibis table: `shop.frame(found.events)` shows them.

        Raises:
            WrongUse: If there is no such metric, or the person has no profile.
        """
        from helpers.profiles import explain  # noqa: PLC0415 - opening a shop should not wait for what few ask for

        return explain(self, profile_id, metric)


def open(dataset: str, *, as_of: str = "", known_at: str = "") -> Shop:  # noqa: A001 - helpers.open reads as it should
    """Open a data set.

    Args:
        dataset: Its name, a folder under data/.
        as_of: The local day at whose first moment the data are looked at; empty for the data set's default.
        known_at: The local day by whose first moment events, attributes and consents had reached the workbench; empty
            for all that have by now. Who is who is told by what was known then.

    Raises:
        WrongUse: If the data set, its dataset.toml or the date is wrong.
    """
    return Shop(dataset, as_of=as_of, known_at=known_at)
