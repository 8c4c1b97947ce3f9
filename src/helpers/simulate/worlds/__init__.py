"""Small worlds with known truth, each for one question: who is who, what people are like, what they prefer.

Only proofs draw from them; none is written as the files of a shop.
"""
