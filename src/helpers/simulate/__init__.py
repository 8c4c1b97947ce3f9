"""A shop with known truth, written out as the raw files that a real shop would have; small worlds for proofs.

Only the command line and tests import it; nothing here reads a data set, and no report shows what it knows.
"""

from helpers.simulate.shop import write_shop

__all__ = ["write_shop"]
