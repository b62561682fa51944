"""Make the gate's model again from the sentences in gate/corpus."""

import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from marketplace.safeguarding.gate.corpora import TRAINING, sentences
from marketplace.safeguarding.gate.model import TRAINED


class Command(BaseCommand):
    help = "Train the gate on our own sentences; prints the model's card as one line of JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", type=Path, default=TRAINING, help="folder of .tsv files")
        parser.add_argument("--to", type=Path, default=TRAINED, help="folder for gate.npz and gate.json")

    def handle(self, *args: Any, corpus: Path, to: Path, **options: Any) -> None:
        from marketplace.safeguarding.gate.training import prepare, store, train

        seed = int(os.environ.get("SEED", "1"))
        prepared = prepare(sentences(corpus))
        to.mkdir(parents=True, exist_ok=True)
        card = store(train(prepared, seed=seed), prepared, to, seed=seed)
        self.stdout.write(json.dumps(card, ensure_ascii=False))
