// One connection to one other person, by "perfect negotiation": either side may call at any time, and where both do, the
// polite one gives way. A page that was loaded anew begins with a new connection; the other side tells by the origin
// (the o= line) of its description, and begins anew as well.
const FIRST_PATIENCE = 15000;
const LONGEST_PATIENCE = 60000;
const GIVE_WAY = 700;
const DISCONNECTED_FOR = 4000;

const originOf = (description) => /^o=\S+ (\S+)/m.exec(description?.sdp ?? "")?.[1] ?? "";

export class Peer extends EventTarget {
  #send;
  #servers;
  #tracks;
  #isMaking = false;
  #isOver = false;
  #work = Promise.resolve();
  #watch = 0;
  #patience = FIRST_PATIENCE;
  connection = null;
  remote = new MediaStream();

  // tracks: returns { audio, video, stream, hasVideo } to send at present; send: takes { description } or { candidate }.
  constructor({ polite, servers, tracks, send }) {
    super();
    this.polite = polite;
    this.#servers = servers;
    this.#tracks = tracks;
    this.#send = send;
  }

  get state() {
    return this.connection?.connectionState ?? "new";
  }

  // Call when both are inside. The polite one waits a moment, so that both seldom call at once.
  begin() {
    if (!this.polite) this.#start();
    else window.setTimeout(() => this.connection ?? this.#start(), GIVE_WAY); // unless they called meanwhile
  }

  take(data) {
    this.#work = this.#work.then(() => this.#isOver || this.#take(data)).catch((error) => console.warn("signal", error.name));
    return this.#work;
  }

  // Send what the devices give now, or nothing.
  async refresh() {
    const { audio, video, stream } = this.#tracks();
    for (const { sender, receiver } of this.#transceivers()) {
      const track = receiver.track.kind === "audio" ? audio : video;
      if (sender.track === track) continue;
      if (track) sender.setStreams?.(stream);
      await sender.replaceTrack(track).catch(() => {}); // closed meanwhile
    }
  }

  // At most so many bits a second of picture, drawn so many times smaller.
  async limit({ bits, smaller }) {
    const sender = this.#transceivers().find(({ receiver }) => receiver.track.kind === "video")?.sender;
    const parameters = sender?.getParameters();
    if (!parameters?.encodings?.length) return;
    Object.assign(parameters.encodings[0], { maxBitrate: bits, scaleResolutionDownBy: smaller });
    await sender.setParameters(parameters).catch(() => {});
  }

  stats() {
    return this.state === "connected" ? this.connection.getStats() : Promise.resolve(null);
  }

  close() {
    this.#isOver = true;
    this.#hangUp();
  }

  #hangUp() {
    window.clearTimeout(this.#watch);
    this.connection?.close();
    this.connection = null;
  }

  #transceivers() {
    return this.connection?.getTransceivers().filter((each) => each.currentDirection !== "stopped") ?? [];
  }

  #renew() {
    this.#hangUp();
    const connection = new RTCPeerConnection({ iceServers: this.#servers() });
    this.connection = connection;
    this.remote = new MediaStream();
    this.#isMaking = false;
    connection.addEventListener("track", ({ track }) => {
      this.remote.addTrack(track);
      this.dispatchEvent(new CustomEvent("change"));
    });
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate) this.#send({ candidate: candidate.toJSON() });
    });
    connection.addEventListener("negotiationneeded", () => this.#offer(connection));
    connection.addEventListener("connectionstatechange", () => this.#changed(connection));
    this.#expectWithin(this.#patience + (this.polite ? 10000 : 0), () => this.#start());
  }

  #start() {
    if (this.#isOver) return;
    this.#renew();
    const { audio, video, stream, hasVideo } = this.#tracks();
    const both = { direction: "sendrecv", streams: [stream] };
    this.connection.addTransceiver(audio ?? "audio", both);
    if (hasVideo) this.connection.addTransceiver(video ?? "video", both);
  }

  async #offer(connection) {
    if (connection.signalingState !== "stable") return;
    try {
      this.#isMaking = true;
      await connection.setLocalDescription();
      if (connection === this.connection) this.#send({ description: connection.localDescription.toJSON() });
    } catch (error) {
      console.warn("offer", error.name);
    } finally {
      this.#isMaking = false;
    }
  }

  async #take({ description, candidate }) {
    if (description) await this.#describe(description);
    else if (candidate && this.connection?.remoteDescription) {
      await this.connection.addIceCandidate(candidate).catch(() => {}); // of a call that was given up
    }
  }

  async #describe(description) {
    const isOffer = description.type === "offer";
    const state = this.connection?.signalingState;
    const known = originOf(this.connection?.remoteDescription);
    const isNew = known !== "" && known !== originOf(description);
    const collides = isOffer && Boolean(this.connection) && (this.#isMaking || state !== "stable");
    if (collides && !this.polite) {
      // Theirs is not heard; they may have missed ours, having come anew just now.
      const own = this.connection.localDescription;
      if (own?.type === "offer") this.#send({ description: own.toJSON() });
      return;
    }
    if (!isOffer && isNew) {
      this.#start();
      return;
    }
    if (!isOffer && state !== "have-local-offer") return; // an answer that was given before
    if (isOffer && (!this.connection || isNew || (collides && !known))) this.#renew();
    await this.connection.setRemoteDescription(description);
    if (isOffer) await this.#answer();
  }

  async #answer() {
    const connection = this.connection;
    for (const transceiver of connection.getTransceivers()) transceiver.direction = "sendrecv";
    await this.refresh();
    await connection.setLocalDescription();
    this.#send({ description: connection.localDescription.toJSON() });
  }

  #changed(connection) {
    if (connection !== this.connection) return;
    const state = connection.connectionState;
    if (state === "connected") {
      window.clearTimeout(this.#watch);
      this.#patience = FIRST_PATIENCE;
      this.refresh();
    } else if (state === "disconnected") {
      this.#expectWithin(DISCONNECTED_FOR * (this.polite ? 2 : 1), () => this.#mend(connection));
    } else if (state === "failed") {
      this.#expectWithin(this.polite ? DISCONNECTED_FOR : 0, () => this.#mend(connection));
    }
    this.dispatchEvent(new CustomEvent("change"));
  }

  // Look for another way first; where none is found, begin anew.
  #mend(connection) {
    connection.restartIce();
    this.#expectWithin(this.#patience, () => this.#start());
  }

  #expectWithin(wait, otherwise) {
    window.clearTimeout(this.#watch);
    this.#watch = window.setTimeout(() => {
      if (this.state === "connected" || !this.connection) return;
      this.#patience = Math.min(this.#patience * 2, LONGEST_PATIENCE);
      this.dispatchEvent(new CustomEvent("change"));
      otherwise();
    }, wait);
  }
}
