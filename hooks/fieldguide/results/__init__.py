"""From what processes left to results, and where results are kept."""
