"""``files.list``: what a query finds, in which order, in which pages."""

import pytest

from tests.sandbox.drive_builders import FOLDER, SHEET, drive, found, make, owner, refused

GERMAN = "Übung, 2. Teil.txt"


@pytest.fixture(scope="module")
def searched(shared):
    """A Drive with something to find."""
    files = drive(shared).files()
    make(shared, "it's", "text/plain", appProperties={"ref": "K7P2QX"}, properties={"kind": "note"})
    make(shared, GERMAN, "text/plain", description="For careworkers")
    make(shared, "HelloWorld", FOLDER, starred=True)
    thrown = make(shared, "Thrown away", "text/plain")
    files.update(fileId=thrown, body={"trashed": True}).execute()
    book = shared.gspread().create("Shared table")
    book.sheet1.update([["Hello there world", "unfindable_word"]])
    writer = {"type": "user", "role": "writer", "emailAddress": "ana@example.org"}
    drive(shared).permissions().create(fileId=book.id, body=writer, sendNotificationEmail=False).execute()
    link = make(shared, "By link", "text/plain")
    drive(shared).permissions().create(fileId=link, body={"type": "anyone", "role": "reader"}).execute()
    return shared


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (f'mimeType="{SHEET}" and name = "CoLab register"', ["CoLab register"]),
        (f"mimeType='{SHEET}' and name contains 'archive' and trashed = false", ["CoLab archive"]),
        ("'root' in parents and name = 'it\\'s'", ["it's"]),
        ('name = "it\'s"', ["it's"]),
        (f"name = '{GERMAN}'", [GERMAN]),
        ("name contains 'übung teil'", [GERMAN]),
        ("name contains 'Hello'", ["HelloWorld"]),
        ("name contains 'World'", []),
        ("(name = 'CoLab register' or name = 'CoLab archive') and not name contains 'reg'", ["CoLab archive"]),
        ("not (trashed = true or not name = 'it\\'s')", ["it's"]),
        ("modifiedTime > '2030-01-01T00:00:00Z'", []),
        (
            "modifiedTime < '2030-01-01T00:00:00' and createdTime >= '2001-01-01T00:00:00+01:00' and name = 'it\\'s'",
            ["it's"],
        ),
        ("trashed = true", ["Thrown away"]),
        ("trashed != false", ["Thrown away"]),
        ("starred = true", ["HelloWorld"]),
        ("sharedWithMe = true", []),
        ("appProperties has { key='ref' and value='K7P2QX' }", ["it's"]),
        ("appProperties has {key='ref' and value='other'}", []),
        ("properties has { key='kind' and value='note' }", ["it's"]),
        ("fullText contains 'careworkers'", [GERMAN]),
        ("fullText contains 'carework'", []),
        ("fullText contains '\"hello there\"'", ["Shared table"]),
        ("fullText contains '\"hello world\"'", []),
        ("fullText contains 'world hello'", ["Shared table"]),
        ("fullText contains '\"unfindable word\"'", ["Shared table"]),
        ("mimeType contains 'folder'", ["HelloWorld"]),
        ("'ana@example.org' in writers", ["Shared table"]),
        ("'ana@example.org' in owners", []),
        ("visibility = 'anyoneWithLink'", ["By link"]),
        ("name='By link' and visibility != 'limited'", ["By link"]),
    ],
)
def test_files_are_searched(searched, query, names):
    assert found(searched, query) == names


def test_and_and_or_are_read_from_left_to_right(searched):
    assert found(searched, "name = 'By link' or name = 'it\\'s' and starred = true") == []
    assert found(searched, "name = 'By link' or (name = 'it\\'s' and starred = true)") == ["By link"]


def test_me_is_the_caller(searched):
    mine = found(searched, "'me' in owners and trashed = false")
    assert mine == found(searched, f"'{owner(searched)}' in owners and trashed = false")
    assert "CoLab register" in mine


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("name = 'a", 400),
        ("name = ", 400),
        ("name > 'a'", 400),
        ("name = bare", 400),
        ("title = 'a'", 400),
        ("trashed = maybe", 400),
        ("(name = 'a'", 400),
        ("name = 'a' name = 'b'", 400),
        ("modifiedTime > 'yesterday'", 400),
        ("'a' in colours", 400),
        ("appProperties has { key='a' }", 400),
        ("shortcutDetails.targetId = 'a'", 501),
    ],
)
def test_what_is_no_query_finds_nothing_quietly(searched, query, status):
    with refused() as refusal:
        found(searched, query)
    assert refusal.status == status
    assert refusal.location == ("q" if status == 400 else "")


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"orderBy": "colour"}, 400),
        ({"orderBy": "name sideways"}, 400),
        ({"pageToken": "17"}, 400),
        ({"corpora": "moon"}, 400),
        ({"corpora": "drive", "driveId": "0A"}, 501),
        ({"spaces": "appDataFolder"}, 501),
    ],
)
def test_a_wrong_option_is_refused(searched, options, status):
    with refused() as refusal:
        found(searched, "", **options)
    assert refusal.status == status


def test_files_are_ordered(searched):
    query = "'root' in parents and trashed = false and (name contains 'a' or name contains 'h' or name contains 'it')"
    by_name = found(searched, query, orderBy="name")
    assert by_name == sorted(by_name, key=str.casefold)
    assert found(searched, query, orderBy="name desc") == by_name[::-1]
    assert found(searched, "trashed = false", orderBy="folder,name")[0] == "HelloWorld"


def test_numbers_in_names_are_ordered_naturally(searched):
    for number in (10, 9, 1):
        make(searched, f"Part {number}", "text/plain")
    assert found(searched, "name contains 'part'", orderBy="name_natural") == ["Part 1", "Part 9", "Part 10"]
    assert found(searched, "name contains 'part'", orderBy="name") == ["Part 1", "Part 10", "Part 9"]


def pages(place, **options):
    files = drive(place).files()
    request, sizes, names = files.list(fields="nextPageToken,files(name)", **options), [], []
    while request is not None:
        answer = request.execute()
        sizes.append(len(answer["files"]))
        names += [file["name"] for file in answer["files"]]
        request = files.list_next(request, answer)
    return sizes, names


def test_lists_come_in_pages(place):
    assert pages(place, pageSize=2, orderBy="name")[0] == [2, 2, 2, 2]
    assert pages(place, orderBy="name") == ([8], pages(place, pageSize=2, orderBy="name")[1])


def test_pages_may_be_short_and_the_first_one_empty(place):
    whole = pages(place, orderBy="name")[1]
    place.control("settings", {"short_pages": 3, "empty_first_page": True})
    assert pages(place, pageSize=100, orderBy="name") == ([0, 3, 3, 2], whole)


def test_a_page_token_fits_only_its_own_list(place):
    files = drive(place).files()
    token = files.list(pageSize=1).execute()["nextPageToken"]
    with refused() as refusal:
        files.list(pageSize=1, q="trashed = false", pageToken=token).execute()
    assert (refusal.status, refusal.location) == (400, "pageToken")
