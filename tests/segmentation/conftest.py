from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.segmentation.features import COLUMNS


@pytest.fixture
def profiles():
    """People of a small shop: 40 who never bought, 60 who bought on one day, 100 regulars, revenue to match."""
    rng = np.random.default_rng(8)
    days = np.repeat([0, 1, 2], [40, 60, 100]) + np.where(np.arange(200) >= 100, rng.integers(0, 9, 200), 0)
    since = np.where(days > 0, rng.integers(1, 400, 200) // np.maximum(days, 1), np.nan)
    frame = pd.DataFrame(rng.integers(0, 30, (200, len(COLUMNS))).astype(float), columns=list(COLUMNS))
    return frame.assign(
        profile_id=[f"p{number}" for number in range(200)],
        orders_count=days,
        repeat_frequency=np.where(days > 0, days - 1.0, np.nan),
        days_since_last_order=since,
        revenue_total=days * rng.integers(10, 60, 200).astype(float),
        mean_gap_days_observed=np.where(days > 1, 30.0, np.nan),
    )
