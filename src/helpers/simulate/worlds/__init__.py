"""Small worlds with known truth, each for one question.

`identities` asks who is who, `traits` what people are like, `preferences` what they prefer, `declines` who comes less
than before, `shifts` whether groups of people are still what they were, `watched` whether a model still says what
comes true.

Only proofs draw from them; none is written as the files of a shop.
"""
