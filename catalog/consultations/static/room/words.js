// What is written. Nothing is kept in the browser; what was not sent while the line was down is sent when it is back.
import { cloned, say } from "./sayings.js";

const clock = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
const newId = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export class Words {
  #root;
  #send;
  #announce;
  #me = "";
  #shown = new Map(); // "visit:id" -> element
  #waiting = new Map(); // id -> text not confirmed yet
  #unread = 0;

  // send: returns whether a message went out; announce: says a sentence to screen readers while the panel is closed.
  constructor(root, { send, announce }) {
    this.#root = root;
    this.#send = send;
    this.#announce = announce;
    this.panel = root.querySelector("[data-words]");
    this.list = root.querySelector("[data-said]");
    this.field = root.querySelector("[data-say] textarea");
    this.opener = root.querySelector("[data-open-words]");
    root.querySelector("[data-say]").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#write();
    });
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("input", () => this.#fit());
    this.opener?.addEventListener("click", () => this.open(this.panel.hidden));
    root.querySelector("[data-close-words]")?.addEventListener("click", () => this.open(false));
  }

  open(isOpen) {
    this.panel.hidden = !isOpen;
    this.#root.classList.toggle("has-words", isOpen);
    this.opener?.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) {
      this.#count(0);
      this.#scroll();
      this.field.focus();
    } else if (this.opener?.offsetParent) this.opener.focus();
  }

  // Inside again, or for the first time: what was said, and what could not be sent.
  restore(me, said) {
    this.#me = me;
    const isBack = this.#shown.size > 0;
    for (const words of said) this.show(words, { isOld: !isBack });
    for (const [id, text] of this.#waiting) this.#send({ type: "say", id, text });
  }

  show(words, { isOld = false } = {}) {
    const isMine = words.from === this.#me;
    const key = `${words.from}:${words.id}`;
    if (isMine) this.#waiting.delete(words.id);
    const known = this.#shown.get(key) ?? (isMine ? this.#shown.get(`own:${words.id}`) : null);
    const line = known ?? this.#added(isMine);
    this.#shown.set(key, line);
    line.querySelector("[data-name]").textContent = isMine ? say("you") : words.name;
    line.querySelector("[data-text]").textContent = words.text;
    line.querySelector("[data-at]").textContent = clock.format(new Date(words.at));
    line.querySelector("[data-state]").textContent = "";
    if (known || isMine || !this.panel.hidden) return;
    this.#count(this.#unread + 1);
    if (!isOld) this.#announce(`${say("wrote", { name: words.name })}${words.text}`);
  }

  // The server did not take what was sent last; it goes back into the field.
  takeBack(sentence) {
    const [id, text] = [...this.#waiting].at(-1) ?? [];
    if (!id) return;
    this.#waiting.delete(id);
    this.#shown.get(`own:${id}`)?.remove();
    if (!this.field.value) this.field.value = text;
    this.#announce(sentence);
  }

  forget() {
    this.#shown.clear();
    this.#waiting.clear();
    this.list.replaceChildren();
    this.field.value = "";
    this.#count(0);
  }

  #write() {
    const text = this.field.value.trim();
    if (!text) return;
    const id = newId();
    const line = this.#added(true);
    this.#shown.set(`own:${id}`, line);
    this.#waiting.set(id, text);
    line.querySelector("[data-name]").textContent = say("you");
    line.querySelector("[data-text]").textContent = text;
    if (!this.#send({ type: "say", id, text })) line.querySelector("[data-state]").textContent = say("sending");
    this.field.value = "";
    this.#fit();
    this.field.focus();
  }

  // Enter sends, with Shift it begins a new line; not while an input method still puts characters together.
  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#write();
    } else if (event.key === "Escape" && this.opener) {
      event.stopPropagation();
      this.open(false);
    }
  }

  #added(isMine) {
    const line = cloned("said");
    line.classList.toggle("said--mine", isMine);
    this.list.append(line);
    this.#root.querySelector("[data-none]").hidden = true;
    this.#scroll();
    return line;
  }

  #scroll() {
    const log = this.list.closest("[data-log]");
    log.scrollTop = log.scrollHeight;
  }

  #fit() {
    this.field.rows = Math.min(5, Math.max(1, this.field.value.split("\n").length));
  }

  #count(number) {
    this.#unread = number;
    const badge = this.#root.querySelector("[data-unread]");
    if (!badge) return;
    badge.hidden = number === 0;
    badge.textContent = String(number);
  }
}
