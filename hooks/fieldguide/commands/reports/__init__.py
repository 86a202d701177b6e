"""A run's results in the formats of their readers.

Others use a module a format, `terminal`, `junit`, `verification_json` and `workflow_commands`,
`subject` for what a result is a result of, `untold` for errors that no result tells, and
`build_time` for the time that a report or a site names as its own.
"""
