"""Nothing reads a feeling off a face, a voice, a gait or the rhythm of keys; and what checks it finds what is planted."""

import pytest
from django.db import models
from django.test import Client
from django.test.utils import isolate_apps
from django.urls import reverse

from marketplace.core.embedded.locations import CHECKOUT
from marketplace.core.grades import our_models
from tests.house.test_repository import text_files
from tests.support.biometrics import (
    CALLING_SCRIPT,
    PLAYING_SCRIPT,
    is_suspicious,
    is_suspicious_script,
    suspicious_dependencies,
    suspicious_fields,
    suspicious_scripts,
)

MANIFESTS = ("pyproject.toml", "requirements.lock", "requirements-dev.lock")


def test_no_field_is_for_captured_bodies_or_feelings():
    assert suspicious_fields(our_models()) == []


@isolate_apps("marketplace.core")
def test_a_planted_field_is_found():
    class Sitting(models.Model):  # noqa: DJ008
        surface = models.TextField()
        face_embedding = models.BinaryField()
        keystroke_ms = models.JSONField()
        voicePrint = models.BinaryField()

        class Meta:
            app_label = "core"

    assert suspicious_fields([Sitting]) == [
        "core.Sitting.face_embedding",
        "core.Sitting.keystroke_ms",
        "core.Sitting.voicePrint",
    ]


@pytest.mark.parametrize(
    "name", ["mood", "interface", "typical_day", "effect", "born_on", "gaiters", "keys", "voice_call_minutes"]
)
def test_harmless_names_are_left_alone(name):
    assert not is_suspicious(name)


def test_no_page_or_script_looks_listens_or_times_keys():
    assert suspicious_scripts(text_files()) == []


@pytest.mark.parametrize(
    "planted",
    [
        "navigator.mediaDevices.getUserMedia({ video: true })",
        '<input type="file" accept="image/*" capture="user">',
        '<iframe src="/room/" allow="camera; microphone"></iframe>',
        "addEventListener('devicemotion', note)",
        "field.addEventListener('keydown', (event) => beats.push(event.timeStamp))",
        "import * as faceapi from './face-api.js'",
    ],
)
def test_a_planted_script_is_found(tmp_path, planted):
    script = tmp_path / "planted.js"
    script.write_text(f"/* harmless */\n{planted}\n")
    assert is_suspicious_script(script)
    script.write_text("field.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });")
    assert not is_suspicious_script(script)


def test_the_rooms_script_may_open_devices_and_nothing_else(tmp_path):
    script = tmp_path / CALLING_SCRIPT
    script.parent.mkdir(parents=True)
    script.write_text("await navigator.mediaDevices.getUserMedia({ audio: true });")
    assert not is_suspicious_script(script)
    for planted in ("new MediaRecorder(stream)", "new AudioContext()", "new ImageCapture(track)"):
        script.write_text(f"await navigator.mediaDevices.getUserMedia(wanted);\n{planted}\n")
        assert is_suspicious_script(script)


def test_the_script_that_plays_sounds_may_not_listen(tmp_path):
    script = tmp_path / PLAYING_SCRIPT
    script.parent.mkdir(parents=True)
    script.write_text("new AudioContext().createOscillator().start();")
    assert not is_suspicious_script(script)
    for planted in ("getUserMedia({ audio: true })", "context.createMediaStreamSource(stream)"):
        script.write_text(f"const context = new AudioContext();\n{planted}\n")
        assert is_suspicious_script(script)


def test_no_dependency_does_it():
    texts = {name: (CHECKOUT / name).read_text() for name in MANIFESTS}
    texts |= {str(path): path.read_text() for path in text_files() if path.suffix == ".py"}
    assert suspicious_dependencies(texts) == []


def test_a_planted_dependency_is_found():
    assert suspicious_dependencies(
        {
            "requirements.lock": "django==5.2\nopencv-python-headless==4.10 \\\n    --hash=sha256:0\nfere==1\n",
            "pyproject.toml": 'dependencies = [\n  "deepface>=0.0.9",\n]\n',
            "room.py": "import os\nfrom librosa import load\n",
        }
    ) == ["requirements.lock: opencv-python-headless", "pyproject.toml: deepface", "room.py: librosa"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "account_login", "crisis"])
def test_every_page_closes_camera_microphone_and_place(name):
    policy = Client().get(reverse(name)).headers["Permissions-Policy"]
    for power in ("camera", "microphone", "geolocation", "accelerometer", "gyroscope"):
        assert f"{power}=()" in policy.split(", ")


@pytest.mark.django_db
def test_pages_that_were_not_found_close_them_too():
    assert "camera=()" in Client().get("/no-such-page/").headers["Permissions-Policy"]
