"""From locks to virtual environments, and what is installed in them.

Others use `prepare.prepare`, which makes one, `lock.lock`, `interpreters` for what runs in one,
`versions.version`; to look into one or its lock `installed`, `imports`, `providers`, `pins` and
`dependency_groups`.
"""
