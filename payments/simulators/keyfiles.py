"""Writing keys to disk: whole or not at all, once, readable by their owner alone."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)


@contextmanager
def one_maker(folder: Path) -> Iterator[None]:
    """Several processes may start at once: one makes the keys, the others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write(path: Path, content: bytes) -> None:
    """Put a file in place in one step."""
    draft = path.with_suffix(".draft")
    draft.write_bytes(content)
    draft.chmod(0o600)
    draft.replace(path)


def make_pair(folder: Path, owner: str) -> rsa.RSAPrivateKey:
    """Make `<owner>-private.pem` and `<owner>-public.pem`; the private one last, because it says that both exist."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    write(folder / f"{owner}-public.pem", public)
    write(folder / f"{owner}-private.pem", private)
    return key


def ensure_pair(folder: Path, owner: str) -> None:
    """Make a pair where it is missing; inside `one_maker`."""
    if not (folder / f"{owner}-private.pem").exists():
        make_pair(folder, owner)
