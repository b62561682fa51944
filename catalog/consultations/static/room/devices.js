// The camera and the microphone: opened when somebody presses their button, closed when they press again. What they give
// goes to the other people of the session and nowhere else; nothing here or elsewhere keeps it or looks into it.
const WANTED = {
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  camera: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 24, max: 30 }, facingMode: "user" },
};
const KINDS = { microphone: "audio", camera: "video" };
const TROUBLES = { NotAllowedError: "denied", SecurityError: "denied", NotReadableError: "busy", AbortError: "busy" };

export class Devices extends EventTarget {
  #chosen = { microphone: "", camera: "" };
  #turning = { microphone: null, camera: null };
  stream = new MediaStream();
  trouble = "";

  get isSupported() {
    return Boolean(navigator.mediaDevices?.getUserMedia);
  }

  // The track of "microphone" or "camera"; null while it is off.
  track(device) {
    return this.stream.getTracks().find((track) => track.kind === KINDS[device]) ?? null;
  }

  isOn(device) {
    return Boolean(this.track(device)?.enabled);
  }

  // Turn one on or off; whoever presses twice while the browser still asks gets the answer of the first press.
  turn(device, on) {
    this.#turning[device] ??= this.#turn(device, on).finally(() => {
      this.#turning[device] = null;
      this.dispatchEvent(new CustomEvent("change"));
    });
    return this.#turning[device];
  }

  async choose(device, id) {
    this.#chosen[device] = id;
    if (!this.track(device)) return;
    this.#close(device);
    await this.turn(device, true);
  }

  closeAll() {
    for (const device of Object.keys(KINDS)) this.#close(device);
    this.dispatchEvent(new CustomEvent("change"));
  }

  // What can be chosen from: { microphone: [{ id, label }], camera: [...] }. Without permission browsers name none.
  async list() {
    const found = this.isSupported ? await navigator.mediaDevices.enumerateDevices() : [];
    const of = (device) =>
      found
        .filter((each) => each.kind === `${KINDS[device]}input` && each.deviceId)
        .map((each) => ({ id: each.deviceId, label: each.label, isChosen: this.#isInUse(device, each.deviceId) }));
    return { microphone: of("microphone"), camera: of("camera") };
  }

  #isInUse(device, id) {
    return (this.track(device)?.getSettings().deviceId ?? this.#chosen[device]) === id;
  }

  async #turn(device, on) {
    const track = this.track(device);
    this.trouble = "";
    if (!on) {
      if (device === "camera") this.#close(device); // its light goes out
      else if (track) track.enabled = false;
      return;
    }
    if (track) {
      track.enabled = true;
      return;
    }
    await this.#open(device);
  }

  async #open(device) {
    if (!this.isSupported) {
      this.trouble = "unsupported";
      return;
    }
    const id = this.#chosen[device];
    const wanted = id ? { ...WANTED[device], facingMode: undefined, deviceId: { ideal: id } } : WANTED[device];
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ [KINDS[device]]: wanted });
      const [track] = opened.getTracks();
      if (device === "camera" && "contentHint" in track) track.contentHint = "motion";
      this.stream.addTrack(track);
      track.addEventListener("ended", () => {
        this.#close(device); // unplugged, or taken back by the browser
        this.dispatchEvent(new CustomEvent("change"));
      });
    } catch (error) {
      this.trouble = TROUBLES[error.name] ?? "missing";
    }
  }

  #close(device) {
    const track = this.track(device);
    if (!track) return;
    track.stop();
    this.stream.removeTrack(track);
  }
}
