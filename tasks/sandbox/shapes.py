"""Names for the JSON that travels over the wire."""

from typing import Any

Json = dict[str, Any]
"""A JSON object of a Google API; the discovery documents say what is inside."""
