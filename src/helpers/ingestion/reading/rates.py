"""Dated exchange rates: what one unit of a currency is worth in the data set's own from a day on."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import duckdb

from helpers.datasets import paths
from helpers.datasets.engine import quote
from helpers.datasets.fetch import sha256
from helpers.errors import DataRefused
from helpers.ingestion.reading.headers import read_header

if TYPE_CHECKING:
    from helpers.datasets import Shop

_COLUMNS = ["currency", "day", "rate"]


def load_rates(shop: Shop) -> str:
    """Read the rates of a data set into temp table `rates` (currency, day, rate), where it has some.

    Returns:
        The file's hash, empty without rates.

    Raises:
        DataRefused: If the file is absent or broken, a rate is not above zero, or a day has two.
    """
    if shop.settings.rates is None:
        return ""
    file = paths.raw(shop.name) / shop.settings.rates.file
    if not file.exists():
        raise DataRefused(f"{file} does not exist; [rates] of dataset.toml needs it. Put it there.")
    columns = ", ".join(
        f"{quote(column)}: 'VARCHAR'" for column in read_header(file, _COLUMNS, csv.reader, whose="[rates]")
    )
    con = shop.engine.con
    try:
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE rates AS
            SELECT upper(trim(currency)) AS currency, CAST(day AS DATE) AS day, CAST(rate AS DECIMAL(18, 8)) AS rate
            FROM read_csv({quote(str(file))}, columns = {{{columns}}}, header = true, auto_detect = false)"""
        )
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        raise DataRefused(
            f"{file}: this is not a table of rates: {str(error).splitlines()[0].rstrip('.')}. Expected lines such as "
            "USD,2025-01-31,0.962."
        ) from None
    bad = con.execute(
        """SELECT currency, day FROM rates GROUP BY ALL
        HAVING count(*) > 1 OR NOT coalesce(min(rate) > 0, false) ORDER BY ALL LIMIT 1"""
    ).fetchone()
    if bad:
        raise DataRefused(f"{file}: {bad[0]} of {bad[1]} needs one rate above zero; correct its lines.")
    return sha256(file)
