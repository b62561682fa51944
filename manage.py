#!/usr/bin/env python
"""Run administrative commands; DJANGO_SETTINGS_MODULE chooses the house (demo when unset)."""

import gc
import os
import sys


def main() -> None:
    gc.set_threshold(200_000)  # loading makes hardly any garbage; looking for it took a fifth of the start
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
