"""From locks to virtual environments, and what is installed in them."""
