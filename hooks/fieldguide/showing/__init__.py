"""Results as HTML: the Markdown extension and the evidence that it reads."""
