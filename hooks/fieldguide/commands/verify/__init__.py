"""The verb verify: options, plan, run."""
