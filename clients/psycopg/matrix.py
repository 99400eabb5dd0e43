"""psycopg 3 (libpq): runs every step against the server that PGHOST & co. name and prints one line for each."""

import os
import sys

import psycopg

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import kit  # noqa: E402
from session import Session, error_line  # noqa: E402
import statements  # noqa: E402
import streams  # noqa: E402
import sessions  # noqa: E402
import refusals  # noqa: E402


def main():
    session = Session()
    session.prepare_schema()
    for module in (statements, streams, sessions, refusals):
        for name, step in module.STEPS:
            name = "psycopg " + name
            if not kit.selected(name):
                continue
            try:
                kit.write(name, step(session))
            except psycopg.Error as error:
                kit.write(name, error_line(error))
            except Exception as error:  # a step must not end the run
                kit.fail_line(name, error)
            session.settle()
    session.drop_schema()


main()
