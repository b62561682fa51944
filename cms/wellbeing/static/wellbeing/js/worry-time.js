// The car park for worries. The text box is the truth; the script shows its lines as cars, and when they are due.
import { Draft } from "./parts/draft.js";
import { startRun } from "./parts/run.js";

class CarPark {
  constructor(root) {
    this.root = root;
    this.box = root.querySelector("textarea");
    this.time = root.querySelector("[data-time]");
    this.entry = root.querySelector("[data-entry]");
    this.list = root.querySelector("[data-cars]");
    this.live = root.querySelector("[data-say]");
    this.due = root.querySelector("[data-due]");
    new Draft(root, root.dataset.writing);
    root.addEventListener("cleared", () => this.draw());
    root.querySelector("[data-park]").addEventListener("click", () => this.park());
    this.entry.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      this.park();
    });
    this.time.addEventListener("change", () => this.look());
    root.querySelector("[data-led]").hidden = false;
    this.box.closest(".field").hidden = true;
    this.draw();
    window.setInterval(() => this.look(), 20_000);
  }

  get worries() { return this.box.value.split("\n").map((line) => line.trim()).filter(Boolean); }

  set worries(lines) {
    this.box.value = lines.join("\n");
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
    this.draw();
  }

  park() {
    const text = this.entry.value.replace(/\s+/g, " ").trim();
    if (!text) return;
    this.worries = [...this.worries, text];
    this.entry.value = "";
    this.live.textContent = this.root.dataset.parked;
    this.entry.focus();
  }

  leave(index) {
    this.worries = this.worries.filter((_, at) => at !== index);
    this.live.textContent = this.root.dataset.left;
    (this.list.querySelectorAll("button")[index] ?? this.entry).focus();
  }

  draw() {
    this.list.replaceChildren(...this.worries.map((text, index) => {
      const car = this.root.querySelector("template").content.firstElementChild.cloneNode(true);
      car.querySelector("span").textContent = text;
      const button = car.querySelector("button");
      button.setAttribute("aria-label", `${button.textContent}：${text}`);
      button.addEventListener("click", () => this.leave(index));
      return car;
    }));
    this.look();
  }

  look() {
    const now = new Date();
    const clock = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
    this.due.hidden = !this.time.value || clock < this.time.value || !this.worries.length;
  }
}

startRun();
document.querySelectorAll("[data-carpark]").forEach((root) => new CarPark(root));
