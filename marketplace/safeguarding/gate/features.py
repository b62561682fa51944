"""What the model sees of a text: runs of characters and of sounds, characters some way apart, ideas and pairs
of ideas, fired phrases, and facts about how it is meant.

Each is a name whose first letter says what it is; names are hashed into columns by the model. Sounds make a text in
disguise look like the plain one; characters apart and ideas make a sentence nobody wrote before look like others.
"""

from .concepts import concept_names
from .context import Context
from .normalising import Folded
from .sounds import syllables

_RUNS = (1, 2, 3, 4)
_SOUND_RUNS = (2, 3)
#: How far apart two characters may stand and still be seen together.
_REACH = 5
#: How much one feature of a kind counts beside a run of characters (1).
WEIGHTS = {"a": 0.5, "i": 0.4, "j": 0.4, "J": 0.4}


def feature_names(folded: Folded, context: Context, signs: list[str]) -> set[str]:
    """Return the names of a text's features."""
    text = f"^{folded.compact}$"
    names = {f"c{text[start : start + size]}" for size in _RUNS for start in range(len(text) - size + 1)}
    sounds = [sound for _, sound in syllables(folded.compact)]
    names |= {
        f"p{' '.join(sounds[start : start + size])}" for size in _SOUND_RUNS for start in range(len(sounds) - size + 1)
    }
    names |= {f"a{text[at]} {text[to]}" for at in range(len(text)) for to in range(at + 2, min(at + _REACH, len(text)))}
    names.update(concept_names(folded.plain))
    names |= {f"s{sign}" for sign in signs}
    names |= {f"k{sign.split('.')[0]}" for sign in signs}
    names |= {f"x{name}" for name in Context.__slots__ if getattr(context, name)}
    if folded.disguised:
        names.add("xdisguised")
    names.add(f"l{min(len(folded.compact) // 8, 12)}")
    names |= {f"q{mark}" for mark in "?!…~。" if mark in folded.plain}
    return names
