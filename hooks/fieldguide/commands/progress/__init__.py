"""Progress: what is shown of a run while it goes on.

Others use `protocol.Progress`, which a run speaks to, and what shows it: `bar.ProgressBar`,
`steps.Steps` (in a build) and `links.LinkProgress`.
"""
