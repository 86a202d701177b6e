"""Asking other people's servers, politely and with bounds.

Others use `crawl.Crawl` and `page`.
"""
