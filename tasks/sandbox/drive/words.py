"""The words of a file, for ``fullText``."""

from tasks.sandbox.drive import contents
from tasks.sandbox.drive.files import SPREADSHEET
from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World


def words(world: World, file: Json) -> str:
    """Name, description, and the text in it: cells of a spreadsheet, or an uploaded text."""
    parts = [file["name"], file.get("description", "")]
    if file["mimeType"] == SPREADSHEET:
        book = world.books.get(file["id"])
        parts += [cell.value for tab in book.tabs for row in tab.rows for cell in row if isinstance(cell.value, str)]
    elif file["mimeType"].startswith("text/"):
        parts.append(contents.content(world, file).decode("utf-8", "replace"))
    return "\n".join(parts)
