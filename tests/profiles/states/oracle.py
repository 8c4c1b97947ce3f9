"""The state of one person at each midnight, day by day and in plain Python, from the words of the data model."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise

from tests.profiles.states.worlds import day, number


def quarter(of: int) -> int:
    on = day(of)
    return number(date(on.year, 3 * ((on.month - 1) // 3) + 1, 1).isoformat())


class Person:
    """One who did something on some days; what the population taught is given."""

    def __init__(
        self,
        days: list[int],
        prior: Mapping[int, tuple[float, float]],
        clock: Mapping[int, tuple[int, float]],
        threshold: Callable[[int, float], float],
    ) -> None:
        self.days, self.prior, self.clock, self.threshold = sorted(days), prior, clock, threshold

    def state(self, midnight: int) -> str:
        seen = [each for each in self.days if each < midnight]
        first, last = seen[0], seen[-1]
        usual = self.usual(last)
        silence = self.silence(last, midnight)
        back = [later for one, later in pairwise(seen) if self.was_gone(one, later)]
        fits = {
            "new": midnight <= first + 14 and len(seen) < 3,
            "returned": bool(back) and midnight <= back[-1] + 14,
            "churned": silence > max(90, 6 * usual),
            "dormant": silence > max(30, 3 * usual),
            "at_risk": silence > usual + max(7, 0.5 * usual),
            "declining": self.declines(midnight),
            "active_engaged": len(seen) > 1 and self.silence(seen[-2], midnight) <= max(30, 2 * usual),
        }
        return next((state for state, fit in fits.items() if fit), "quiet")

    def usual(self, last: int) -> float:
        events, time = self.prior[quarter(last)]
        seen = [each for each in self.days if each <= last]
        return round((time + last - seen[0]) / (events + len(seen) - 1), 4)

    def silence(self, last: int, midnight: int) -> int:
        """Days since one with an act, without those on which nothing could be told."""
        return 1 + self.clock[midnight - 1][0] - self.clock[last][0]

    def was_gone(self, last: int, midnight: int) -> bool:
        return self.silence(last, midnight) > max(30, 3 * self.usual(last))

    def declines(self, midnight: int) -> bool:
        """Whether the cumulative sum is, or was and has not come down since, above its threshold."""
        score, is_on = 0.0, False
        for place, last in enumerate(self.days):
            if last >= midnight:
                break
            a, b = self.learned(place)
            level = self.threshold(quarter(last), b / a)
            is_on = is_on and score >= level / 2
            later = self.days[place + 1] if place + 1 < len(self.days) else 1 << 30
            until = min(midnight, later)
            is_on = is_on or self.crosses((score, a, b), level, last, until)
            if later < midnight:
                gone = self.clock[later][1] - self.clock[last][1]
                if gone > max(90, 6 * b / a):
                    score, is_on = 0.0, False
                else:
                    score = max(0.0, score + (a + 1) * math.log((b + gone) / (b + gone / 10)) + math.log(0.1))
        return is_on

    def learned(self, place: int) -> tuple[float, float]:
        """How many gaps are known and how long they were, each half as much after half a year."""
        events, time = self.prior[quarter(self.days[place])]
        for earlier in range(1, place + 1):
            one, later = self.days[earlier - 1], self.days[earlier]
            weight = 0.5 ** ((self.days[place] - later) / 365)
            events += weight
            time += weight * (self.clock[later][1] - self.clock[one][1])
        return events, time

    def crosses(self, scored: tuple[float, float, float], level: float, last: int, midnight: int) -> bool:
        """Whether silence alone takes the score over the level by a midnight, on a clock of quarters of a day."""
        score, a, b = scored
        if score >= level:
            return True
        short, long = 0.0, 1e9
        if score + a * math.log((b + long) / (b + long / 10)) < level:
            return False
        for _ in range(200):
            half = (short + long) / 2
            short, long = (half, long) if score + a * math.log((b + half) / (b + half / 10)) < level else (short, half)
        wanted = math.ceil(4 * (self.clock[last][1] + long) - 1e-6)
        return math.floor(4 * self.clock[midnight - 1][1]) >= wanted
