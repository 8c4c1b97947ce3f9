"""Files that nobody has described yet: a data set is begun with a dataset.toml that is proposed for them.

Begin with `create`, the folder that a data set is; `propose` says what its files become, by what `guess` takes each
column for. A person checks the proposal: nothing here reads a whole file, and no guess is used in a run.
"""
