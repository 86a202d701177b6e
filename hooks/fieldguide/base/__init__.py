"""What every stage uses: problems, text, TOML, files, records, digests.

Others use `problems` and `text` everywhere; `toml`, `files`, `atomic` and `changes` to read and
write, `json_records` for records, `digests`, `paths`, `git` for what is tracked, the names of the
sandbox's `layers`, and `bounds` where strangers' text is worked on.
"""
