"""Finds what would read feelings off a face, a voice, a gait or the rhythm of keys: none of it may be built here.

The rows OVS-08, PRV-10, MON-10, MON-21, AS-08, AS-10, AS-11 and AI-14 of the requirements.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import models

from marketplace.core.grades import fields_of

#: Words of a field's name, whole ones: "face" is refused, "surface" is not.
_WORDS = {
    "face", "faces", "facial", "faceprint", "microexpression", "iris", "retina", "eyetrack", "gaze", "voiceprint",
    "voiceprints", "prosody", "timbre", "gait", "stride", "keystroke", "keystrokes", "keydown", "typing", "fingerprint",
    "palmprint", "biometric", "biometrics", "emotion", "emotions", "affect", "valence", "arousal", "eeg", "gsr",
}  # fmt: skip
_PAIRS = {
    "micro_expression", "voice_print", "speaker_embedding", "speaker_id", "skin_conductance", "heart_rate", "eye_track",
    "eye_tracking", "key_rhythm", "key_intervals", "dwell_time", "flight_time", "mouse_dynamics",
}  # fmt: skip
#: Fields that only sound like it.
INNOCENT_FIELDS = {"demo.LoadedData.fingerprint": "of the demo data's source"}

#: What a page or a script would use to look or listen.
_IN_PAGES = re.compile(
    r"getUserMedia|getDisplayMedia|mediaDevices|ImageCapture|MediaRecorder|createMediaStream|FaceDetector|SpeechRecognition|AudioContext"
    r"|devicemotion|deviceorientation|DeviceMotionEvent|Accelerometer|Gyroscope|face-?api|mediapipe|webgazer|affdex"
    r"|tensorflow|\bcapture\s*=\s*[\"']?(?:user|environment)|\ballow\s*=\s*[\"'][^\"']*(?:camera|microphone)",
    re.IGNORECASE,
)
#: The one script that opens camera and microphone, for the call of a booked session; all else stays forbidden there, too.
CALLING_SCRIPT = "catalog/consultations/static/room/devices.js"
_FOR_A_CALL = re.compile(r"getUserMedia|mediaDevices")
#: The one script that makes sound, for those who breathe with it: it plays and never listens.
PLAYING_SCRIPT = "cms/wellbeing/static/wellbeing/js/parts/sound.js"
_FOR_A_SOUND = re.compile(r"AudioContext")
#: The rhythm of keys: a key's event and a clock in the same script.
_KEY_EVENT = re.compile(r"key(?:down|up|press)", re.IGNORECASE)
_CLOCK = re.compile(r"timeStamp|performance\.now|Date\.now")
#: Scripts that time a key for another reason.
INNOCENT_SCRIPTS = {"exit.js": "three presses of Esc leave the page at once; nothing is kept or sent"}

_DEPENDENCY = re.compile(
    r"^(?:opencv.*|dlib.*|face[-_].*|.*[-_]face|deepface|insightface|retinaface.*|facenet.*|mtcnn|fer|mediapipe.*|openface.*"
    r"|py-?feat|librosa|pyannote.*|speechbrain|resemblyzer|opensmile|parselmouth|praat.*|webgazer|affectiva.*|affdex.*"
    r"|openpose.*|mmpose|typingdna.*|keystroke.*|pynput|deepgaze|gaze.*|.*emotion.*)$",
    re.IGNORECASE,
)
_IMPORT = re.compile(r"^\s*(?:import|from)\s+([A-Za-z_]\w*)", re.MULTILINE)
_REQUIREMENT = re.compile(r"^\s*[\"']?([A-Za-z][\w.-]*)", re.MULTILINE)


def suspicious_fields(found: Iterable[type[models.Model]]) -> list[str]:
    """Return the fields whose names are those of captured bodies and feelings."""
    named = (f"{model._meta.label}.{field.name}" for model in found for field in fields_of(model))
    return [name for name in named if is_suspicious(name.rpartition(".")[2]) and name not in INNOCENT_FIELDS]


def is_suspicious(field_name: str) -> bool:
    """Whether a field's name is one."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", field_name).lower().split("_")
    pairs = {f"{first}_{second}" for first, second in zip(words, words[1:], strict=False)}
    return bool(_WORDS & set(words) or _PAIRS & pairs)


def suspicious_scripts(files: Iterable[Path]) -> list[str]:
    """Return the pages and scripts that could look, listen or time keys."""
    return [str(path) for path in files if path.suffix in (".js", ".mjs", ".html") and is_suspicious_script(path)]


def is_suspicious_script(path: Path) -> bool:
    """Whether one page or script does."""
    text = path.read_text(errors="replace")
    if path.as_posix().endswith(CALLING_SCRIPT):
        text = _FOR_A_CALL.sub("", text)
    if path.as_posix().endswith(PLAYING_SCRIPT):
        text = _FOR_A_SOUND.sub("", text)
    times_keys = _KEY_EVENT.search(text) and _CLOCK.search(text) and path.name not in INNOCENT_SCRIPTS
    return bool(_IN_PAGES.search(text) or times_keys)


def suspicious_dependencies(texts: Mapping[str, str]) -> list[str]:
    """Return the packages named in lock files (or imported by modules) that do it for a living."""
    return [
        f"{name}: {package}"
        for name, text in texts.items()
        for package in (_IMPORT if name.endswith(".py") else _REQUIREMENT).findall(text)
        if _DEPENDENCY.match(package)
    ]
