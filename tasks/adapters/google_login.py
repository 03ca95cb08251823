"""Who we are at Google: a token for the sandbox, a service account (perhaps acting for a mailbox), or an OAuth user."""

from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google.oauth2 import credentials as oauth2
from google.oauth2 import service_account

from config import sandbox
from config.settings import Settings, SettingsError
from tasks.domain.reviews import FIELD

SCOPES = (
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/gmail.compose",
    "https://www.googleapis.com/auth/gmail.readonly",
    "https://www.googleapis.com/auth/calendar.events.owned",
    "https://www.googleapis.com/auth/meetings.space.readonly",
    "https://www.googleapis.com/auth/drive.meet.readonly",
)
FORMS_SCOPES = (
    "https://www.googleapis.com/auth/forms.body.readonly",
    "https://www.googleapis.com/auth/forms.responses.readonly",
)
SHARING_SCOPES = ("https://www.googleapis.com/auth/drive",)
REMOVING_SCOPES = ("https://www.googleapis.com/auth/gmail.modify",)
MISSING = (
    "no Google credentials: set COLAB_GOOGLE_AUTHORIZED_USER_FILE, or COLAB_GOOGLE_SERVICE_ACCOUNT_FILE with "
    "COLAB_GOOGLE_DELEGATED_USER, or COLAB_GOOGLE_URL for a sandbox"
)


def log_in(settings: Settings) -> Credentials:
    """The credentials that the settings name. Raises SettingsError when there are none or a file is not usable."""
    if settings.google_url:
        return oauth2.Credentials(token=sandbox.ACCESS_TOKEN)
    try:
        if path := settings.google_authorized_user_file:
            return oauth2.Credentials.from_authorized_user_file(str(path), scopes=scopes(settings))
        if path := settings.google_service_account_file:
            found = service_account.Credentials.from_service_account_file(str(path), scopes=scopes(settings))
            return found.with_subject(settings.google_delegated_user) if settings.google_delegated_user else found
    except (ValueError, TypeError, AttributeError, OSError, GoogleAuthError):
        message = f"{path} is not a credentials file of the kind its setting names"
        raise SettingsError(message) from None
    raise SettingsError(MISSING)


def scopes(settings: Settings) -> list[str]:
    """What the log-in must be allowed, by what the programme is set to do."""
    asks_forms = any(form.forms_api for form in settings.programme.forms.values())
    removes = settings.programme.discretion.safer_from_sent
    shares = FIELD in settings.programme.archive.recordings.columns
    wanted = ((FORMS_SCOPES, asks_forms), (REMOVING_SCOPES, removes), (SHARING_SCOPES, shares))
    return [*SCOPES, *(scope for more, asked in wanted if asked for scope in more)]
