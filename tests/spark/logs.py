"""Events of people whose habits are plain: what is claimed only beyond chance is claimed of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.conftest import Log


def regular(log: Log) -> Log:
    """Adds who orders on Saturdays, who does in December, and who sees something on every channel there is."""
    for week in range(40):
        log.order(datetime(2024, 6, 1, 9) + timedelta(weeks=week), 12, user_id="saturdays", discount=week % 2)
    for year in range(2020, 2025):
        for day in (3, 9, 14, 20):
            log.order(datetime(year, 12, day, 23, 30), "19.99", user_id="decembers")
    for place, channel in enumerate(("email", "sms", "push", "support", "social", "ads", "iot")):
        for category in ("engagement", "support", "other"):
            log.add(datetime(2025, 3, 20 + place, 22, 30), "Something", category, channel=channel, user_id="everywhere")
    return log
