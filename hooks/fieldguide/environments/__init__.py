"""From locks to virtual environments, and what stands in them."""
