"""What every stage uses: problems, text, TOML, files, records, digests.

Others use `problems` and `text` everywhere; `toml` and `files` to read, `json_records` for records,
`defects` for what our own code raises, `digests`, `paths`, `git` for what is tracked, and `bounds`
where strangers' text is worked on.
"""
