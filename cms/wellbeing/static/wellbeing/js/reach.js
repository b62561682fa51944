// Up to me, partly, or not: what is up to me grows in a pot, what is not sails away in a paper boat. Nothing is counted.
import { byNumber, Deal, fill } from "./parts/deal.js";
import { frame } from "./parts/frame.js";

const TALLEST = 5;

class Reach {
  constructor(root) {
    this.root = root;
    this.deal = new Deal(root);
    this.card = root.querySelector("[data-card]");
    this.said = root.querySelector("[data-said-here]");
    this.next = root.querySelector("[data-next]");
    this.scene = root.querySelector("[data-scene]");
    this.answers = [...root.querySelectorAll("[data-kind-button]")];
    this.group = root.querySelector("[data-answers]");
    this.answers.forEach((answer) => answer.addEventListener("click", () => this.choose(answer)));
    byNumber(root, this.answers, (answer) => this.choose(answer));
    this.next.addEventListener("click", () => this.show());
    frame(root, { begin: () => this.show(), over: () => {} });
  }

  show() {
    this.now = this.deal.next();
    this.isAnswered = false;
    this.card.textContent = this.now.text;
    this.said.textContent = "";
    this.next.hidden = true;
    this.group.hidden = false;
    delete this.scene.dataset.boat;
    this.answers[0].focus();
  }

  choose(answer) {
    if (this.isAnswered) return;
    this.isAnswered = true;
    const chosen = answer.dataset.kindButton;
    const usual = this.answers.find((other) => other.dataset.kindButton === this.now.kind);
    const start = chosen === this.now.kind ? "" : fill(this.root.dataset.other, { usual: usual.dataset.name });
    this.said.textContent = start + this.now.said;
    if (this.now.kind !== "beyond") this.grow();
    if (this.now.kind !== "mine") this.scene.dataset.boat = "sails";
    this.group.hidden = true;
    this.next.hidden = false;
    this.next.focus();
  }

  grow() {
    const tall = Number(this.scene.dataset.sprout);
    this.scene.dataset.sprout = String(tall >= TALLEST ? 1 : tall + 1);
  }
}

document.querySelectorAll("[data-reach]").forEach((root) => new Reach(root));
