"""`python -m helpers.cli` is `workbench`."""

from helpers.cli import main

main()
