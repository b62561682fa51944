"""The set-up heals what was left half-made and says calmly what is missing."""

import importlib.util
import subprocess
import sys

import pytest

from marketplace.core.embedded.locations import CHECKOUT


@pytest.fixture
def setup(tmp_path):
    """The set-up script, loaded for a checkout of its own."""
    spec = importlib.util.spec_from_file_location("setup_environment", CHECKOUT / "deploy" / "setup_environment.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.CHECKOUT = str(tmp_path)
    module.VENV = str(tmp_path / ".venv")
    module.VENV_PYTHON = str(tmp_path / ".venv" / "bin" / "python")
    module.LOG = str(tmp_path / "setup.log")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / lock).write_text("# nothing to install\n")
    return module


def test_a_half_made_environment_is_made_again(setup, tmp_path):
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("home = /nowhere\n")
    assert not setup.venv_is_whole()
    setup.make_venv()
    assert setup.venv_is_whole()


def test_an_environment_that_is_whole_is_kept(setup, tmp_path):
    setup.make_venv()
    (tmp_path / ".venv" / "kept").touch()
    setup.make_venv()
    assert (tmp_path / ".venv" / "kept").exists()


def test_packages_are_installed_again_only_when_the_lock_changes(setup, tmp_path):
    setup.make_venv()
    assert not setup.is_installed("requirements-dev.lock")
    setup.install("requirements-dev.lock")
    assert setup.is_installed("requirements-dev.lock") and setup.is_installed("requirements.lock")
    (tmp_path / "requirements.lock").write_text("# changed\n")
    assert not setup.is_installed("requirements.lock")


def test_an_interrupted_installation_is_not_taken_for_a_finished_one(setup, monkeypatch):
    setup.make_venv()
    setup.install("requirements.lock")
    monkeypatch.setattr(setup.subprocess, "Popen", lambda *a, **k: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        setup.install("requirements.lock")
    assert not setup.is_installed("requirements.lock")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        ("WARNING: Retrying ... NewConnectionError: Temporary failure in name resolution", "cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "does not match its locked hash"),
        ("error: command '/usr/bin/gcc' failed with exit code 1", "did not compile"),
        ("something new", "could not be installed"),
    ],
)
def test_what_pip_says_becomes_one_sentence(setup, output, sentence):
    assert sentence in " ".join(setup.explained(output))


def test_missing_system_packages_are_named_with_the_command(setup, monkeypatch):
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    with pytest.raises(setup.Trouble, match="sudo apt-get install -y gcc chromium"):
        setup.install_system_packages(["gcc", "chromium"])


def test_an_old_python_and_a_full_disk_are_said(setup, monkeypatch):
    monkeypatch.setattr(setup, "OLDEST_PYTHON", (9, 0))
    with pytest.raises(setup.Trouble, match="9.0"):
        setup.check_python()
    monkeypatch.setattr(setup, "FREE_BYTES_NEEDED", 1 << 60)
    with pytest.raises(setup.Trouble, match="2 GB"):
        setup.check_disk()


def test_the_script_needs_nothing_installed():
    code = f"import ast,sys; ast.parse(open({str(CHECKOUT / 'deploy/setup_environment.py')!r}).read(), feature_version=(3, 6))"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
