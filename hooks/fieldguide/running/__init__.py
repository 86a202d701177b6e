"""Jobs in sandboxed processes."""
