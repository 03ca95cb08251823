"""The formulas that the sandbox computes: arithmetic on plain numbers, and the label of a HYPERLINK.

Any other formula is kept and shows its own text as its value, so that nothing is made up.
"""

import ast
import operator
import re
from collections.abc import Callable

from tasks.sandbox.sheets.cells import Value

HYPERLINK = re.compile(r'=\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:[,;]\s*"((?:[^"]|"")*)"\s*)?\)\s*', re.IGNORECASE)
ARITHMETIC = re.compile(r"=[\d\s.+\-*/()]{1,200}")
OPERATIONS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def compute(text: str) -> tuple[Value, str]:
    """The value of a formula and its error, one of the two."""
    if link := HYPERLINK.fullmatch(text):
        label = link[2] if link[2] is not None else link[1]
        return label.replace('""', '"'), ""
    if not ARITHMETIC.fullmatch(text) or "**" in text or "//" in text:
        return text, ""
    try:
        result = _value(ast.parse(text[1:].strip(), mode="eval").body)
    except ZeroDivisionError:
        return None, "#DIV/0!"
    except (SyntaxError, TypeError, ValueError, OverflowError):
        return None, "#ERROR!"
    return (int(result) if float(result).is_integer() else result), ""


def _value(node: ast.AST) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        inner = _value(node.operand)
        return -inner if isinstance(node.op, ast.USub) else inner
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        return OPERATIONS[type(node.op)](_value(node.left), _value(node.right))
    raise ValueError(ast.dump(node))
