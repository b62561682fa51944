"""Compile the .po files of this checkout without GNU gettext: `python -m marketplace.core.translations`."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def compile_translations(root: Path = ROOT) -> list[Path]:
    """Write the .mo file beside every .po file that is newer, and return those written."""
    import polib

    written = []
    for source in sorted(root.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            unfinished = target.with_suffix(".unfinished")
            polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(unfinished))
            unfinished.replace(target)
            written.append(target)
    return written


if __name__ == "__main__":
    compile_translations()
