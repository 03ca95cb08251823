"""Torture: the whole story with workers killed, replies lost and staff in the way, judged by what reached people."""
