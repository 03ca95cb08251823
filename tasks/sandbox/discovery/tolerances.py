"""Where Google takes or gives more than its discovery documents say; each with its source."""

from tasks.sandbox.discovery.documents import Method
from tasks.sandbox.shapes import Json

# Recorded 165 times: gspread sends it with files.get, Drive answers 200.
UNDECLARED = {("drive", "files.get"): {"includeItemsFromAllDrives"}}

# gspread shares with a field of Drive v2 in its body, and real Drive shares.
UNKNOWN_FIELDS = {("drive", "permissions.create"): {"withLink"}}

# Uploads speak a protocol of their own on top of the method (Drive's guide "Upload file data").
UPLOADS = {"uploadType", "upload_protocol", "upload_id"}

# These APIs refuse names that they do not know (reported: "Unknown name … Cannot find field"), the others do not.
REFUSING = {"sheets", "gmail", "forms", "meet"}

# ``null`` in a body means unset (recorded in 27 writes): see ``sent`` in conversion.py.


def without_tolerated(method: Method, body: Json) -> Json:
    """The body without the fields that are taken and ignored."""
    ignored = UNKNOWN_FIELDS.get((method.api, method.id), set())
    return {name: value for name, value in body.items() if name not in ignored} if ignored else body


def takes(method: Method, name: str) -> bool:
    """Whether a query parameter is taken although the document does not declare it."""
    return name in UNDECLARED.get((method.api, method.id), ()) or (
        name in UPLOADS and "upload" in method.pattern.pattern
    )
