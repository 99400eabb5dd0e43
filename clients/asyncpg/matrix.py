"""asyncpg (its own protocol code, binary format, extended query): one line for every step."""

import asyncio
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import kit  # noqa: E402
from session import Session, error_line  # noqa: E402
import statements  # noqa: E402
import sessions  # noqa: E402
import refusals  # noqa: E402


async def main():
    session = Session()
    await session.prepare_schema()
    for module in (statements, sessions, refusals):
        for name, step in module.STEPS:
            name = "asyncpg " + name
            if not kit.selected(name):
                continue
            try:
                kit.write(name, await asyncio.wait_for(step(session), 120))
            except Exception as error:  # a step must not end the run
                line = error_line(error)
                kit.write(name, line) if line else kit.fail_line(name, error)
            await session.settle()
    await session.drop_schema()


asyncio.run(main())
