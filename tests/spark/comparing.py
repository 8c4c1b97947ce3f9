"""Two tables, row by row: all alike, but for a hair between fractions."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

RTOL = 1e-9


def differences(one: pa.Table, other: pa.Table, *key: str) -> list[str]:
    """What differs between tables of the same rows in any order; what is missing is no number."""
    if one.schema.names != other.schema.names or one.schema.types != other.schema.types:
        return [f"columns: {one.schema} against {other.schema}"]
    if len(one) != len(other):
        return [f"rows: {len(one)} against {len(other)}"]
    order = [(name, "ascending") for name in key]
    one, other = one.sort_by(order).combine_chunks(), other.sort_by(order).combine_chunks()
    pairs = {name: (one[name].combine_chunks(), other[name].combine_chunks()) for name in one.schema.names}
    return [f"{name}: {_shown(*pair, key, one)}" for name, pair in pairs.items() if not _alike(*pair).all()]


def _alike(one: pa.Array, other: pa.Array) -> np.ndarray:
    missing, missing_there = (each.is_null().to_numpy(zero_copy_only=False) for each in (one, other))
    if pa.types.is_floating(one.type):
        values, values_there = (each.to_numpy(zero_copy_only=False) for each in (one, other))
        equal = np.isclose(values, values_there, rtol=RTOL, atol=0, equal_nan=False)
    else:
        equal = pc.fill_null(pc.equal(one, other), False).to_numpy(zero_copy_only=False)
    return (missing & missing_there) | (~missing & ~missing_there & equal)


def _shown(one: pa.Array, other: pa.Array, key: tuple[str, ...], rows: pa.Table) -> str:
    differing = np.flatnonzero(~_alike(one, other))
    first = int(differing[0])
    who = ", ".join(str(rows[name][first].as_py()) for name in key)
    return f"{len(differing)} of {len(one)} rows; of {who}: {one[first].as_py()!r} against {other[first].as_py()!r}"
