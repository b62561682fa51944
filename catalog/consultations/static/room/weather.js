// How the line is, said in a few words; what would help is offered, and what a person sends follows their choice.
import { Adviser } from "./quality.js";
import { say } from "./sayings.js";

const UNREACHED_BEFORE_WORDS = 20000;
const ADVICE = {
  voice: { words: "offerVoice", yes: "offerVoiceYes" },
  text: { words: "offerText", yes: "offerTextYes" },
  video: { words: "offerVideo", yes: "offerVideoYes" },
  back: { words: "offerBack", yes: "offerBackYes" },
};
const RANK = { text: 0, voice: 1, video: 2 };

export class Weather {
  #room;
  #devices;
  #call;
  #line;
  #announce;
  #showWords;
  #adviser;
  #offered = "";
  #hasFallen = false;
  #before = { camera: false, microphone: false };
  #timer = 0;
  #isRough = false;
  #isCutOff = false;

  constructor(room, { devices, call, line, announce, showWords }) {
    Object.assign(this, { place: room.querySelector("[data-weather]"), offer: room.querySelector("[data-offer]") });
    this.#room = room;
    this.#devices = devices;
    this.#call = call;
    this.#line = line;
    this.#announce = announce;
    this.#showWords = showWords;
    this.#adviser = new Adviser(call.most);
    call.addEventListener("verdict", ({ detail }) => this.#hear(detail));
    room.querySelector("[data-offer-yes]").addEventListener("click", () => this.change(this.#offered, { isAdvised: true }));
    room.querySelector("[data-offer-no]").addEventListener("click", () => {
      this.#adviser.refused();
      this.#hide();
    });
    for (const choice of document.querySelectorAll("[name=quality]")) {
      choice.checked = choice.value === call.quality;
      choice.addEventListener("change", () => this.change(choice.value));
    }
  }

  end() {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    this.#hide();
    this.place.textContent = "";
  }

  say(key) {
    if (this.place.textContent !== say(key)) this.place.textContent = say(key);
  }

  draw() {
    this.#mindReach();
    const states = this.#call.visits.map((visit) => this.#call.peer(visit).state);
    if (!this.#line.isWelcome) this.say("lost");
    else if (this.#room.dataset.state !== "inside") this.place.textContent = "";
    else if (this.#call.quality === "text" && this.#call.most !== "text") this.say("text");
    else if (!states.length) this.place.textContent = "";
    else if (!states.includes("connected")) this.say("connecting");
    else if (this.#isRough) this.say("weak");
    else this.say(this.#call.quality === "voice" && this.#call.most === "video" ? "voice" : "connected");
  }

  tellState() {
    const rank = RANK[this.#call.quality];
    this.#line.send({
      type: "state",
      camera: rank >= 2 && this.#devices.isOn("camera"),
      microphone: rank >= 1 && this.#devices.isOn("microphone"),
      quality: this.#call.quality,
    });
  }

  // Send so much from now on: "video", "voice" or "text". Devices that are not needed are closed, and opened again later.
  // Whoever goes back by advice is told when the line is better; whoever chooses for themselves is not asked again.
  async change(quality, { isAdvised = false } = {}) {
    const before = this.#call.quality;
    this.#hide();
    this.#adviser.changed();
    if (!quality || quality === before) return;
    if (RANK[quality] < RANK[before]) this.#remember();
    this.#hasFallen = isAdvised && RANK[quality] < RANK[this.#call.most];
    this.#call.quality = quality;
    await this.#fit(quality, before);
    for (const choice of document.querySelectorAll("[name=quality]")) choice.checked = choice.value === quality;
    this.#call.refresh();
    this.tellState();
    this.draw();
    if (quality === "text") this.#showWords();
  }

  #remember() {
    for (const device of ["camera", "microphone"]) this.#before[device] ||= this.#devices.isOn(device);
  }

  async #fit(quality, before) {
    const wanted = { camera: quality === "video", microphone: quality !== "text" };
    const isMore = RANK[quality] > RANK[before];
    for (const device of ["camera", "microphone"]) {
      if (!wanted[device]) await this.#devices.turn(device, false);
      else if (isMore && this.#before[device]) {
        await this.#devices.turn(device, true);
        this.#before[device] = false;
      }
    }
  }

  #hear(verdict) {
    this.#isRough = verdict !== "good";
    this.draw();
    const advice = this.#adviser.hear(verdict, this.#call.quality, this.#hasFallen);
    if (!advice) return;
    if (advice.must) {
      this.change(advice.to, { isAdvised: true });
      tell("paused");
    } else if (this.#offered !== advice.to) this.#show(advice.to, advice.to === "voice" && this.#call.quality === "text" ? "back" : advice.to);
  }

  // Where nobody is reached for long, words go another way, and always arrive.
  #mindReach() {
    const { present } = this.#call;
    const isReached = present.some((visit) => this.#call.peer(visit).state === "connected");
    if (isReached && this.#isCutOff) this.#announce(say("connected"));
    if (isReached || !present.length) {
      window.clearTimeout(this.#timer);
      [this.#timer, this.#isCutOff] = [0, false];
    } else if (!this.#timer) {
      this.#timer = window.setTimeout(() => {
        this.#isCutOff = true;
        tell("written");
        this.#showWords();
      }, UNREACHED_BEFORE_WORDS);
    }
  }

  #show(to, kind) {
    this.#offered = to;
    this.#room.querySelector("[data-offer-words]").textContent = say(ADVICE[kind].words);
    this.#room.querySelector("[data-offer-yes]").textContent = say(ADVICE[kind].yes);
    this.offer.hidden = false;
  }

  #hide() {
    this.#offered = "";
    this.offer.hidden = true;
  }
}

function tell(key) {
  document.dispatchEvent(new CustomEvent("xinqiao:say", { detail: { kind: "warning", text: say(key) } }));
}
