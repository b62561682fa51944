// Sound made by the browser itself: a soft tone that rises or falls, and a murmur like far water. Off until asked for.
const FADE = 0.12;

export class Sound {
  constructor(root) {
    this.switch = root.querySelector("[data-sound]");
    this.slider = root.querySelector("[data-volume]");
    this.context = null;
    this.murmuring = null;
    this.switch?.addEventListener("change", () => {
      this.slider.closest("label").hidden = !this.isOn;
      if (!this.isOn) this.hush();
      else this.wake();
    });
    this.slider?.addEventListener("input", () => {
      if (this.gain) this.gain.gain.setTargetAtTime(this.volume, this.context.currentTime, FADE);
    });
  }

  get isOn() { return Boolean(this.switch?.checked); }

  get volume() { return (Number(this.slider?.value ?? 40) / 100) * 0.35; }

  wake() {
    if (!this.context) {
      this.context = new AudioContext();
      this.gain = this.context.createGain();
      this.gain.connect(this.context.destination);
    }
    this.gain.gain.value = this.volume;
    if (this.context.state === "suspended") this.context.resume();
  }

  // One breath's tone over so many seconds.
  glide(from, to, seconds) {
    if (!this.isOn) return;
    this.wake();
    const now = this.context.currentTime;
    const tone = this.context.createOscillator();
    const shape = this.context.createGain();
    tone.type = "sine";
    tone.frequency.setValueAtTime(from, now);
    tone.frequency.linearRampToValueAtTime(to, now + seconds);
    shape.gain.setValueAtTime(0, now);
    shape.gain.linearRampToValueAtTime(0.5, now + Math.min(0.6, seconds / 3));
    shape.gain.linearRampToValueAtTime(0, now + seconds);
    tone.connect(shape).connect(this.gain);
    tone.start(now);
    tone.stop(now + seconds + 0.05);
    this.tone = tone;
  }

  murmur() {
    if (!this.isOn || this.murmuring) return;
    this.wake();
    const rate = this.context.sampleRate;
    const buffer = this.context.createBuffer(1, rate * 4, rate);
    const data = buffer.getChannelData(0);
    let last = 0;
    for (let i = 0; i < data.length; i += 1) {
      last = (last + 0.02 * (Math.random() * 2 - 1)) / 1.02;
      // the end meets the beginning, so that the loop has no click
      data[i] = last * 3 * Math.min(1, i / rate, (data.length - i) / rate);
    }
    this.murmuring = this.context.createBufferSource();
    this.murmuring.buffer = buffer;
    this.murmuring.loop = true;
    this.murmuring.connect(this.gain);
    this.murmuring.start();
  }

  hush() {
    try { this.tone?.stop(); } catch { /* it has ended by itself */ }
    this.murmuring?.stop();
    this.tone = this.murmuring = null;
  }
}
