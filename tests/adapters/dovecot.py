"""Dovecot, started for a test with a private folder and port, where it is installed."""

import grp
import imaplib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.mail import MailServer
from tests.adapters.mail_builders import PASSWORD, USER, certificate

PROGRAM = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
needs_dovecot = pytest.mark.skipif(not PROGRAM, reason="Dovecot is not installed (Debian: dovecot-imapd)")
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certified}
ssl_key = <{certified}
default_internal_user = {keeper}
default_internal_group = {group}
default_login_user = {keeper}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/Maildir
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox "{sent}" {{
    auto = create
    {marked}
  }}
}}
"""


@contextmanager
def dovecot(sent="Sent", mark=r"\Sent", files=()):
    """A server with one mailbox and a Sent folder; answers how our settings would describe it.

    ``files`` are an authority and a certificate, where one is there already.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        authority, certified = files or certificate(folder)
        keeper = pwd.getpwnam("mail") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        (folder / "mail").mkdir()
        os.chown(folder / "mail", keeper.pw_uid, keeper.pw_gid)
        port = free_port()
        facts = {"folder": folder, "certified": certified, "password": PASSWORD, "port": port, "sent": sent}
        facts |= {
            "uid": keeper.pw_uid,
            "gid": keeper.pw_gid,
            "keeper": keeper.pw_name,
            "group": grp.getgrgid(keeper.pw_gid).gr_name,
        }
        facts["marked"] = f"special_use = {mark}" if mark else ""
        configuration = folder / "dovecot.conf"
        configuration.write_text(CONFIGURATION.format(**facts), encoding="utf-8")
        command = [PROGRAM, "-F", "-c", str(configuration)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603
            try:
                _wait(process, port, folder / "log")
                yield MailServer("localhost", port, "tls", USER, PASSWORD, authority, 30.0)
            finally:
                process.terminate()


def free_port():
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait(process, port, log):
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            continue
        return
    pytest.fail(f"Dovecot ended: {log.read_text(encoding='utf-8') if log.exists() else 'no log'}")


@contextmanager
def mailbox(server):
    """The mailbox as another program sees it."""
    context = ssl.create_default_context(cafile=str(server.ca_file))
    with imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=server.timeout) as imap:
        imap.login(server.user, server.password)
        yield imap


def copies(server, folder="Sent"):
    """How many mails stand in a folder."""
    with mailbox(server) as imap:
        return int(imap.select(f'"{folder}"', readonly=True)[1][0])


def put(server, raw, folder="Sent"):
    """Put a mail there, as a provider that files sent mail by itself."""
    with mailbox(server) as imap:
        assert imap.append(f'"{folder}"', "", "", raw)[0] == "OK"
