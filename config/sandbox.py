"""What the sandbox and its clients agree on, so that ``COLAB_GOOGLE_URL`` alone is enough to use one."""

ACCESS_TOKEN = "sandbox-access-token"  # noqa: S105 (opens nothing but a loopback sandbox)
CALENDAR_ID = "primary"
MAILBOX = "me"
LEDGER_FILE = "colab-ledger.sqlite"
"""In the sandbox's data folder, so that a sandbox that is thrown away takes its ledger along."""


def spreadsheet_id(role: str) -> str:
    """The id of the spreadsheet with this role, the same in every sandbox."""
    return f"sandbox-{role}"


def form_id(language: str) -> str:
    """The id of the form in this language, the same in every sandbox."""
    return f"sandbox-form-{language}"
