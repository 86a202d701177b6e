"""What counts as equal: lines, JSON, and what is made equal first."""
