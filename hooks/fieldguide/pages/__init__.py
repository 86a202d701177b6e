"""What Markdown says: fences, info strings, includes, sections, directives."""
