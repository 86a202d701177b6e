"""What every stage uses and nobody else has: problems, text, TOML, files, records, digests."""
