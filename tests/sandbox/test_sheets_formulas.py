"""The formulas that staff use: what they show, in which locale, and that they follow what they read."""

import pytest

from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY
from tasks.sandbox.sheets.formulas import recalculate
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.typed import typed

WHEN = "2024-02-16T23:00:00.000Z"
TABLE = [
    ["1", "x", "5%", "1/30/2024"],
    ["2", "y", "", "1/31/2024"],
    ["3", "X", "TRUE", ""],
    ["", "", "some text", ""],
]


def worked_out(rows, code="en_US", zone="Etc/GMT"):
    book = Book("book", {"title": "t", "locale": code, "timeZone": zone}, WHEN, WHEN)
    tab = book.add_tab("Sheet1")
    for number, row in enumerate(rows):
        tab.put(number, [(at, typed(text, EMPTY, book.locale)) for at, text in enumerate(row)])
    recalculate(book)
    return [[shown(cell, book.locale) for cell in row] for row in tab.rows]


def result(formula, **where):
    return worked_out([*TABLE, [*[""] * 7, formula]], **where)[-1][-1]


@pytest.mark.parametrize(
    ("formula", "seen"),
    [
        ("=1/0", "#DIV/0!"),
        ("=AVERAGE(B1:B3)", "#DIV/0!"),
        ("=MOD(1,0)", "#DIV/0!"),
        ("=B1+1", "#VALUE!"),
        ("=A1:C3", "#VALUE!"),
        ('=SUM(A1:A2,"x")', "#VALUE!"),
        ("=IF(B1,1,2)", "#VALUE!"),
        ("=VLOOKUP(9,A1:B3,2,FALSE)", "#N/A"),
        ('=MATCH("z",B1:B3,0)', "#N/A"),
        ('=FILTER(A1:A3,B1:B3="z")', "#N/A"),
        ("=ROUND(1,2,3)", "#N/A"),
        ("=NA()", "#N/A"),
        ("=Nowhere!A1", "#REF!"),
        ("=A1+#REF!", "#REF!"),
        ("=VLOOKUP(1,A1:B3,3,FALSE)", "#REF!"),
        ("=ZZ99999", "#REF!"),
        ("=H5", "#REF!"),
        ("=nothing", "#NAME?"),
        ("=IMPORTRANGE(1,2)", "#NAME?"),
        ('=QUERY(A:B,"select A")', "#NAME?"),
        ("=UNIQUE(B1:B3)", "#NAME?"),
        ("=2^9999", "#NUM!"),
        ("=(-8)^(1/3)", "#NUM!"),
        ("=DATE(99999,1,1)", "#NUM!"),
        ("=1e308*10", "#NUM!"),
        ("=SUM(", "#ERROR!"),
        ("=1 1", "#ERROR!"),
        ("=A1;A2", "#ERROR!"),
        ("=)", "#ERROR!"),
        ("={1,2}", "#ERROR!"),
        ("=" + "(" * 4000 + "1" + ")" * 4000, "#ERROR!"),
        ("=" + "+".join(["1"] * 9000), "#ERROR!"),
    ],
)
def test_what_cannot_be_worked_out_shows_the_error_google_shows(formula, seen):
    assert result(formula) == seen


@pytest.mark.parametrize(
    ("formula", "seen"),
    [
        ("=A1+A2*A3", "7"),
        ("=(A1+A2)*A3", "9"),
        ("=-2^2", "4"),
        ("=2^-1", "0.5"),
        ("=10%*200", "20"),
        ("=C1*200", "10"),
        ('="5"+1', "6"),
        ("=+$A$1", "1"),
        ("= 1 / 1024", "0.0009765625"),
        ("=A1=1", "TRUE"),
        ('="a"="A"', "TRUE"),
        ("=1<>1", "FALSE"),
        ('=1<"a"', "TRUE"),
        ('=A1&"-"&B1', "1-x"),
        ('="a""b"', 'a"b'),
        ("=Sheet1!A2", "2"),
        ("='Sheet1'!A2", "2"),
        ("=A4", ""),
        ("=SUM(A:A)", "6"),
        ("=SUM(A1:A4,B1)", "6"),
        ("=sum(A1:A3;10)", "16"),
        ("=AVERAGE(A1:A4)", "2"),
        ("=MIN(A1:A3)+MAX(A1:A3)", "4"),
        ("=COUNT(A1:D4)", "6"),
        ("=COUNTA(A1:D4)", "11"),
        ("=COUNTBLANK(A1:A4)", "1"),
        ("=COUNTBLANK(B:B)", "997"),
        ('=COUNTIF(B:B,"x")', "2"),
        ('=COUNTIF(B:B,"<>x")', "998"),
        ('=COUNTIF(A1:A4,">=2")', "2"),
        ('=COUNTIF(C1:C4,"some*")', "1"),
        ("=COUNTIF(C1:C4,TRUE)", "1"),
        ('=COUNTIFS(A1:A3,">1",B1:B3,"x")', "1"),
        ('=SUMIF(B1:B3,"x",A1:A3)', "4"),
        ('=SUMIFS(A1:A3,B1:B3,"x",A1:A3,">1")', "3"),
        ('=AVERAGEIF(B1:B3,"x",A1:A3)', "2"),
        ("=ROUND(2.345,2)", "2.35"),
        ("=ROUND(-2.5)", "-3"),
        ("=ROUNDUP(1.1)+ROUNDDOWN(1.9)+INT(-0.5)+ABS(-1)", "3"),
        ("=MOD(-3,2)", "1"),
        ('=IF(A1>0,"yes","no")', "yes"),
        ("=IF(A1>1,1)", "FALSE"),
        ('=IF(TRUE,"fine",1/0)', "fine"),
        ('=IFS(A1>1,"a",A1=1,"b")', "b"),
        ('=IFERROR(1/0,"none")', "none"),
        ('=IFNA(VLOOKUP(9,A1:B3,2,FALSE),"none")', "none"),
        ("=AND(A1=1,A2=2,NOT(FALSE))", "TRUE"),
        ("=OR(A1=2,A2=1)", "FALSE"),
        ("=ISERROR(1/0)", "TRUE"),
        ("=ISBLANK(A4)", "TRUE"),
        ("=ISNUMBER(D1)", "TRUE"),
        ("=ISNA(1/0)", "FALSE"),
        ('=CONCATENATE(A1,"-",B1:B2)', "1-xy"),
        ('=JOIN(", ",B1:B3)', "x, y, X"),
        ('=TEXTJOIN(",",TRUE,B1:B4)', "x,y,X"),
        ('=TRIM("  a   b ")', "a b"),
        ('=UPPER("é")&LOWER("É")&PROPER("ana maria")', "ÉéAna Maria"),
        ('=LEFT("abc",2)&RIGHT("abc")&MID("abc",2,1)&LEN("abc")', "abcb3"),
        ('=SUBSTITUTE("a-b","-","+")', "a+b"),
        ("=VLOOKUP(2,A1:B3,2,FALSE)", "y"),
        ("=VLOOKUP(2.5,A1:B3,2)", "y"),
        ('=INDEX(A1:A3,MATCH("y",B1:B3,0))', "2"),
        ('=SUM(FILTER(A1:A3,B1:B3="x"))', "4"),
        ("=COUNTA(UNIQUE(B1:B3))", "3"),
        ("=COUNTUNIQUE(B1:B3,B1)", "3"),
        ("=ROWS(A:A)+COLUMNS(A1:C1)", "1003"),
        ('=HYPERLINK("https://x.example","label")', "label"),
        ("=D1+1", "1/31/2024"),
        ("=D2-D1", "1"),
        ("=MAX(D1:D2)", "1/31/2024"),
        ('="Due "&D1', "Due 1/30/2024"),
        ('=TEXT(D1,"yyyy-mm-dd")', "2024-01-30"),
        ("=DATE(2024,2,30)", "3/1/2024"),
        ("=YEAR(D1)*100+MONTH(D1)+DAY(D1)", "202431"),
        ("=TODAY()", "2/16/2024"),
        ("=NOW()", "2/16/2024 23:00:00"),
    ],
)
def test_a_formula_shows_its_value(formula, seen):
    assert result(formula) == seen


def test_a_column_of_cells_gives_the_one_beside():
    assert [row[-1] for row in worked_out([["1", "=A1:A2"], ["2", "=A1:A2"]])] == ["1", "2"]


@pytest.mark.parametrize(
    ("code", "formula", "seen"),
    [
        ("es_ES", "=SUM(1,5;2)", "3,5"),
        ("es_ES", "=1,5*2", "3"),
        ("es_ES", "=SI(1;2;3)", "#NAME?"),
        ("es_ES", "=VERDADERO", "VERDADERO"),
        ("es_MX", "=SUM(1.5,2)", "3.5"),
        ("fr_FR", "=ROUND(2,345;2)", "2,35"),
        ("fr_FR", "=1.5", "#ERROR!"),
    ],
)
def test_decimals_and_separators_are_the_locales(code, formula, seen):
    assert worked_out([[formula]], code)[0][0] == seen


def test_today_is_a_day_in_the_spreadsheets_time_zone():
    assert worked_out([["=TODAY()"]], zone="Asia/Tokyo") == [["2/17/2024"]]
    assert worked_out([["=TODAY()"]], zone="America/Mexico_City") == [["2/16/2024"]]
    assert worked_out([["=TODAY()"]], zone="GMT+05:30") == [["2/17/2024"]]


@pytest.mark.parametrize("row", [["=A1"], ["=B1", "=A1"], ["=SUM(A1:C1)"], ["=B1", "=C1", "=A1+1"]])
def test_formulas_that_wait_for_each_other_are_an_error(row):
    assert worked_out([row])[0] == ["#REF!"] * len(row)


def test_only_the_circle_itself_is_an_error_and_whoever_reads_it():
    assert worked_out([["=B1", "=A1", '=IFERROR(A1,"broken")', "=1+1"]])[0] == ["#REF!", "#REF!", "broken", "2"]


def test_a_long_chain_is_worked_out_from_its_end():
    rows = [[f"=A{number + 1}+1"] for number in range(1, 900)] + [["1"]]
    assert worked_out(rows)[0] == ["900"]


@pytest.fixture
def tab(shared, request):
    return shared.gspread().create(request.node.name).sheet1


def test_a_formula_follows_the_cells_it_reads(tab):
    tab.update([["1", "=A1*2", "=B1+1"]], "A1", raw=False)
    assert tab.get("A1:C1") == [["1", "2", "3"]]
    tab.update([[5]], "A1", raw=True)
    assert tab.get("A1:C1") == [["5", "10", "11"]]
    tab.insert_row(["9"], 1)
    assert tab.get("A1:C2") == [["9"], ["5", "10", "11"]]
    tab.batch_clear(["A2"])
    assert tab.get("A2:C2") == [["", "0", "1"]]


def test_a_formula_reads_other_tabs_and_named_ranges(tab):
    other = tab.spreadsheet.add_worksheet("Sums & totals", 10, 10)
    tab.update([["Ana", 2], ["Luz", 3]], "A1", raw=True)
    tab.define_named_range("A1:B2", "people")
    other.update([["=SUM(Sheet1!B:B)", '=VLOOKUP("Luz",people,2,FALSE)']], "A1", raw=False)
    assert other.get("A1:B1") == [["5", "3"]]
    tab.append_row(["Noor", 4])
    assert other.get("A1:B1") == [["9", "3"]]


def test_values_read_back_at_once_are_worked_out(shared, tab):
    query = "valueInputOption=USER_ENTERED&includeValuesInResponse=true"
    path = f"/v4/spreadsheets/{tab.spreadsheet.id}/values/A1?{query}"
    answer = shared.ask("PUT", path, json={"values": [["1", "=A1+1"]]}).json()
    assert answer["updatedData"] == {"range": "Sheet1!A1:B1", "majorDimension": "ROWS", "values": [["1", "2"]]}


def test_a_formula_is_told_apart_from_its_value_and_error(tab):
    tab.update([["=1/0", "=TODAY()"]], "A1", raw=False)
    cells = tab.spreadsheet.fetch_sheet_metadata({"includeGridData": True, "ranges": "A1:B1"})
    found = cells["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert found[0]["userEnteredValue"] == {"formulaValue": "=1/0"}
    assert found[0]["effectiveValue"]["errorValue"]["type"] == "DIVIDE_BY_ZERO"
    assert "numberValue" in found[1]["effectiveValue"]
    assert "numberFormat" not in found[1].get("userEnteredFormat", {})


def test_a_kept_formula_keeps_its_value(starter, place_at):
    with starter.running(samples=True) as facts:
        place_at(facts).book("archive").sheet1.update([["=1+1"]], "Z9", raw=False)
    with starter.running() as facts:
        assert place_at(facts).book("archive").sheet1.acell("Z9").value == "2"
