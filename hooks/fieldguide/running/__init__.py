"""Jobs in sandboxed processes.

Others use `jobs.job` and `fence_jobs.job` to make jobs and `pool.Pool` to run them in a `sandbox`;
`stacks` reads what a stopped one wrote, `zygote.CAN_FORK` tells what can be had.
`fresh_interpreter` and `processes` are measured by the workshop.
"""
