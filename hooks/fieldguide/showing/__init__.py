"""Results as HTML: the Markdown extension and the evidence that it reads.

Others use `extension`, by its entry point; the host's adapter also `kept.Kept`,
`built_site` and `patience`.
"""
