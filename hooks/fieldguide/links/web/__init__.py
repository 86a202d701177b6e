"""Asking other people's servers, politely and with bounds."""
