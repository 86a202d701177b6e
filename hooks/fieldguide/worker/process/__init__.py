"""The processes that run jobs: forked, fresh, watched, limited."""
