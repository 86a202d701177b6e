"""What the tree declares: settings, contracts, snippets, cells, probes."""
