// Five senses, one after the other: each pebble is a box that is ticked; the last of a sense leads on to the next.
import { startRun } from "./parts/run.js";

class Senses {
  constructor(root) {
    this.root = root;
    this.parts = [...root.querySelectorAll("[data-sense]")];
    this.done = root.querySelector("[data-done]");
    this.next = root.querySelector("[data-next]");
    this.next.hidden = false;
    root.classList.add("is-led");
    root.addEventListener("change", (event) => this.ticked(event.target.closest("[data-sense]")));
    this.next.addEventListener("click", () => this.show(this.at + 1, true));
    root.querySelector("[data-again]").addEventListener("click", () => this.again());
    this.show(0, false);
  }

  ticked(part) {
    if (part && [...part.querySelectorAll("input")].every((box) => box.checked)) this.show(this.at + 1, true);
  }

  show(number, isMoved) {
    this.at = number;
    this.parts.forEach((part, index) => { part.hidden = index !== number; });
    const isOver = number >= this.parts.length;
    this.done.hidden = !isOver;
    this.next.hidden = isOver;
    if (isMoved) (isOver ? this.done : this.parts[number].querySelector("input")).focus();
  }

  again() {
    for (const box of this.root.querySelectorAll("input")) box.checked = false;
    this.show(0, true);
  }
}

startRun();
document.querySelectorAll("[data-senses]").forEach((root) => new Senses(root));
