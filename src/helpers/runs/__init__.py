"""Runs of the notebooks: the stage graph, parameters, execution, publication, and what became of earlier runs.

No statistics and no marketing: a run knows which notebooks there are, not what they say.
"""
