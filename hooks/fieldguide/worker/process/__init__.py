"""The processes that run jobs: forked, fresh, watched, limited.

Nobody imports them: the worker's `__main__` starts `zygote` or `fresh`.
"""
