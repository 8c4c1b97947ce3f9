import os
import subprocess
import sys

from helpers.datasets import paths


def test_where_real_data_are_promised_a_skipped_test_has_failed():
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/real"]
    environment = os.environ | {"WORKBENCH_REAL_DATA": "/nowhere"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=paths.REPOSITORY)
    assert done.returncode == 1
    assert "skipped although WORKBENCH_REAL_DATA is set: " in done.stdout
    assert "/nowhere does not exist" in done.stdout
    assert " skipped" not in done.stdout.splitlines()[-1]
