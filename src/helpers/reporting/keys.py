"""Result keys: nothing but the two lists of them invents one."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from helpers.errors import WrongUse
from helpers.reporting.key_list import RUN_KEYS
from helpers.reporting.model_key_list import MODEL_KEYS
from helpers.reporting.proof_key_list import PROOF_KEYS


@dataclass(frozen=True, kw_only=True)
class Key:
    """A template of result keys, stable from run to run.

    Attributes:
        template: Parts joined by dots; a part in angle brackets stands for a name made safe.
        unit: Unit of the value; None where whoever adds the result states it (a metric's own unit).
        definition: What the value says, in one sentence; bracketed names are filled in.
    """

    template: str
    unit: str | None
    definition: str

    def names(self, key: str) -> dict[str, str] | None:
        """The names that fill the template's brackets, or None where `key` does not fit."""
        pattern = re.sub(r"<(\w+)>", r"(?P<\1>[a-z0-9_]+)", self.template.replace(".", r"\."))
        match = re.fullmatch(pattern, key)
        return match.groupdict() if match else None

    def define(self, key: str) -> str:
        """The definition with the names of `key` filled in."""
        text = self.definition
        for bracket, name in (self.names(key) or {}).items():
            text = text.replace(f"<{bracket}>", name)
        return text

    @property
    def fixed_parts(self) -> int:
        """How many parts of the template are not in brackets."""
        return sum(not part.startswith("<") for part in self.template.split("."))


KEYS = tuple(
    Key(template=template, unit=unit, definition=said) for template, unit, said in (*RUN_KEYS, *MODEL_KEYS, *PROOF_KEYS)
)


def match(key: str) -> Key:
    """The one template that a concrete key belongs to; of two that fit, the more literal one.

    Raises:
        WrongUse: No template fits.
    """
    fitting = [each for each in KEYS if each.names(key) is not None]
    if not fitting:
        raise WrongUse(
            f"The result key {key!r} is not in helpers/reporting/key_list.py, nor in model_key_list.py beside "
            "it; add its template there, and put names that come from data through `safe`."
        )
    return max(fitting, key=lambda each: each.fixed_parts)


def safe(name: str) -> str:
    """A name from data as a part of a key: "Men's E-Mail" becomes "men_s_e_mail"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    part = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    # A name in another script leaves nothing; its hash is as stable as the name.
    return part or f"name_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
