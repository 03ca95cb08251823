"""The stand-in for Google: a loopback server that speaks the wire protocol the pipeline uses."""
