"""A shop with known truth, written out as the raw files that a real shop would have; small worlds for proofs.

Begin with `world`: everything in the order in which one thing causes the next. `clock`, `people`, `products` and
`experiment` are what it starts from; `purchases`, `baskets`, `sessions`, `browsing`, `messages`, `support` and
`consent` what people do; `identifiers` what the shop sees of them. `records` and `weblog` say it as the shop's systems
do, `dirt` soils it, `write` and `shop` put it on the disk. `worlds` are small ones that ask one question each.

Only the command line and tests import it; nothing here reads a data set, and no report shows what it knows.
"""

from helpers.simulate.shop import write_shop

__all__ = ["write_shop"]
