from tests.runs.conftest import job

__all__ = ["job"]
