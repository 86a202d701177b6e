"""What the tree declares: settings, contracts, snippets, cells, probes.

Others use `collect.collect`, which gives a `record.Project`; the names of its parts in `probes`,
`cells` and `settings`, `requirements` once there is an environment, and `problems` for names that
nobody knows.
"""
