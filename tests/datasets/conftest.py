"""A whole dataset.toml that tests change at one place, and what is said of it then."""

import pytest

from helpers.datasets.settings import load
from helpers.errors import WrongUse

GOOD = """\
name = "tiny"
title = "A tiny shop"
currency = "EUR"
timezone = "Europe/Berlin"
history_ends = 2025-12-31

[report]
owner = "Somebody"
contact = "somebody@example.com"

[consent]
source = "consents"

[[source]]
name = "orders"
files = ["orders.csv"]
format = "delimited"
columns = ["id", "at", "who", "total"]

  [[source.emit]]
  event = "Order Completed"
  timestamp = "at"
  user_id = "who"
  revenue = "total"

  [[source.emit]]
  kind = "attribute"
  user_id = "who"
  values = { first_order = "id" }

[[source]]
name = "consents"
files = ["consents.csv"]
format = "delimited"
columns = ["who", "purpose", "status", "at"]

  [[source.emit]]
  kind = "consent"
  user_id = "who"
  purpose = "purpose"
  status = "status"
  timestamp = "at"

[[experiment]]
name = "offer"
control = "none"
arms = ["none", "ten"]
window_days = 14

  [[experiment.metric]]
  name = "bought"
  kind = "conversion"
  event = "Order Completed"
"""


@pytest.fixture
def toml(home):
    """Writes data/tiny/dataset.toml and returns its path."""

    def write(text, *, name="tiny"):
        file = home / "data" / name / "dataset.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


def changed(old, new, *, count=1):
    assert GOOD.count(old) == count
    return GOOD.replace(old, new)


@pytest.fixture
def refused(toml):
    """Reads a text that is refused, and gives what is said after the name of the file."""

    def read(text):
        file = toml(text)
        with pytest.raises(WrongUse) as error:
            load("tiny")
        said = str(error.value)
        assert said.startswith(f"{file}, ")
        return said.removeprefix(f"{file}, ")

    return read
