"""Identifiers to people.

Begin with `stitch`, which reads the log and writes the tables. It draws a `graph` of what one event carries, with the
likenesses of `linking` and the `decisions` of people; `resolve` applies the `rules`, gives an identifier its owners
in turn (`eras`) and takes the edges one by one (`replay`). `history` tells how people came together, `attach` joins
them to rows; `summary` and `words` are for notebook 02.

Who is who is decided here and nowhere else; what people do is not looked at.
"""

from helpers.identity.attach import CARRIED, current, value_of, with_person
from helpers.identity.decisions import decide, forget_decisions
from helpers.identity.stitch import as_of, name_of, sets, stitch
from helpers.identity.summary import Figures, by_size, by_verdict, figures
from helpers.identity.words import how_sure, merged, of_sizes

__all__ = [
    "CARRIED", "Figures", "as_of", "by_size", "by_verdict", "current", "decide", "figures", "forget_decisions",
    "how_sure", "merged", "name_of", "of_sizes", "sets", "stitch", "value_of", "with_person",
]  # fmt: skip
