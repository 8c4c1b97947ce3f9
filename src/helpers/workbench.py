"""What `helpers.open` gives: a data set that can also tell what it knows of somebody, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from helpers import datasets
from helpers.datasets.own_metrics import Own, own
from helpers.errors import WrongUse

if TYPE_CHECKING:
    import ibis

    from helpers.churn import Tried
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

    def metric(self, function: Callable[[ibis.Table], ibis.Value]) -> Own:
        """Take a function of a notebook cell as a metric of one's own: `@shop.metric`.

        Args:
            function: Of the days of one person before a cutoff (table `daily`, with `age`, 1 for the day before), one
                number; its docstring says what it means.

        Raises:
            WrongUse: If it has no docstring.
        """
        return own(function)

    def try_metric(self, metric: Own) -> Tried:
        """What a metric of one's own is worth: its values at twelve months, and what it says about the next orders.

        Args:
            metric: What `@shop.metric` made.

        Returns:
            The answer; `print` it, or look at `by_cutoff`.

        Raises:
            NothingToDo: If the history is too short, or too few customers order.
            WrongUse: If it is no such metric, or its function fails or gives no single number a person.
        """
        from helpers.churn import try_metric  # noqa: PLC0415

        if not isinstance(metric, Own):
            raise WrongUse(f"try_metric got a {type(metric).__name__}; expected a function under @shop.metric.")
        return try_metric(self, metric)


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
