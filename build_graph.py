"""Read gazettes and write the knowledge graph: the main job of ``kg``, as a script."""

import sys

from kg.cli import run_command

if __name__ == "__main__":
    sys.exit(run_command("build", sys.argv[1:], program="build_graph.py"))
