"""Runs asyncpg's own tests, from the folder of its source package, and prints one line a test: `name: outcome`.

Arguments: the names of tests to run, or none for all. Outcomes: passed, failed, skipped. PGHOST & co. name the server.
"""

import sys
import unittest
import warnings


class Lines(unittest.TestResult):
    """Prints each outcome when it is known; a test with failing parts is told once."""

    def startTest(self, test):
        super().startTest(test)
        self.outcome = "passed"

    def addError(self, test, error):
        super().addError(test, error)
        self.outcome = "failed"
        if not isinstance(test, unittest.TestCase):  # a class or module that could not be set up
            print(f"{test.id()}: failed", flush=True)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.outcome = "failed"

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self.outcome = "failed"

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.outcome = "skipped"

    def stopTest(self, test):
        super().stopTest(test)
        print(f"{test.id()}: {self.outcome}", flush=True)


def main():
    warnings.simplefilter("ignore")
    loader = unittest.defaultTestLoader
    names = sys.argv[1:]
    suite = loader.loadTestsFromNames(names) if names else loader.discover("tests", pattern="test_[a-z]*.py", top_level_dir=".")
    result = Lines()
    suite.run(result)
    for test, trace in result.errors + result.failures:
        print(f"{test.id()}\n{trace}", file=sys.stderr)


main()
