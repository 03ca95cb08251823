"""Imported by the process that workers are forked from: it has seen the whole story once, so no worker begins cold."""

from flows.torture.stage import Setting, stage

with stage(Setting("sqlite", "gmail")):
    pass
