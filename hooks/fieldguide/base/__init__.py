"""What every stage uses: problems, text, TOML, files, records, digests.

Others use `problems` and `text` everywhere; `toml`, `files`, `atomic` and `changes` to read and
write, `json_records` for records, `defects` for what our own code raises, `digests`, `paths`, and
the names of the sandbox's `layers`.
"""
