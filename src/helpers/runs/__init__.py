"""Runs of the notebooks: the stage graph, parameters, execution, publication, and what became of earlier runs.

Begin with `stages` and `run`. A run's `parameters` are checked, each notebook is handed to `execute`, `outcome` is
what became of it, `pages` renders and `publish` puts in place. What happened before is read by `history`, from
manifests; `compare`, `series`, `caveats` and `version` say what may be read beside it, `status` whether it may be
relied on. `backfill` and `migrate` are runs of past moments, `scoring` is one that learns nothing. Around them: `log`,
`hooks`, `durations`, `debug`, `doctor`, `tidy`.

No statistics and no marketing: a run knows which notebooks there are, not what they say.
"""
