// Reads a step aloud, with a voice that lives on this device: a voice from a server would send the words away.
const localVoice = () => {
  const language = document.documentElement.lang.slice(0, 2);
  return window.speechSynthesis?.getVoices().find((voice) => voice.localService && voice.lang.startsWith(language));
};

export class Reader {
  constructor(root) {
    this.switch = root.querySelector("[data-read]");
    if (!this.switch || !window.speechSynthesis) return;
    const offer = () => { this.switch.closest("label").hidden = !localVoice(); };
    offer();
    window.speechSynthesis.addEventListener?.("voiceschanged", offer);
    this.switch.addEventListener("change", () => { if (!this.switch.checked) this.hush(); });
  }

  say(text) {
    const voice = localVoice();
    if (!this.switch?.checked || !voice) return;
    this.hush();
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.voice = voice;
    spoken.lang = voice.lang;
    spoken.rate = 0.85;
    window.speechSynthesis.speak(spoken);
  }

  hush() { window.speechSynthesis?.cancel(); }
}
