"""The verb verify: options, plan, run.

Others use `run.verify` and `options.VerifyOptions`.
"""
