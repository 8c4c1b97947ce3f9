"""What all customers together should buy and bring, held against what came of such a total before.

The range of a total holds what chance brings under a steady law, and nothing of what moves everybody at once. So it is
promised only where the same kind of range held what came in the days held out. Where it did not, the total stands
without a range, beside that miss: one stretch of days tells that the range is too narrow, not by how much, so that a
range widened by that one miss would claim a coverage that nothing has shown. Of totals that keep to the law the rule
takes the range from 1 in 5, as a range of 4 in 5 misses as often.
"""

from __future__ import annotations

from typing import NamedTuple

from helpers.statistics import Estimate
from helpers.value.fitting import Floats
from helpers.value.tracking import ratio_less_one


class Held(NamedTuple):
    """A total foretold for the days held out, and what came.

    Attributes:
        foretold: By the model, with its range; without ends where no model of spend is used.
        came: The total of the same customers.
        buyers: How many of them bought.
        error: Foretold over came minus 1, as if the model were known; customers might have been others.
    """

    foretold: Estimate
    came: float
    buyers: int
    error: Estimate

    @property
    def inside(self) -> bool:
        """Whether what came lies within the range; never, where there is none."""
        return self.foretold.lo is not None and self.foretold.lo <= self.came <= self.foretold.hi

    @property
    def missed(self) -> bool:
        """Whether there is a range, and what came lies outside."""
        return self.foretold.lo is not None and not self.inside


class Total(NamedTuple):
    """What is foretold of all customers of now.

    Attributes:
        way: By which way, as `trial.recommended` has it: `MODEL` or a simple rule.
        expected: Of each customer by that way, shape (customers,).
        by_way: Their sum; a rule's has no ends.
        by_model: The total by the model, without ends where its range did not hold before.
    """

    way: str
    expected: Floats
    by_way: Estimate
    by_model: Estimate


def hold(foretold: Estimate, expected: Floats, came: Floats, *, buyers: int) -> Held:
    """Hold a total against what came.

    Args:
        foretold: The total by the model.
        expected: What it is the sum of, by customer, shape (customers,).
        came: What came of each.
        buyers: Customers who bought in these days.
    """
    return Held(foretold, float(came.sum()), buyers, ratio_less_one(expected, came))


def by_rule(expected: Floats, rule: str, *, level: float) -> Estimate:
    """The total by a simple rule, which says nothing of how sure it is."""
    return Estimate(float(expected.sum()), None, None, level, expected.size, f"rule {rule}")


def without_range(total: Estimate) -> Estimate:
    """A total whose range is not promised."""
    return total._replace(lo=None, hi=None, method="expected value; such a range did not hold in the days held out")
