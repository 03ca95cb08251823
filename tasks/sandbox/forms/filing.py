"""A form is a file in Drive too: its name there, and the trash, which closes it."""

from tasks.sandbox.drive import files
from tasks.sandbox.drive.files import FORM
from tasks.sandbox.forms.documents import Form
from tasks.sandbox.world import World


def file_form(world: World, one: Form, owner: str = "") -> None:
    """Drive learns of a new form, or that it changed now."""
    now = world.clock.text()
    usual = {"id": one.form_id, "name": one.google["info"]["documentTitle"], "mimeType": FORM, "createdTime": now}
    kept = files.kept(world, one.form_id)
    files.save(world, usual | kept | {"owner": owner or kept["owner"], "modifiedTime": now})
