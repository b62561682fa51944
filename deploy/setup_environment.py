"""Make the virtual environment of this checkout ready; run by the Makefile with any Python 3, standard library only.

    python3 deploy/setup_environment.py           what the demo needs
    python3 deploy/setup_environment.py --tests   what tests and checks need too

Whatever stops half-way (no network, full disk, Ctrl-C) is done again by the next run. The syntax stays old on purpose:
an old Python must get as far as the sentence which says that it is too old.
"""

import contextlib
import fcntl
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig

OLDEST_PYTHON = (3, 11)
FREE_BYTES_NEEDED = 2 * 1024**3
CHECKOUT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(CHECKOUT, ".venv")
VENV_PYTHON = os.path.join(VENV, "bin", "python")
LOG = os.path.join(CHECKOUT, ".data", "logs", "setup.log")
STEPS = 5

#: What pip says, and what it means for the person who reads it.
PIP_TROUBLES = (
    (
        "No space left on device",
        "磁盘已满，请腾出空间后重试",
        "The disk is full: free some space and run the same command again",
    ),
    ("DO NOT MATCH THE HASHES", "下载的文件与锁定的校验值不符", "A downloaded file does not match its locked hash"),
    ("error: command .*(gcc|cc)", "编译失败，请看日志", "A package did not compile; the log says why"),
    (
        "(Temporary failure|Max retries|NewConnectionError|timed out|Network is unreachable|No matching distribution)",
        "无法连接软件包仓库，请检查网络后重试",
        "The package index cannot be reached: check the network and run the same command again",
    ),
)


class Trouble(Exception):
    """Something the person has to mend; holds the sentence in Chinese and in English."""


def say(step, chinese, english):
    """Print one line of progress."""
    print("[{}/{}] {} {}".format(step, STEPS, chinese, english), flush=True)


def check_python():
    """Refuse a Python that the packages do not run on."""
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        found = ".".join(map(str, sys.version_info[:3]))
        raise Trouble(
            "需要 Python {} 或更新版本，当前是 {}。".format(wanted, found),
            "Python {} or newer is needed, this is {}. Another one: make demo PYTHON=python3.12".format(wanted, found),
        )


def check_disk():
    """Refuse to begin what would end with a full disk."""
    free = shutil.disk_usage(CHECKOUT).free
    if free < FREE_BYTES_NEEDED:
        raise Trouble(
            "磁盘剩余 {:.1f} GB，至少需要 2 GB。".format(free / 1024**3),
            "Only {:.1f} GB are free on the disk of this folder; 2 GB are needed.".format(free / 1024**3),
        )


def missing_system_packages(for_tests):
    """Names of the Debian packages that are not there, as far as we can see."""
    missing = [name for name in ("gcc", "g++") if not shutil.which(name)]
    if not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")):
        missing.append("python3-dev")
    with contextlib.suppress(ImportError):
        import ensurepip  # noqa: F401  (Debian ships it apart)

        return missing + (missing_test_packages() if for_tests else [])
    return [*missing, "python3-venv", *(missing_test_packages() if for_tests else [])]


def missing_test_packages():
    """What browser tests and the translation check need."""
    missing = []
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        missing.append("chromium")
    if sys.platform == "linux" and not glob.glob("/usr/share/fonts/**/NotoSansCJK*", recursive=True):
        missing.append("fonts-noto-cjk")
    if not shutil.which("xgettext"):
        missing.append("gettext")
    return missing


def install_system_packages(names):
    """Install with apt-get as root; anyone else is told what to install."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        command = "sudo apt-get install -y " + " ".join(names)
        raise Trouble(
            "缺少系统软件包：{}。请先运行：{}".format("、".join(names), command),
            "System packages are missing: {}. On Debian or Ubuntu run: {}".format(", ".join(names), command),
        )
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *names]):
        with open(LOG, "ab") as log:
            failed = subprocess.call(command, stdout=log, stderr=log, env=environment)
        if failed and "install" in command:
            raise Trouble(
                "系统软件包安装失败：{}".format("、".join(names)),
                "apt-get could not install {}; the end of {} says why".format(", ".join(names), LOG),
            )


def venv_is_whole():
    """Whether the environment has a Python of our version and a pip that runs."""
    code = "import sys, pip; sys.exit(sys.version_info[:2] != {!r})".format(tuple(sys.version_info[:2]))
    try:
        return subprocess.call([VENV_PYTHON, "-c", code], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_venv():
    """Create the environment, from nothing when the present one is broken or half-made."""
    if venv_is_whole():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    with open(LOG, "ab") as log:
        failed = subprocess.call([sys.executable, "-m", "venv", VENV], stdout=log, stderr=log)
    if failed:
        raise Trouble("无法建立虚拟环境。", "The virtual environment could not be made; see {}".format(LOG))


def lock_hash(name):
    """What a lock file says, as one short value."""
    with open(os.path.join(CHECKOUT, name), "rb") as lock:
        return hashlib.sha256(lock.read()).hexdigest()


def stamp_of(name):
    """The file in the environment that remembers which lock was installed completely."""
    return os.path.join(VENV, name + ".installed")


def is_installed(name):
    """Whether the lock as it is now was installed to its end."""
    with contextlib.suppress(OSError), open(stamp_of(name)) as stamp:
        return stamp.read() == lock_hash(name)
    return False


def install(name):
    """Install a lock with its hashes, showing how far it is."""
    with contextlib.suppress(OSError):
        os.remove(stamp_of(name))
    with open(os.path.join(CHECKOUT, name)) as lock:
        total = len(re.findall(r"^[A-Za-z0-9].*==", lock.read(), re.MULTILINE))
    command = [VENV_PYTHON, "-m", "pip", "install", "--require-hashes", "--no-input", "--progress-bar=off"]
    command += ["--disable-pip-version-check", "-r", os.path.join(CHECKOUT, name)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    output, seen = [], 0
    with open(LOG, "a") as log:
        for line in child.stdout:
            log.write(line)
            output.append(line)
            if line.startswith(("Collecting", "Requirement already")):
                seen += 1
                if seen % 20 == 0:
                    print("      {}/{}".format(min(seen, total), total), flush=True)
            elif line.startswith("Installing collected"):
                print("      写入磁盘 Writing to disk …", flush=True)
    if child.wait():
        raise Trouble(*explained("".join(output)))
    for installed in {name, "requirements.lock"}:  # the developers' lock holds all of the other one
        with open(stamp_of(installed), "w") as stamp:
            stamp.write(lock_hash(installed))


def explained(output):
    """The meaning of pip's last words, in Chinese and in English."""
    for pattern, chinese, english in PIP_TROUBLES:
        if re.search(pattern, output):
            return chinese + "。", "{} ({})".format(english, LOG)
    return "依赖安装失败。", "The packages could not be installed; the end of {} says why".format(LOG)


def set_up(for_tests):
    """Do whatever is still missing, in order."""
    say(1, "检查 Python 与磁盘", "Checking Python and the disk …")
    check_python()
    name = "requirements-dev.lock" if for_tests else "requirements.lock"
    due = not (venv_is_whole() and is_installed(name))
    if due:
        check_disk()
    say(2, "检查系统软件包", "Checking system packages …")
    missing = missing_system_packages(for_tests) if due else missing_test_packages() if for_tests else []
    if missing:
        print("      安装 Installing: " + ", ".join(missing), flush=True)
        install_system_packages(missing)
    say(3, "准备虚拟环境", "Preparing the virtual environment …")
    make_venv()
    if due:
        say(4, "安装依赖（首次约需几分钟）", "Installing packages (a few minutes the first time) …")
        install(name)
    else:
        say(4, "依赖已是最新", "Packages are up to date")
    say(5, "编译翻译", "Compiling translations …")
    if subprocess.call([VENV_PYTHON, "-m", "marketplace.core.translations"], cwd=CHECKOUT):
        raise Trouble("翻译编译失败。", "The translations could not be compiled")


def main():
    """Set up, one run at a time, and turn trouble into a sentence."""
    os.makedirs(os.path.dirname(LOG), exist_ok=True)
    with open(os.path.join(CHECKOUT, ".data", "setup.lock"), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            set_up("--tests" in sys.argv[1:])
        except Trouble as trouble:
            print("\n".join(("", *trouble.args)), file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("\n已中断，下次会继续。 Interrupted; the next run goes on.", file=sys.stderr)
            return 130
        except OSError as error:
            if error.errno != 28:  # ENOSPC
                raise
            print("\n{}\n{}".format(*PIP_TROUBLES[0][1:]), file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
