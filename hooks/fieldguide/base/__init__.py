"""What every stage uses: problems, text, TOML, files, records, digests."""
