// The connections to everybody inside, and how good they are.
import { Gauge, verdict } from "./quality.js";
import { Peer } from "./peer.js";

const LOOK_EVERY = 3000;
const KEPT_FOR = 120000;
const KEPT_UNCONNECTED = 20000;
const RANK = { text: 0, voice: 1, video: 2 };
const MOST_EARLY = 60;
const BITS_OF_PICTURE = 1_200_000;

export class Call extends EventTarget {
  #devices;
  #send;
  #servers = [];
  #watch = 0;
  #early = new Map(); // visit -> what came before them
  #others = new Map(); // visit -> { peer, gauge, quality, leaving }
  quality;

  constructor({ devices, most, send }) {
    super();
    this.#devices = devices;
    this.#send = send;
    this.most = most;
    this.quality = most;
    devices.addEventListener("change", () => this.refresh());
  }

  set servers(servers) {
    this.#servers = servers;
  }

  // Everybody else who is inside now, as the server names them.
  meet(people) {
    if (this.most === "text") return;
    const here = new Map(people.map((person) => [person.visit, person]));
    for (const [visit, other] of this.#others) if (!here.has(visit)) this.#expectBack(visit, other);
    for (const person of here.values()) this.#keep(person);
    if (!this.#watch) this.#watch = window.setInterval(() => this.#look(), LOOK_EVERY);
    this.refresh();
  }

  // Something for the connection to one of them. They may be quicker than the news of their coming: it is kept till then.
  signal(visit, data) {
    const other = this.#others.get(visit);
    if (other) other.peer.take(data);
    else this.#early.set(visit, [...(this.#early.get(visit) ?? []), data].slice(-MOST_EARLY));
  }

  peer(visit) {
    return this.#others.get(visit)?.peer ?? null;
  }

  // Those whose line to the room is up.
  get present() {
    return this.visits.filter((visit) => !this.#others.get(visit).leaving);
  }

  get visits() {
    return [...this.#others.keys()];
  }

  refresh() {
    for (const other of this.#others.values()) {
      other.peer.refresh();
      other.peer.limit(this.#share());
    }
  }

  leave() {
    window.clearInterval(this.#watch);
    this.#watch = 0;
    for (const visit of this.visits) this.#drop(visit);
  }

  #keep(person) {
    const known = this.#others.get(person.visit);
    if (known) {
      window.clearTimeout(known.leaving);
      Object.assign(known, { leaving: 0, quality: person.quality });
      return;
    }
    const other = { gauge: new Gauge(), quality: person.quality, leaving: 0 };
    other.peer = new Peer({
      polite: person.polite,
      servers: () => this.#servers,
      tracks: () => this.#tracksFor(other),
      send: (data) => this.#send({ type: "signal", to: person.visit, data }),
    });
    other.peer.addEventListener("change", () => this.#changed());
    this.#others.set(person.visit, other);
    other.peer.begin();
    for (const data of this.#early.get(person.visit) ?? []) other.peer.take(data);
    this.#early.clear();
  }

  // Gone from the room's server: perhaps only their line to it; sound and picture may well go on.
  #expectBack(visit, other) {
    if (other.leaving) return;
    const wait = other.peer.state === "connected" ? KEPT_FOR : KEPT_UNCONNECTED;
    other.leaving = window.setTimeout(() => {
      this.#drop(visit);
      this.#changed();
    }, wait);
  }

  #drop(visit) {
    const other = this.#others.get(visit);
    window.clearTimeout(other.leaving);
    other.peer.close();
    this.#others.delete(visit);
  }

  // As much as both can bear.
  #tracksFor(other) {
    const rank = Math.min(RANK[this.quality], RANK[other.quality] ?? 2);
    return {
      audio: rank >= RANK.voice ? this.#devices.track("microphone") : null,
      video: rank >= RANK.video ? this.#devices.track("camera") : null,
      stream: this.#devices.stream,
      hasVideo: this.most === "video",
    };
  }

  // A picture goes to each of them anew: the more they are, the smaller.
  #share() {
    const count = Math.max(1, this.#others.size);
    return { bits: Math.max(120_000, Math.round(BITS_OF_PICTURE / count)), smaller: count === 1 ? 1 : count < 4 ? 2 : 4 };
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("change"));
  }

  async #look() {
    const order = ["good", "weak", "bad"];
    let worst = "";
    for (const { peer, gauge } of this.#others.values()) {
      const report = await peer.stats();
      if (!report) continue;
      const heard = verdict(gauge.read(report), this.quality);
      if (!worst || order.indexOf(heard) > order.indexOf(worst)) worst = heard;
    }
    if (worst) this.dispatchEvent(new CustomEvent("verdict", { detail: worst }));
  }
}
