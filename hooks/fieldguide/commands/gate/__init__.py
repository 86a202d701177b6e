"""What must hold of the tree before anything in it is run, built or even read with care."""
