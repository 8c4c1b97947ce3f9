"""What single events add up to: tables made of `events` alone, before anybody knows whose they are.

`sessions` are visits, `carts` what was put into one and left, `orders` lines that share a number, `sends` messages to
one customer, `cases` support tickets. None reads a raw file, and none tells of a person.
"""
