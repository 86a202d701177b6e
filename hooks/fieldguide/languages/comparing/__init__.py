"""What counts as equal: lines, JSON, and what is made equal first.

Others use `lines`, `line`, `doctests`, `json_difference`, `normalise` and `other`, and the words in
`problems`.
"""
