// Thoughts come into a station as trains. One names what kind each is, stays on the bench, and watches it leave.
import { byNumber, Deal, fill } from "./parts/deal.js";
import { frame } from "./parts/frame.js";
import { isStill } from "./parts/run.js";

const ARRIVE = 1400;
const LEAVE = 2600;
const QUIET_EVERY = 5;

class Station {
  constructor(root) {
    this.root = root;
    this.deal = new Deal(root);
    this.train = root.querySelector("[data-train]");
    this.thought = root.querySelector("[data-thought]");
    this.said = root.querySelector("[data-said-here]");
    this.answers = [...root.querySelectorAll("[data-kind-button]")];
    this.own = root.querySelector("[data-own]");
    this.seen = 0;
    this.timer = 0;
    this.answers.forEach((answer) => answer.addEventListener("click", () => this.choose(answer)));
    byNumber(root, this.answers, (answer) => this.choose(answer));
    root.querySelector("[data-own-go]").addEventListener("click", () => this.take());
    this.own.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      this.take();
    });
    frame(root, { begin: () => this.begin(), over: () => window.clearTimeout(this.timer) });
  }

  begin() {
    this.answers[0].focus();
    this.arrive();
  }

  arrive() {
    this.card = this.deal.next();
    this.isWaiting = false;
    this.thought.textContent = this.card.text;
    this.said.textContent = this.root.dataset.which;
    this.train.dataset.at = "coming";
    void this.train.offsetWidth; // the train starts from the left
    this.train.dataset.at = "here";
    this.timer = window.setTimeout(() => { this.isWaiting = true; }, isStill() ? 0 : ARRIVE);
  }

  choose(answer) {
    if (!this.isWaiting) return;
    this.isWaiting = false;
    const named = answer.dataset.name;
    const usual = this.answers.find((other) => other.dataset.kindButton === this.card.kind)?.dataset.name;
    const words = !usual || usual === named ? this.root.dataset.same : this.root.dataset.other;
    this.seen += 1;
    const quiet = this.seen % QUIET_EVERY ? "" : this.root.dataset.quiet;
    this.said.textContent = fill(words, { named, usual }) + quiet;
    this.train.dataset.at = "gone";
    this.timer = window.setTimeout(() => this.arrive(), LEAVE + (quiet ? LEAVE : 0));
  }

  take() {
    const text = this.own.value.trim();
    if (!text) return;
    this.deal.extra.push({ text, kind: "", said: "" });
    this.own.value = "";
    this.said.textContent = this.root.dataset.taken;
    this.answers[0].focus();
  }
}

document.querySelectorAll("[data-trains]").forEach((root) => new Station(root));
