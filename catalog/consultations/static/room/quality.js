// How good the line is, and what would help. Pure: numbers in, a word out.
const TIMES_BEFORE_OFFER = 3;
const TIMES_BEFORE_MUST = 6;
const TIMES_BEFORE_BETTER = 15;
const ROUNDS_AFTER_NO = 40;
const MORE_LOSS = 0.08;
const MOST_LOSS = 0.25;

// What happened between two reports of one connection. `loss` 0 to 1, `delay` in seconds, `bits` a second that fit out (null: unknown).
export class Gauge {
  #lost = 0;
  #came = 0;

  read(report) {
    const found = { loss: 0, delay: 0, bits: null };
    let lost = 0;
    let came = 0;
    for (const each of report.values()) {
      if (each.type === "remote-inbound-rtp") {
        found.loss = Math.max(found.loss, each.fractionLost ?? 0);
        found.delay = Math.max(found.delay, each.roundTripTime ?? 0);
      } else if (each.type === "inbound-rtp") {
        lost += each.packetsLost ?? 0;
        came += each.packetsReceived ?? 0;
      } else if (each.type === "candidate-pair" && each.nominated && each.state === "succeeded") {
        found.delay = Math.max(found.delay, each.currentRoundTripTime ?? 0);
        found.bits = each.availableOutgoingBitrate ?? found.bits;
      }
    }
    const newlyLost = Math.max(0, lost - this.#lost);
    const newly = newlyLost + Math.max(0, came - this.#came);
    if (newly > 10) found.loss = Math.max(found.loss, newlyLost / newly);
    [this.#lost, this.#came] = [lost, came];
    return found;
  }
}

// "good", "weak" or "bad", for what is sent now ("video", "voice" or "text").
export function verdict({ loss, delay, bits }, sends) {
  const leastBits = sends === "video" ? 150_000 : 24_000;
  if (loss > MOST_LOSS || delay > 2 || (bits !== null && bits < leastBits / 2)) return "bad";
  if (loss > MORE_LOSS || delay > 0.8 || (bits !== null && bits < leastBits)) return "weak";
  return "good";
}

const LESS = { video: "voice", voice: "text" };
const MORE = { text: "voice", voice: "video" };

// Turns verdicts into advice, one at a time and not too often: { to, must } or null. What helps is offered; only where a
// picture is refused room for long does the sound come first without asking (must).
export class Adviser {
  #poor = 0;
  #good = 0;
  #quiet = 0;
  #worst = "good";

  constructor(most) {
    this.most = most;
  }

  refused() {
    this.#quiet = ROUNDS_AFTER_NO;
    this.#forget();
  }

  changed() {
    this.#forget();
  }

  // `sends` now; whether `fell`: it is less than the person would like, because of the line.
  hear(heard, sends, fell) {
    this.#quiet = Math.max(0, this.#quiet - 1);
    this.#good = heard === "good" ? this.#good + 1 : 0;
    this.#poor = heard === "good" ? 0 : this.#poor + 1;
    this.#worst = this.#poor === 0 || heard === "bad" ? heard : this.#worst;
    if (this.#poor >= TIMES_BEFORE_MUST && this.#worst === "bad" && sends === "video") return { to: "voice", must: true };
    if (this.#quiet) return null;
    if (this.#poor >= TIMES_BEFORE_OFFER && LESS[sends] && (sends === "video" || this.#worst === "bad")) {
      return { to: LESS[sends], must: false };
    }
    const more = fell && sends !== this.most ? MORE[sends] : "";
    return more && this.#good >= TIMES_BEFORE_BETTER ? { to: more, must: false } : null;
  }

  #forget() {
    [this.#poor, this.#good, this.#worst] = [0, 0, "good"];
  }
}
