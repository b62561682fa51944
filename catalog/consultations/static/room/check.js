// Before coming in: do the devices work? Whoever lists them sees names only once the browser was allowed to open one.
import { say } from "./sayings.js";

const LOOK_EVERY = 200;

export class Check {
  #devices;
  #room;
  #level;

  constructor(room, devices) {
    this.#room = room;
    this.#devices = devices;
    this.#level = new Level(room.querySelector("#level"));
    for (const button of document.querySelectorAll("[data-turn]")) {
      button.addEventListener("click", () => devices.turn(button.dataset.turn, !devices.isOn(button.dataset.turn)));
    }
    for (const field of document.querySelectorAll("[data-choose]")) {
      field.addEventListener("change", () => devices.choose(field.dataset.choose, field.value));
    }
    devices.addEventListener("change", () => this.draw());
    this.#waitForOpening();
    this.#keepWhereabouts();
  }

  async draw() {
    for (const button of document.querySelectorAll("[data-turn]")) {
      button.setAttribute("aria-pressed", String(this.#devices.isOn(button.dataset.turn)));
    }
    const trouble = this.#room.querySelector("[data-trouble]");
    if (trouble) {
      trouble.hidden = !this.#devices.trouble;
      trouble.textContent = this.#devices.trouble && say(this.#devices.trouble);
    }
    this.#listen();
    const found = await this.#devices.list();
    for (const field of document.querySelectorAll("[data-choose]")) fill(field, found[field.dataset.choose]);
  }

  // The level is looked at before coming in only.
  #listen() {
    const line = this.#room.querySelector("[data-level-line]");
    if (!line) return;
    const isWanted = this.#room.dataset.state === "check" && this.#devices.isOn("microphone");
    line.hidden = !isWanted;
    if (isWanted) this.#level.follow(this.#devices.track("microphone"));
    else this.#level.stop();
  }

  #waitForOpening() {
    const wait = Number(this.#room.dataset.opensIn);
    const early = this.#room.querySelector("[data-too-early]");
    if (!early || wait > 2 ** 31 - 1) return;
    window.setTimeout(() => {
      early.hidden = true;
      this.#room.querySelector("[data-enter]").hidden = false;
    }, wait + 1000);
  }

  #keepWhereabouts() {
    const form = this.#room.querySelector("[data-whereabouts]");
    form?.addEventListener("submit", async (event) => {
      event.preventDefault();
      const state = form.querySelector("[data-whereabouts-state]");
      try {
        const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
        const said = await answer.json();
        state.textContent = said.said ?? said.refused;
      } catch {
        state.textContent = say("savedTrouble");
      }
    });
  }
}

function fill(field, choices) {
  field.closest("[data-choose-line]").hidden = choices.length < 2;
  field.replaceChildren(
    ...choices.map(({ id, label, isChosen }, index) => new Option(label || String(index + 1), id, isChosen, isChosen)),
  );
}

// How loud the microphone is, as a connection to this very page tells it: the sound itself is not looked into.
class Level {
  #meter;
  #track = null;
  #ends = [];
  #timer = 0;

  constructor(meter) {
    this.#meter = meter;
  }

  async follow(track) {
    if (track === this.#track) return;
    this.stop();
    this.#track = track;
    const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
    this.#ends = [near, far];
    near.addEventListener("icecandidate", ({ candidate }) => far.addIceCandidate(candidate).catch(() => {}));
    far.addEventListener("icecandidate", ({ candidate }) => near.addIceCandidate(candidate).catch(() => {}));
    const sender = near.addTrack(track);
    try {
      await near.setLocalDescription();
      await far.setRemoteDescription(near.localDescription);
      await far.setLocalDescription();
      await near.setRemoteDescription(far.localDescription);
    } catch {
      return; // stopped meanwhile
    }
    this.#timer = window.setInterval(() => this.#read(sender), LOOK_EVERY);
  }

  stop() {
    window.clearInterval(this.#timer);
    for (const end of this.#ends) end.close();
    [this.#ends, this.#track] = [[], null];
    if (this.#meter) this.#meter.value = 0;
  }

  async #read(sender) {
    for (const each of (await sender.getStats()).values()) {
      if (each.type === "media-source") this.#meter.value = Math.min(1, Math.sqrt(each.audioLevel ?? 0));
    }
  }
}
