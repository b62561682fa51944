// Goes through the steps of the written guide, each for its time, forward and back as one wishes.
import { Reader } from "./speak.js";
import { Sound } from "./sound.js";

export class Timed {
  constructor(root, { murmurs = false } = {}) {
    this.root = root;
    this.murmurs = murmurs;
    this.steps = [...document.querySelectorAll("#guide li")].map((item) => ({
      title: item.querySelector("b").textContent,
      text: item.querySelector("small").textContent,
      seconds: Number(item.dataset.seconds) || 30,
    }));
    this.sound = new Sound(root);
    this.reader = new Reader(root);
    this.part = (name) => root.querySelector(`[data-${name}]`);
    this.dots = this.steps.map(() => this.part("dots").appendChild(document.createElement("i")));
    this.at = -1;
    this.passed = 0;
    this.timer = 0;
    this.part("go").addEventListener("click", () => (this.timer ? this.pause() : this.goOn()));
    this.part("next").addEventListener("click", () => this.show(this.at + 1));
    this.part("back").addEventListener("click", () => this.show(this.at - 1));
    this.part("end").addEventListener("click", () => this.finish(root.dataset.stopped));
    document.addEventListener("visibilitychange", () => {
      // Sleep is fallen into with the screen off; everything else waits.
      if (document.hidden && this.timer && !murmurs) this.pause();
    });
    root.hidden = false;
  }

  get slowness() { return Number(this.part("pace")?.value ?? 100) / 100; }

  goOn() {
    if (this.at < 0 || this.at >= this.steps.length) this.show(0);
    this.part("go").textContent = this.root.dataset.pause;
    this.timer = window.setInterval(() => this.tick(), 1000);
    if (this.murmurs) this.sound.murmur();
    this.reader.say(`${this.steps[this.at].title}。${this.steps[this.at].text}`);
  }

  pause() {
    window.clearInterval(this.timer);
    this.timer = 0;
    this.part("go").textContent = this.root.dataset.goOn;
    this.sound.hush();
    this.reader.hush();
  }

  tick() {
    this.passed += 1;
    if (this.passed >= this.steps[this.at].seconds * this.slowness) this.show(this.at + 1);
    if (this.murmurs && this.sound.isOn) this.sound.murmur();
  }

  show(number) {
    if (number >= this.steps.length) {
      this.finish(this.root.dataset.done);
      return;
    }
    this.at = Math.max(0, number);
    this.passed = 0;
    const { title, text } = this.steps[this.at];
    this.part("title").textContent = title;
    this.part("text").textContent = text;
    this.dots.forEach((dot, index) => dot.classList.toggle("is-on", index <= this.at));
    this.part("back").hidden = this.at === 0;
    this.part("next").hidden = this.part("end").hidden = false;
    if (this.timer) {
      this.sound.glide(262, 262, 1.6);
      this.reader.say(`${title}。${text}`);
    }
  }

  finish(words) {
    if (this.timer) this.pause();
    this.at = -1;
    this.part("title").textContent = words;
    this.part("text").textContent = this.root.dataset.after;
    this.part("go").textContent = this.root.dataset.again;
    for (const name of ["back", "next", "end"]) this.part(name).hidden = true;
    this.dots.forEach((dot) => dot.classList.remove("is-on"));
  }
}
