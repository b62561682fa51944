// Everybody who is inside, one tile each; one's own picture small in the corner while two talk.
import { cloned, say } from "./sayings.js";

const CONNECTING = new Set(["new", "connecting"]);

export class Stage {
  #room;
  #devices;
  #call;
  #tiles = new Map(); // visit -> element
  #names = new Map(); // visit -> the name they had, for those whose line is down
  #own = null;

  constructor(room, { devices, call }) {
    this.#room = room;
    this.#devices = devices;
    this.#call = call;
    this.place = room.querySelector("[data-stage]");
    this.alone = room.querySelector("[data-alone]");
    devices.addEventListener("change", () => this.#drawOwn());
  }

  // `others`: who is inside beside oneself, as the server names them; `me`: oneself.
  show(me, others) {
    if (this.#call.most === "text") {
      this.alone.hidden = others.length > 0;
      return;
    }
    for (const person of others) this.#names.set(person.visit, person);
    const shown = new Set([...others.map((person) => person.visit), ...this.#call.visits]);
    for (const [visit, tile] of this.#tiles) if (!shown.has(visit)) this.#take(visit, tile);
    for (const visit of shown) this.#draw(visit, others.some((person) => person.visit === visit));
    this.#drawOwn(me);
    this.place.dataset.count = String(shown.size);
    this.alone.hidden = shown.size > 0;
  }

  clear() {
    for (const [visit, tile] of this.#tiles) this.#take(visit, tile);
    this.#own?.remove();
    this.#own = null;
  }

  #take(visit, tile) {
    tile.querySelector("video").srcObject = null;
    tile.remove();
    this.#tiles.delete(visit);
  }

  #draw(visit, isHere) {
    const person = this.#names.get(visit);
    if (!person) return;
    const tile = this.#tiles.get(visit) ?? this.#made(visit);
    const peer = this.#call.peer(visit);
    const video = tile.querySelector("video");
    const isConnected = peer?.state === "connected";
    tile.classList.toggle("is-seen", person.camera && person.quality === "video" && this.#call.quality === "video" && isConnected);
    tile.querySelector("[data-name]").textContent = person.name;
    tile.querySelector("[data-initial]").textContent = [...person.name][0] ?? "";
    tile.querySelector("[data-muted]").hidden = person.microphone;
    tile.querySelector("[data-state]").textContent = stateOf(person, peer, isHere);
    video.setAttribute("aria-label", person.name);
    if (peer && video.srcObject !== peer.remote) {
      video.srcObject = peer.remote;
      this.#play(tile, video);
    }
  }

  #made(visit) {
    const tile = cloned("tile");
    tile.dataset.visit = visit;
    tile.querySelector("video").muted = false;
    this.#tiles.set(visit, tile);
    this.place.append(tile);
    return tile;
  }

  // Some browsers play sound only after a press.
  #play(tile, video) {
    const button = tile.querySelector("[data-hear]");
    video.play().then(
      () => { button.hidden = true; },
      (error) => { button.hidden = error.name !== "NotAllowedError"; },
    );
    button.onclick = () => this.#play(tile, video);
  }

  #drawOwn(me) {
    const isOn = this.#devices.isOn("camera");
    const preview = this.#room.querySelector("[data-own-video]");
    preview?.closest(".tile-of").classList.toggle("is-seen", isOn);
    if (preview && preview.srcObject !== this.#devices.stream) preview.srcObject = this.#devices.stream;
    if (isOn) preview?.play().catch(() => {});
    if (me && !this.#own) this.#own = this.#madeOwn(me);
    if (!this.#own) return;
    this.#own.classList.toggle("is-seen", isOn && this.#call.quality === "video");
    this.#own.querySelector("[data-muted]").hidden = this.#devices.isOn("microphone");
    if (isOn) this.#own.querySelector("video").play().catch(() => {});
  }

  #madeOwn(me) {
    const tile = cloned("tile");
    const video = tile.querySelector("video");
    tile.classList.add("tile-of--own");
    video.srcObject = this.#devices.stream;
    video.setAttribute("aria-label", say("you"));
    tile.querySelector("[data-name]").textContent = say("you");
    tile.querySelector("[data-initial]").textContent = [...me.name][0] ?? "";
    this.place.prepend(tile);
    return tile;
  }
}

function stateOf(person, peer, isHere) {
  if (!isHere) return say("away");
  if (person.quality === "text") return say("text");
  if (!peer || CONNECTING.has(peer.state)) return say("connecting");
  if (peer.state !== "connected") return say("lost");
  return person.quality === "voice" ? say("voice") : "";
}
