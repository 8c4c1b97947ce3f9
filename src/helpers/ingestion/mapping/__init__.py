"""Records to rows: the queries that make of texts what dataset.toml says they are, and the first fault of each.

Begin with `mapping`. `kinds` are what a record can become, `rows` how a query is put together, `events` the longest of
them, held against the tracking plan by `contract`; `identifiers` become pseudonyms, and `forgotten` keeps away who is.
No file is opened here, and nothing is counted.
"""
