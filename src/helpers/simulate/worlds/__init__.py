"""Small worlds with known truth, each for one question.

`identities` asks who is who, `traits` what people are like, `preferences` what they prefer.

Only proofs draw from them; none is written as the files of a shop.
"""
