"""The stage graph, checked parameters, execution by papermill, and publication.

No statistics and no marketing: a run knows which notebooks there are, not what they say.
"""
