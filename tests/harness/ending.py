"""How a unittest of CTest ends."""


def exit_code(result):
    """1 when something failed, 77 when something was skipped, and says why; else 0."""
    for _, why in result.skipped:
        print(why)
    return 1 if not result.wasSuccessful() else 77 if result.skipped else 0
