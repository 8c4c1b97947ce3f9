"""Identifiers to people.

Who is who is decided here and nowhere else; what people do is not looked at.
"""

from helpers.identity.stitch import stitch

__all__ = ["stitch"]
