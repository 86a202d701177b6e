"""What a fence that is run means: one module a language."""
