"""What each language of fences means: how it is read, run, compared and blessed."""
