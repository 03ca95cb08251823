"""The spreadsheets in a real Chromium, as a member of staff uses them; what happened is read with gspread."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}
LIST = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": word} for word in ("red", "green", "blue")]}


ROWS = (("Name", "Age", "Joined"), ("Zoé", "30", "2/1/2024"), ("ana", "4", "1/2/2024"), ("Marc", "12", ""))


class Opened:
    """A tab of its own with people in it, and its page."""

    def __init__(self, place, open_page):
        self.place = place
        self.open_page = open_page
        self.sheet = place.book().add_worksheet("People", 30, 6)
        self.sheet.update([list(row) for row in ROWS], "A1", value_input_option="USER_ENTERED")
        self.sheet.freeze(rows=1)
        self.path = f"/sheets/sandbox-register/{self.sheet.id}"
        self.page = None

    def open(self, **how):
        self.page = self.open_page(self.path + how.pop("query", ""), **how)
        expect(self.page.locator("html.js")).to_be_attached()
        return self.page

    def batch(self, request):
        answer = self.place.batch(request)
        assert answer.status_code == 200, answer.text

    def rule(self, column, condition, **more):
        """A rule for all cells of a column below the header."""
        wanted = {"range": self.below_header(column), "rule": {"condition": condition, **more}}
        self.batch({"setDataValidation": wanted})

    def protect(self, column, **more):
        wanted = {"range": self.below_header(column), **more}
        self.batch({"addProtectedRange": {"protectedRange": wanted}})

    def below_header(self, column):
        span = {"startColumnIndex": column, "endColumnIndex": column + 1}
        return {"sheetId": self.sheet.id, "startRowIndex": 1, **span}

    def resource(self):
        return self.sheet.spreadsheet.fetch_sheet_metadata()["sheets"][-1]

    def values(self, area="A1:F30", how="UNFORMATTED_VALUE"):
        found = self.sheet.spreadsheet.values_get(f"People!{area}", params={"valueRenderOption": how})
        return found.get("values", [])

    def column(self, letter="A"):
        return [row[0] if row else "" for row in self.values(f"{letter}1:{letter}9")]

    def cell(self, name):
        return self.page.locator(f"#{name}")

    def saved(self, words):
        expect(self.page.locator("#said")).to_contain_text(words)


@pytest.fixture
def tab(place, open_page):
    return Opened(place, open_page)


def press(page, *keys):
    """Keys by their names; what begins with = is typed."""
    for key in keys:
        if key.startswith("="):
            page.keyboard.type(key[1:])
        else:
            page.keyboard.press(key)


def menu(page, name, item):
    page.locator("summary", has_text=name).click()
    page.get_by_role("button", name=item, exact=True).click()


def test_staff_type_by_keyboard_as_in_sheets(tab):
    page = tab.open()
    press(page, "ArrowDown", "=Zoë", "Tab", "=31", "Tab", "=3/4/2024", "Enter")
    expect(tab.cell("A3")).to_be_focused()
    press(page, "ArrowRight", "=5", "Enter", "Home", "F2", "=y", "Enter", "ArrowUp", "Shift+Tab")
    tab.saved("Done: change A4")
    assert tab.values("A2:C4") == [["Zoë", 31, 45355], ["ana", 5, 45293], ["Marcy", 12]]


def test_escape_leaves_a_cell_as_it_was_and_then_the_grid(tab):
    page = tab.open(query="?at=A2")
    page.keyboard.type("gone")
    page.keyboard.press("Escape")
    expect(tab.cell("A2")).to_be_focused()
    expect(tab.cell("A2")).to_have_text("Zoé")
    page.keyboard.press("Escape")
    expect(page.locator("#name-box")).to_be_focused()
    page.keyboard.type("C3\n")
    expect(tab.cell("C3")).to_be_focused()
    assert tab.column() == ["Name", "Zoé", "ana", "Marc"]


def test_keys_reach_every_corner_and_the_next_rows(tab):
    tab.sheet.resize(rows=250)
    page = tab.open()
    for keys, name in (
        (("End",), "F1"),
        (("PageDown", "Home"), None),
        (("Control+Home",), "A1"),
        (("Control+ArrowDown",), "A4"),
        (("Control+ArrowRight",), "B4"),
    ):
        for key in keys:
            page.keyboard.press(key)
        if name:
            expect(tab.cell(name)).to_be_focused()
    page.keyboard.press("Control+End")
    expect(tab.cell("F101")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(tab.cell("F102")).to_be_focused()
    expect(tab.cell("A1")).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(tab.cell("F101")).to_be_focused()


def test_the_formula_bar_shows_and_changes_what_a_cell_holds(tab):
    page = tab.open(query="?at=B5")
    page.keyboard.type("=1+2\n")
    expect(tab.cell("B5")).to_have_text("3")
    page.keyboard.press("ArrowUp")
    bar = page.locator("#formula")
    expect(bar).to_have_value("=1+2")
    bar.fill("'=1+2")
    bar.press("Enter")
    expect(tab.cell("B5")).to_have_text("=1+2")
    assert tab.values("B5", "FORMULA") == [["=1+2"]]


def test_what_was_typed_is_kept_when_one_clicks_elsewhere(tab):
    page = tab.open(query="?at=A2")
    press(page, "=first")
    tab.cell("B3").click()
    tab.saved("Done: change A2")
    expect(tab.cell("B3")).to_be_focused()
    page.locator("#formula").fill("44")
    tab.cell("A4").click()
    tab.saved("Done: change B3")
    press(page, "=last")
    page.get_by_role("button", name="Undo").click()
    tab.saved("Undone: change A4")
    assert tab.values("A2:B4") == [["first", 30], ["ana", 44], ["Marc", 12]]


def test_edits_faster_than_the_answers_all_arrive_in_order(tab):
    page = tab.open(query="?at=D2")
    for number in range(12):
        press(page, f"={number}", "Enter")
    tab.saved("Done: change D13")
    assert tab.values("D2:D13") == [[number] for number in range(12)]


def test_a_block_is_copied_emptied_and_pasted(tab):
    page = tab.open(query="?at=A2")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+c")
    page.keyboard.press("Delete")
    tab.saved("Done: empty A2:B3")
    page.locator("#name-box").fill("D29")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+v")
    tab.saved("Done: paste from D29 on")
    assert tab.values("A2:B3") == []
    assert tab.values("D29:E30") == [["Zoé", 30], ["ana", 4]]


def test_a_strict_rule_refuses_what_does_not_fit_and_says_why(tab):
    tab.rule(3, LIST, strict=True, showCustomUi=True)
    page = tab.open(query="?at=D2")
    page.keyboard.type("purple\n")
    refusal = page.get_by_role("alertdialog")
    expect(refusal).to_contain_text("The data you entered in cell D2 violates the data validation rules")
    expect(refusal).to_contain_text("red, green, blue")
    page.keyboard.press("Enter")
    expect(tab.cell("D2")).to_be_focused()
    expect(tab.cell("D2")).to_have_text("")
    page.keyboard.type("gr")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    tab.saved("Done: change D2")
    page.keyboard.type("BLUE\n")
    tab.saved("Done: change D3")
    assert tab.values("D2:D3") == [["green"], ["blue"]]


def test_choices_are_pressed_and_boxes_are_ticked(tab):
    tab.rule(3, LIST, strict=True, showCustomUi=True)
    tab.rule(4, {"type": "BOOLEAN"}, strict=True)
    page = tab.open()
    tab.cell("D2").locator(".arrow").click()
    page.get_by_role("option", name="red").click()
    tab.saved("Done: change D2")
    tab.cell("E2").locator(".tick").click()
    tab.saved("Done: change E2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    tab.saved("Done: change E3")
    page.keyboard.press("Space")
    expect(tab.cell("E3").locator(".tick.on")).to_have_count(0)
    page.keyboard.press("Control+z")
    tab.saved("Undone: change E3")
    assert tab.values("D2:E3") == [["red", True], ["", True]]


def test_a_rule_that_only_warns_marks_the_cell(tab):
    condition = {"type": "NUMBER_BETWEEN", "values": [{"userEnteredValue": "1"}, {"userEnteredValue": "9"}]}
    tab.rule(1, condition)
    page = tab.open(query="?at=B4")
    expect(page.locator("#about")).to_have_text("Enter a number between 1 and 9.")
    page.keyboard.type("8\n")
    tab.saved("Done: change B4")
    expect(tab.cell("B4")).not_to_have_attribute("data-broken", re.compile("."))
    expect(tab.cell("B2")).to_have_attribute("data-broken", "Enter a number between 1 and 9.")


def test_a_protected_range_refuses_and_one_that_warns_asks(tab):
    tab.protect(0)
    tab.protect(1, warningOnly=True)
    page = tab.open(query="?at=A2")
    page.keyboard.type("x\n")
    expect(page.get_by_role("alertdialog")).to_contain_text("protected cell")
    page.keyboard.press("Escape")
    expect(tab.cell("A2")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("99\n")
    page.get_by_role("button", name="Yes, change it").click()
    tab.saved("Done: change B2")
    assert tab.values("A2:B2") == [["Zoé", 99]]


def test_sort_filter_and_undo(tab):
    page = tab.open(query="?at=A2")
    menu(page, "Sort", "A to Z")
    tab.saved("sort by A (Name), A to Z")
    assert tab.column() == ["Name", "ana", "Marc", "Zoé"]
    menu(page, "Filter", "Create a filter")
    page.get_by_role("link", name="Filter column A").click()
    page.get_by_label("Marc").uncheck()
    page.get_by_role("dialog").get_by_role("button", name="Filter").click()
    expect(tab.cell("A3")).to_have_count(0)
    expect(page.locator(".foot")).to_contain_text("1 filtered out")
    assert tab.resource()["basicFilter"]["criteria"] == {"0": {"hiddenValues": ["Marc"]}}
    for words in ("filter by A", "create a filter", "sort by A"):
        page.get_by_role("button", name="Undo").click()
        tab.saved(f"Undone: {words}")
    assert tab.column() == ["Name", "Zoé", "ana", "Marc"]
    page.get_by_role("button", name="Redo").click()
    tab.saved("Done again: sort by A")
    assert tab.column() == ["Name", "ana", "Marc", "Zoé"]


def test_rows_and_columns_are_inserted_deleted_hidden_and_frozen(tab):
    page = tab.open(query="?at=A3")
    menu(page, "Rows", "Insert above")
    tab.saved("insert rows (3)")
    assert tab.column() == ["Name", "Zoé", "", "ana", "Marc"]
    page.locator("tbody th", has_text=re.compile("^3$")).click()
    menu(page, "Rows", "Delete")
    tab.saved("delete rows (3)")
    page.locator("thead th", has_text=re.compile("^B$")).click()
    menu(page, "Columns", "Insert to the left")
    tab.saved("insert columns (B)")
    assert tab.values("A1:C2")[1] == ["Zoé", "", 30]
    menu(page, "Columns", "Hide")
    tab.saved("hide columns (B)")
    expect(tab.cell("B2")).to_have_count(0)
    page.locator("summary", has_text="Freeze").click()
    page.get_by_role("spinbutton", name="Columns").fill("1")
    page.get_by_role("button", name="Freeze", exact=True).click()
    tab.saved("freeze 1 rows and 1 columns")
    grid = tab.resource()["properties"]["gridProperties"]
    assert (grid["frozenRowCount"], grid["frozenColumnCount"]) == (1, 1)
    page.locator(".frame").evaluate("frame => frame.scrollTo(400, 300)")
    for held in ("A1", "A12", "D1"):
        expect(tab.cell(held)).to_be_in_viewport()


def test_tabs_are_added_renamed_moved_duplicated_hidden_and_deleted(tab, place):
    page = tab.open()

    def titles():
        return [sheet.title for sheet in place.book().worksheets()]

    page.locator("summary", has_text="Tab").click()
    page.get_by_label("Name", exact=True).fill("Team")
    page.get_by_role("button", name="Rename").click()
    tab.saved("rename “People” to “Team”")
    menu(page, "Tab", "Duplicate")
    tab.saved("duplicate “Team”")
    assert titles()[-2:] == ["Team", "Copy of Team"]
    menu(page, "Tab", "Move to the left")
    tab.saved("move “Copy of Team”")
    assert titles()[-2:] == ["Copy of Team", "Team"]
    menu(page, "Tab", "Delete")
    tab.saved("delete “Copy of Team”")
    assert titles()[-1] == "Team"
    page.get_by_role("link", name="Team").click()
    menu(page, "Tab", "Hide")
    tab.saved("hide “Team”")
    expect(page.locator(".sheet-tabs")).not_to_contain_text("Team")
    page.locator("summary", has_text="Tab").click()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".sheet-tabs a[aria-current]")).to_have_text("Team")
    page.get_by_role("button", name="Add a tab").click()
    tab.saved("add a tab")
    assert len(titles()) == 7


def test_undo_takes_back_what_the_person_did_and_nothing_else(tab):
    page = tab.open(query="?at=A2")
    page.keyboard.type("mine\n")
    tab.saved("Done: change A2")
    tab.sheet.update([["theirs"]], "A5")
    page.keyboard.press("Control+z")
    tab.saved("Undone: change A2")
    assert tab.column() == ["Name", "Zoé", "ana", "Marc", "theirs"]
    menu(page, "Sort", "A to Z")
    tab.saved("sort by A")
    tab.sheet.append_row(["late"])
    page.keyboard.press("Control+z")
    tab.saved("Undone: sort by A")
    assert tab.column() == ["Name", "Zoé", "ana", "Marc", "theirs", "late"]
    menu(page, "Sort", "Z to A")
    tab.saved("Z to A")
    tab.sheet.update([["changed"]], "A2")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("alertdialog")).to_contain_text("cannot be undone without losing that change")
    assert tab.column()[1] == "changed"


def test_notes_are_read_written_and_undone(tab):
    page = tab.open(query="?at=B2")
    page.keyboard.press("Shift+F2")
    page.get_by_role("dialog").get_by_label("Note").fill("as she says")
    page.get_by_role("button", name="Save the note").click()
    tab.saved("note on B2")
    expect(page.locator("#about")).to_have_text("as she says")
    assert tab.sheet.get_note("B2") == "as she says"
    page.keyboard.press("Control+z")
    tab.saved("Undone: note on B2")
    assert tab.sheet.get_note("B2") == ""


def test_a_link_in_a_cell_opens_only_where_it_is_a_web_address(tab):
    tab.sheet.update([["https://example.org/x"], ["javascript:alert(1)"]], "F2")
    page = tab.open(query="?at=F2")
    link = page.locator("#about a")
    expect(link).to_have_attribute("href", "https://example.org/x")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    page.keyboard.press("ArrowDown")
    expect(link).to_have_count(0)


def test_a_search_leads_from_one_cell_to_the_next(tab):
    page = tab.open()
    page.keyboard.press("Control+f")
    page.keyboard.type("A\n")
    expect(page.locator(".found.row")).to_contain_text("found 4 times")
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#name-box")).to_have_value("B1")


@pytest.mark.parametrize(
    ("language", "button", "said"),
    [
        ("es", "De A a Z", "Hecho: ordenar por A (Name), de A a Z."),
        ("fr", "De A à Z", "Fait\u00a0: trier selon A (Name), de A à Z."),
    ],
)
def test_on_a_phone_in_another_language(tab, no_wider_than_the_screen, language, button, said):
    page = tab.open(size=PHONE, language=language, query="?at=A2")
    no_wider_than_the_screen(page)
    page.locator("summary").nth(2).click()
    page.get_by_role("button", name=button).click()
    tab.saved(said)
    expect(page.locator("html")).to_have_attribute("lang", language)
    no_wider_than_the_screen(page)


def test_without_scripts_forms_and_links_do_the_same(tab, browser, place):
    context = browser.new_context(base_url=place.base_url, java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(tab.path)
    page.locator("#A3").get_by_role("link").click()
    page.get_by_label("Name").fill("Anna")
    page.get_by_role("button", name="Save", exact=True).click()
    menu(page, "Sort", "Z to A")
    assert tab.column() == ["Name", "Zoé", "Marc", "Anna"]
    page.get_by_role("button", name="Undo").click()
    assert tab.column() == ["Name", "Zoé", "Anna", "Marc"]
    context.close()
