"""Identifiers to people.

Who is who is decided here and nowhere else; what people do is not looked at.
"""

from helpers.identity.attach import current, with_person
from helpers.identity.decisions import decide
from helpers.identity.stitch import stitch

__all__ = ["current", "decide", "stitch", "with_person"]
