"""How a transcript, a Python session and an exchange are written: from source to records."""
