"""What the environment decides (``COLAB_…``), and the programme's own files; read once, refused by name."""

import tomllib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, Self, TypeVar
from urllib.parse import urlsplit

from babel.localedata import exists as is_a_language
from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from config import sandbox
from config.duplicates import WeightsError, load_rules
from config.mail import LOOPBACK, MailSettings, blank_means_none, check_files
from tasks.domain.duplicates.rules import Rules
from tasks.domain.programme import Language, Programme, StaffWords
from tasks.domain.words import ORIGINAL, Words, WordsError, make_words

ROOT = Path(__file__).resolve().parent.parent
Model = TypeVar("Model", bound=BaseModel)


LOG_IN_FILES = ("google_service_account_file", "google_authorized_user_file")


class SettingsError(Exception):
    """A setting or configuration file cannot be used; the message is one sentence a person can act on."""


class Settings(MailSettings):
    """The environment. Everything has a safe default; nothing secret is printed."""

    model_config = SettingsConfigDict(env_prefix="COLAB_", env_file=".env", extra="ignore", frozen=True)

    mode: Literal["rehearsal", "allowlist", "live"] = Field(
        "rehearsal", description="what scheduled runs may do; allowlist: everything, but mail only to whom it names"
    )
    config: Path = Field(ROOT / "config", description="folder with programme.toml and languages/")
    templates: Path = Field(ROOT / "templates", description="folder with mail/")
    ledger_url: str = Field("", repr=False, description="sqlite:///… or postgresql://…; empty: one for each place")
    google_url: str = Field("", description="address of a sandbox; then no credentials are needed")
    google_service_account_file: Path | None = Field(None, description="service account key (JSON)")
    google_delegated_user: str = Field("", description="mailbox the service account acts for")
    google_authorized_user_file: Path | None = Field(None, description="OAuth user token (JSON)")
    google_timeout_seconds: float = Field(60, gt=0, description="longest wait for one answer of Google")
    google_patience_seconds: float = Field(
        20, ge=0, description="longest wait of a run for an API that refuses for now"
    )
    prefect_home: Path = Field(ROOT / ".prefect", description="folder of the Prefect server that `colab serve` starts")

    @field_validator("google_url")
    @classmethod
    def _only_a_sandbox_on_this_machine(cls, value: str) -> str:
        url = urlsplit(value)
        if value and (url.scheme != "http" or url.hostname not in LOOPBACK):
            message = "must be the http:// address of a sandbox on this machine, such as http://127.0.0.1:8765"
            raise ValueError(message)
        return value.rstrip("/")

    @field_validator("ledger_url")
    @classmethod
    def _one_of_two_databases(cls, value: str) -> str:
        if not value or value.startswith("postgresql://"):
            return value
        if not value.startswith("sqlite:///"):
            message = "must start with sqlite:/// or postgresql://"
            raise ValueError(message)
        return f"sqlite:///{Path(value.removeprefix('sqlite:///')).absolute()}"

    @field_validator(*LOG_IN_FILES, mode="before")
    @classmethod
    def _blank_is_no_log_in(cls, value: object) -> object:
        return blank_means_none(value)

    @model_validator(mode="after")
    def _credentials_exist(self) -> Self:
        check_files(self, LOG_IN_FILES)
        return self

    @model_validator(mode="after")
    def _a_sandbox_writes_to_nobody(self) -> Self:
        if self.google_url and self.mail_transport == "smtp" and self.smtp_host not in LOOPBACK:
            message = f"COLAB_SMTP_HOST is {self.smtp_host}, but with a sandbox (COLAB_GOOGLE_URL) no mail may leave"
            raise ValueError(message)
        return self

    @cached_property
    def programme(self) -> Programme:
        """``programme.toml`` of ``COLAB_CONFIG``."""
        return load_programme(self.config)

    @cached_property
    def languages(self) -> Mapping[str, Language]:
        """The languages that people are written to in, by code; those of the forms come first."""
        return load_languages(self.config, self.programme)

    @cached_property
    def words(self) -> Words:
        """What the pipeline writes for staff, in ``staff_language``."""
        return load_words(self.config, self.programme.staff_language)

    @cached_property
    def rules(self) -> Rules:
        """By which weights duplicates are judged."""
        try:
            return load_rules(self.config)
        except WeightsError as error:
            raise SettingsError(str(error)) from None

    @cached_property
    def every_words(self) -> tuple[Words, ...]:
        """What the pipeline may have written in any staff language, also in one that was chosen before."""
        return tuple(load_words(self.config, path.stem) for path in sorted((self.config / "staff").glob("*.toml")))

    def as_environment(self) -> dict[str, str]:
        """The settings as a child process must get them."""
        values = {f"COLAB_{name.upper()}": _open(value) for name, value in self.model_dump().items()}
        return {name: str(value) for name, value in values.items() if value not in {None, ""}}

    @property
    def calendar_id(self) -> str:
        """The calendar that the sessions stand in."""
        return sandbox.CALENDAR_ID if self.google_url else self.programme.calendar

    def spreadsheet_id(self, role: str) -> str:
        """The id of the spreadsheet with this role; the sandbox's own ids where a sandbox is used."""
        if self.google_url:
            return sandbox.spreadsheet_id(role)
        if not (spreadsheet_id := self.programme.spreadsheets[role]):
            message = f"{self.config / 'programme.toml'}: [spreadsheets] {role} is empty; put the spreadsheet's id in"
            raise SettingsError(message)
        return spreadsheet_id

    def form_id(self, language: str) -> str:
        """The id of the form in this language; the sandbox's own where a sandbox is used."""
        if self.google_url:
            return sandbox.form_id(language)
        if not (form_id := self.programme.forms[language].form_id):
            message = (
                f"{self.config / 'programme.toml'}: [forms] {language} has forms_api but no form_id; put the id in"
            )
            raise SettingsError(message)
        return form_id


def _open(value: object) -> object:
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def load_settings() -> Settings:
    """Read the environment. Raises SettingsError with one sentence a setting that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_sentences(error, "COLAB_")) from None


def load_programme(folder: Path) -> Programme:
    """Read ``programme.toml``. Raises SettingsError."""
    return _load(Programme, folder / "programme.toml")


def load_languages(folder: Path, programme: Programme) -> Mapping[str, Language]:
    """Read every ``languages/<code>.toml``, those of forms first. Raises SettingsError, also for a wording that a form
    needs.
    """
    languages = {}
    others = {path.stem for path in (folder / "languages").glob("*.toml")} - set(programme.forms)
    for code in (*programme.forms, *sorted(others)):
        path = folder / "languages" / f"{code}.toml"
        language = _load(Language, path)
        if language.code != code or not (code.isalpha() and is_a_language(code)):
            message = f"{path}: file and code must both be named by the language's letters, such as pt (ISO 639-1)"
            raise SettingsError(message)
        if code in programme.forms and (missing := _missing_wording(programme, language)):
            message = f"{path}: no wording for {', '.join(missing)}"
            raise SettingsError(message)
        languages[code] = language
    return languages


def load_words(folder: Path, language: str) -> Words:
    """Read ``staff/<language>.toml``. Raises SettingsError, also for a phrase that is missing."""
    path = folder / "staff" / f"{language}.toml"
    if not path.is_file():
        message = f"{folder / 'programme.toml'}: staff_language is {language}, but there is no {path}"
        raise SettingsError(message)
    try:
        return make_words(language, _load(StaffWords, path), _load(StaffWords, folder / "staff" / f"{ORIGINAL}.toml"))
    except WordsError as error:
        message = f"{path}: {error}"
        raise SettingsError(message) from None


def _missing_wording(programme: Programme, language: Language) -> list[str]:
    missing = [f"[questions] {name}" for name in programme.questions if name not in language.questions]
    for name, question in programme.questions.items():
        missing += [
            f"[options.{name}] {option}" for option in question.options if option not in language.options.get(name, {})
        ]
        if question.other and name not in language.other:
            missing.append(f"[other] {name}")
    return missing


def _load(model: type[Model], path: Path) -> Model:
    try:
        valid: Model = _valid(model, path.read_text(encoding="utf-8"))
    except OSError:
        message = f"{path} cannot be read; COLAB_CONFIG must name the folder that holds it"
        raise SettingsError(message) from None
    except tomllib.TOMLDecodeError as error:
        message = f"{path} is not valid TOML: {error}"
        raise SettingsError(message) from None
    except ValidationError as error:
        raise SettingsError(_sentences(error, f"{path}: ")) from None
    return valid


@lru_cache(maxsize=64)
def _valid(model: type[Model], text: str) -> Model:
    """Each text is read once: runs of one process and both sides of a sandbox share the files."""
    return model.model_validate(tomllib.loads(text))


def _sentences(error: ValidationError, prefix: str) -> str:
    parts = []
    for detail in error.errors():
        where = ".".join(str(part) for part in detail["loc"])
        name = where.upper() if prefix == "COLAB_" else where
        message = detail["msg"].removeprefix("Value error, ")
        whole = message if prefix == "COLAB_" else f"{prefix}{message}"
        parts.append(f"{prefix}{name}: {message}" if where else whole)
    return "; ".join(parts)
