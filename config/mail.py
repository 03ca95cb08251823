"""How mail leaves, as the environment decides it: the transport, its servers, and who we are there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PORTS = {"tls": 465, "starttls": 587, "none": 25}
IMAP_PORTS = {"tls": 993, "none": 143}
FILES = ("smtp_password_file", "imap_password_file", "mail_ca_file")


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server and our log-in there. ``ca_file`` is a private authority to be trusted instead of the public ones."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    ca_file: Path | None
    timeout: float


def blank_means_none(value: object) -> object:
    """An empty variable of the environment names no file."""
    return value or None


def check_files(settings: BaseSettings, names: Iterable[str]) -> None:
    """Whether the files that settings name exist. Raises ValueError, which names the variable."""
    for name in names:
        path: Path | None = getattr(settings, name)
        if path is not None and not path.is_file():
            message = f"COLAB_{name.upper()} names {path}, which is not a file"
            raise ValueError(message)


class MailSettings(BaseSettings):
    """The part of the environment that is about mail."""

    mail_transport: Literal["gmail", "smtp"] = Field("gmail", description="how mail leaves")
    mail_files_sent: Literal["server", "us"] = Field("server", description="who puts a copy of a mail into Sent")
    mail_ca_file: Path | None = Field(None, description="certificate (PEM) of a private authority of the mail servers")
    mail_timeout_seconds: float = Field(120, gt=0, description="longest wait for one answer of a mail server")
    smtp_host: str = Field("", description="the server that takes our mail")
    smtp_port: int = Field(0, ge=0, description="its port; 0: 465 with tls, 587 with starttls")
    smtp_security: Literal["tls", "starttls", "none"] = Field("tls", description="none: on this machine only")
    smtp_user: str = Field("", description="our log-in at the server")
    smtp_password: SecretStr = Field(SecretStr(""), description="its password")
    smtp_password_file: Path | None = Field(None, description="a file that holds nothing but the password")
    imap_host: str = Field("", description="the server with Sent and INBOX; empty: nobody looks into them")
    imap_port: int = Field(0, ge=0, description="its port; 0: 993")
    imap_security: Literal["tls", "none"] = Field("tls", description="none: on this machine only")
    imap_user: str = Field("", description="our log-in there; empty: as for SMTP")
    imap_password: SecretStr = Field(SecretStr(""), description="its password; empty: as for SMTP")
    imap_password_file: Path | None = Field(None, description="a file that holds nothing but that password")
    imap_sent_folder: str = Field("", description="name of the Sent folder; empty: the one that the server marks")

    @field_validator(*FILES, mode="before")
    @classmethod
    def _blank_is_no_file(cls, value: object) -> object:
        return blank_means_none(value)

    @model_validator(mode="after")
    def _mail_files_exist(self) -> Self:
        check_files(self, FILES)
        return self

    @model_validator(mode="after")
    def _mail_can_leave(self) -> Self:
        if self.mail_transport == "smtp" and not self.smtp_host:
            message = "COLAB_MAIL_TRANSPORT is smtp, but COLAB_SMTP_HOST names no server"
            raise ValueError(message)
        if self.mail_files_sent == "us" and not self.imap_host:
            message = "COLAB_MAIL_FILES_SENT is us, but COLAB_IMAP_HOST names no server with a Sent folder"
            raise ValueError(message)
        for name in ("smtp", "imap"):
            host = getattr(self, f"{name}_host")
            if host and getattr(self, f"{name}_security") == "none" and host not in LOOPBACK:
                message = (
                    f"COLAB_{name.upper()}_SECURITY is none, which is for a server on this machine only; "
                    f"mail to {host} must be encrypted"
                )
                raise ValueError(message)
        return self

    @property
    def smtp_server(self) -> MailServer:
        """The server that takes our mail."""
        return MailServer(
            self.smtp_host,
            self.smtp_port or PORTS[self.smtp_security],
            self.smtp_security,
            self.smtp_user,
            _secret(self.smtp_password, self.smtp_password_file),
            self.mail_ca_file,
            self.mail_timeout_seconds,
        )

    @property
    def imap_server(self) -> MailServer | None:
        """The server with the Sent folder, where one is configured."""
        if not self.imap_host:
            return None
        own = _secret(self.imap_password, self.imap_password_file)
        return MailServer(
            self.imap_host,
            self.imap_port or IMAP_PORTS[self.imap_security],
            self.imap_security,
            self.imap_user or self.smtp_user,
            own or _secret(self.smtp_password, self.smtp_password_file),
            self.mail_ca_file,
            self.mail_timeout_seconds,
        )


def _secret(value: SecretStr, file: Path | None) -> str:
    return file.read_text(encoding="utf-8").strip() if file else value.get_secret_value()
