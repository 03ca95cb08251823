"""Google Forms: its API, and what it does to the response sheets."""
