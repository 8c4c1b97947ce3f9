"""Records taken out of raw files: of who is forgotten, and of events that are folded.

Begin with `erasing`, which judges each record as it was mapped when it came; `rewriting` writes one file without those.
Nothing here decides who is forgotten or what has expired.
"""
