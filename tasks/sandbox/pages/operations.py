"""Every page."""

from tasks.sandbox.pages import (
    calendar_event,
    calendar_overview,
    clock,
    drive,
    drive_file,
    faults,
    form_staff,
    forms,
    home,
    log,
    mail,
    mail_acts,
    mail_one,
    recordings,
    sheets,
)
from tasks.sandbox.wire import Operation

OPERATIONS: list[Operation] = [
    *home.OPERATIONS,
    *clock.OPERATIONS,
    *calendar_overview.OPERATIONS,
    *calendar_event.OPERATIONS,
    *faults.OPERATIONS,
    *log.OPERATIONS,
    *drive.OPERATIONS,
    *drive_file.OPERATIONS,
    *recordings.OPERATIONS,
    *form_staff.OPERATIONS,
    *forms.OPERATIONS,
    *mail.OPERATIONS,
    *mail_acts.OPERATIONS,
    *mail_one.OPERATIONS,
    *sheets.OPERATIONS,
]
