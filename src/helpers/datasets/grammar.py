"""What values of every table of a dataset.toml are made of: names, spans of time, and no key that nobody knows."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

_HOURS = {"h": 1, "d": 24}


def like(pattern: str, expected: str) -> AfterValidator:
    """Text of one form, refused in words rather than by the pattern."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"is {value!r}; expected {expected}")
        return value

    return AfterValidator(check)


Name = Annotated[str, like(r"[a-z][a-z0-9_]*", "a lower-case letter, then such letters, digits and _")]
Span = Annotated[str, like(r"[0-9]+[hd]", "a whole number and h or d, such as '26h'")]


class Strict(BaseModel):
    """A table of a dataset.toml, in which a key that nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def hours(span: str) -> int:
    """A span in hours."""
    return int(span[:-1]) * _HOURS[span[-1]]
