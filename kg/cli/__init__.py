"""The command line: ``kg COMMAND``, a module a command.

Each module of this package has ``configure(parser)``, which adds the options,
and ``run(options)``, which does the work and returns an exit code. Only the
module of the command that was called is imported.

Exit codes: 0 done; 1 done, but something was found wrong (input that could not
be read, a violation); 2 wrong use or an error that stopped the work; 130
stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from kg.errors import GazetteError

__all__ = ["COMMANDS", "main"]

COMMANDS = {
    "build": "read gazettes and write the knowledge graph · 读公报，建图谱",
    "query": "ask the graph a question in SPARQL · 查询图谱",
    "serve": "the site, a SPARQL endpoint and a query page · 网页与 SPARQL 端点",
    "validate": "check the graph against its shapes and rules · 检查图谱",
    "coverage": "what became of every role word, title, date and cell · 逐项核对",
    "units": "names of units: unresolved ones, and why · 单位名称",
    "evaluate": "compare with gold made by hand · 与人工标注比较",
    "measure": "measure coordination load · 计算协调负荷",
    "export": "export to other tools · 导出到其他工具",
    "plot": "draw plots for papers · 绘制论文插图",
    "publish": "load the graph into a remote store · 发布到远程图数据库",
}
"""Each command's name and one line about it; the module has the same name."""


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Keeps examples as they are written, and shows defaults once."""


class _Parser(argparse.ArgumentParser):
    """Tells wrong use in both languages."""

    def error(self, message: str) -> NoReturn:
        """Show the usage and what is wrong with the arguments, and exit with 2."""
        super().error(f"{message} · 用法有误，参见 {self.prog} --help")


def command_parser(command: str, program: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of one command; ``program`` is how it was called."""
    module = import_module(f"kg.cli.{command}")
    parser = _Parser(
        prog=program or f"kg {command}",
        description=module.__doc__,
        formatter_class=_HelpFormatter,
    )
    module.configure(parser)
    return parser


def run_command(command: str, arguments: Sequence[str], program: str | None = None) -> int:
    """Run one command and turn the errors a user can mend into one line each."""
    try:
        options = command_parser(command, program).parse_args(arguments)
        return int(import_module(f"kg.cli.{command}").run(options))
    except GazetteError as error:
        print(f"{program or 'kg'}: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    # What no module expected of the system: a folder without rights, a full disk, too long a name.
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        reason = error.strerror or error
        print(f"{program or 'kg'}: {place}{reason} · 文件无法读写", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"{program or 'kg'}: stopped · 已停止", file=sys.stderr)
        return 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``kg``: find the command, import its module, do the work."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in COMMANDS:
        return run_command(words[0], words[1:])
    parser = _Parser(
        prog="kg",
        description="Chinese government gazettes as a graph of who does what with whom.\n\n"
        + "\n".join(f"  {name:<10} {line}" for name, line in COMMANDS.items())
        + "\n\n`kg COMMAND --help` tells more, with examples.",
        formatter_class=_HelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of the above")
    if not words:
        parser.print_help(sys.stderr)
        return 2
    parser.parse_args(words[:1])
    return 2
