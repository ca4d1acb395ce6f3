"""What every source file owes its reader: shortness, a docstring, and nothing left for later."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

LONGEST_FUNCTION = 60
LONGEST_FILE = 400
REASON = "# Long because:"
LEFT_FOR_LATER = re.compile(r"\b(?:TODO|FIXME|XXX|HACK|WIP|raise NotImplementedError)\b|待办|未完成的功能")

Trees = dict[str, ast.Module]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_file_is_too_long_without_a_reason(everything: Trees, root: Path) -> None:
    texts = {path: (root / path).read_text("utf-8") for path in everything}
    long = {path for path, text in texts.items() if text.count("\n") > LONGEST_FILE}
    assert {path for path in long if REASON not in texts[path]} == set()


def test_no_function_is_too_long_without_a_reason(everything: Trees, root: Path) -> None:
    long = set()
    for path, tree in everything.items():
        lines = (root / path).read_text("utf-8").splitlines()
        for function in functions(tree):
            end = function.end_lineno or function.lineno
            body = lines[function.lineno - 1 : end]
            if len(body) > LONGEST_FUNCTION and not any(REASON in line for line in body):
                long.add(f"{path}:{function.lineno} {function.name} has {len(body)} lines")
    assert long == set()


def test_everything_public_says_what_it_means(package: Trees) -> None:
    silent = {
        f"{path}:{getattr(node, 'lineno', 1)}"
        for path, tree in package.items()
        for node in _public(tree)
        if not ast.get_docstring(node)
    }
    assert silent == set()


def _public(tree: ast.Module) -> Iterator[ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """The module, its public classes and functions, and the public methods of those classes."""
    yield tree
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_":
            yield node
            inside = node.body if isinstance(node, ast.ClassDef) else ()
            yield from (each for each in inside if isinstance(each, ast.FunctionDef) and each.name[0] != "_")


def test_nothing_is_left_for_later(everything: Trees, root: Path) -> None:
    ours = Path(__file__).relative_to(root).as_posix()
    found = {
        path
        for path in everything
        if path != ours and LEFT_FOR_LATER.search((root / path).read_text("utf-8"))
    }
    assert found == set()


def test_no_function_only_pretends(package: Trees) -> None:
    """A body of `pass` or `...` alone; a protocol's members and abstract methods have none to give."""
    empty = {
        f"{path}:{function.lineno} {function.name}"
        for path, tree in package.items()
        for function in functions(tree)
        if _does_nothing(function) and function not in _protocol_members(tree) and not _abstract(function)
    }
    assert empty == set()


def _abstract(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "abstractmethod" for each in function.decorator_list)


def _does_nothing(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return all(
        isinstance(line, ast.Pass) or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
        for line in function.body
    )


def _protocol_members(tree: ast.Module) -> set[ast.AST]:
    protocols = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Protocol" for base in node.bases)
    )
    return {member for protocol in protocols for member in protocol.body}
