"""The miniature sites are what tests build, not tests themselves."""

collect_ignore_glob = ["*"]
