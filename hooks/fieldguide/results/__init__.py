"""From what processes left to results, and where results are kept.

Others use `of_snippets.result`, `of_fences.result` and `unrun` to make results, `kinds` and
`result_problems` to say more of them, `problems` of those that say nothing; `cache.Cache`,
`kept_passes.KeptPasses`, `last_run` and `sources` to keep them; `fence_replies` to bless.
"""
