// Paced breathing: one clock, from which the picture, the words and the tone follow. It stops whenever one wishes.
import { isStill, startRun } from "./parts/run.js";
import { Sound } from "./parts/sound.js";

const PHASES = ["in", "hold", "out", "rest"];
const SMALL = 0.62;
const ease = (x) => 0.5 - Math.cos(Math.PI * x) / 2;

class Breath {
  constructor(root) {
    this.root = root;
    this.sound = new Sound(root);
    this.flower = root.querySelector("[data-flower]");
    this.word = root.querySelector("[data-word]");
    this.count = root.querySelector("[data-count]");
    this.live = root.querySelector("[data-say]");
    this.go = root.querySelector("[data-go]");
    this.end = root.querySelector("[data-end]");
    this.passed = 0;
    this.phase = "";
    this.isRunning = false;
    this.go.addEventListener("click", () => (this.isRunning ? this.pause() : this.start()));
    this.end.addEventListener("click", () => this.finish(root.dataset.stopped));
    root.addEventListener("change", (event) => { if (event.target.matches("[name=pattern], [data-pace]")) this.restart(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden && this.isRunning) this.pause(); });
    root.hidden = false;
  }

  get pattern() { return this.root.querySelector("[name=pattern]:checked").value.split("-").map(Number); }

  // seconds for one count
  get beat() { return Number(this.root.querySelector("[data-pace]").value) / 100; }

  get length() { return Number(this.root.querySelector("[name=length]:checked").value) * 60; }

  start() {
    this.isRunning = true;
    this.go.textContent = this.root.dataset.pause;
    this.end.hidden = false;
    this.root.classList.add("is-running");
    this.last = performance.now();
    this.phase = "";
    requestAnimationFrame((now) => this.tick(now));
  }

  pause() {
    this.isRunning = false;
    this.go.textContent = this.root.dataset.goOn;
    this.root.classList.remove("is-running");
    this.word.textContent = this.root.dataset.paused;
    this.count.textContent = "";
    this.live.textContent = this.root.dataset.paused;
    this.sound.hush();
  }

  restart() {
    this.round = 0;
    this.within = 0;
    this.phase = "";
  }

  finish(words) {
    this.isRunning = false;
    this.passed = this.within = 0;
    this.phase = "";
    this.root.classList.remove("is-running");
    this.go.textContent = this.root.dataset.again;
    this.end.hidden = true;
    this.word.textContent = this.live.textContent = words;
    this.count.textContent = "";
    this.scale(SMALL);
    this.sound.hush();
  }

  tick(now) {
    if (!this.isRunning) return;
    const step = Math.min(0.25, (now - this.last) / 1000);
    this.last = now;
    this.passed += step;
    this.within = (this.within ?? 0) + step;
    const parts = this.pattern.map((counts) => counts * this.beat);
    const whole = parts.reduce((sum, part) => sum + part, 0);
    if (this.within >= whole) {
      this.within -= whole;
      // a breath that was begun is breathed to its end
      if (this.passed >= this.length) {
        this.finish(this.root.dataset.done);
        return;
      }
    }
    this.draw(parts);
    requestAnimationFrame((later) => this.tick(later));
  }

  draw(parts) {
    let rest = this.within;
    let at = 0;
    while (at < parts.length - 1 && rest >= parts[at]) { rest -= parts[at]; at += 1; }
    const name = PHASES[at];
    const share = parts[at] ? rest / parts[at] : 1;
    if (name !== this.phase) this.enter(name, parts[at]);
    this.count.textContent = String(Math.floor(rest / this.beat) + 1);
    const open = { in: ease(share), hold: 1, out: 1 - ease(share), rest: 0 }[name];
    this.scale(SMALL + (1 - SMALL) * open);
  }

  enter(name, seconds) {
    this.phase = name;
    const word = this.root.dataset[name];
    this.word.textContent = word;
    this.root.dataset.phase = name;
    // The first rounds are said to screen readers; after that the tone or one's own count carries on.
    if (this.passed < this.beat * 24) this.live.textContent = word;
    else if (this.live.textContent) this.live.textContent = "";
    if (name === "in") this.sound.glide(196, 294, seconds);
    if (name === "out") this.sound.glide(294, 174, seconds);
  }

  scale(size) {
    if (isStill()) return;
    this.flower.style.transform = `scale(${size.toFixed(4)})`;
  }
}

startRun();
document.querySelectorAll("[data-breathing]").forEach((root) => new Breath(root));
