"""When a job runs a second time: the machine was busy, or only another run can tell what stays.

Others use `turns` and `starvation` to know, and `circumstances` for how.
"""
