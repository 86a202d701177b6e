"""From a request to an application's response: in process, and over sockets.

Others use `load.choose_driver`, which finds a `driver.Driver`, or `sockets.SocketDriver`;
`refused.Refused` where there is none, and `describe` and `tracing` for what went wrong.
"""
