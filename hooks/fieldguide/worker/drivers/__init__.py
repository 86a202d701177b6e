"""From a request to an application's response: in process, and over sockets."""
