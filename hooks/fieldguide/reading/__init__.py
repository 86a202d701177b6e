"""The reading lists: data, rules, pages and feeds."""
