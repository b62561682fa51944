// The coping plan on this device: kept in this browser only when asked for, read and changed without a network.
// It imports nothing, so that it is whole wherever it is kept.
const KEY = "coping-plan";
const SCOPES = "[data-worker]";

class Plan {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("[data-plan-form]");
    this.fields = [...root.querySelectorAll("textarea[data-section]")];
    this.card = root.querySelector("[data-card]");
    this.state = root.querySelector("[data-state]");
    this.part = (name) => root.querySelector(`[data-${name}]`);
    this.part("device-tools").hidden = false;
    this.part("keep-here").addEventListener("click", () => this.keepHere());
    this.part("read").addEventListener("click", () => this.read());
    this.part("edit").addEventListener("click", () => this.edit());
    this.part("clear").addEventListener("click", () => this.part("clear-sure").showModal());
    this.part("clear-yes").addEventListener("click", () => this.clear());
    this.part("clear-no").addEventListener("click", () => this.part("clear-sure").close());
    this.part("use-here").addEventListener("click", () => this.use(this.held));
    this.part("use-account").addEventListener("click", () => { this.part("two").hidden = true; });
    root.addEventListener("click", (event) => this.idea(event.target.closest("[data-idea]")));
    root.addEventListener("input", () => this.typed());
    for (const name of ["online", "offline"]) window.addEventListener(name, () => this.network());
    this.begin();
  }

  get sections() { return Object.fromEntries(this.fields.map((field) => [field.dataset.section, field.value.trim()])); }

  get isEmpty() { return this.fields.every((field) => !field.value.trim()); }

  get held() {
    try { return JSON.parse(localStorage.getItem(KEY)); } catch { return null; }
  }

  begin() {
    const { held } = this;
    const isAsTyped = this.form.hasAttribute("data-refused");
    if (held && !isAsTyped) {
      this.installWorker();
      if (this.isEmpty) this.use(held);
      else if (JSON.stringify(held.sections) !== JSON.stringify(this.sections)) this.part("two").hidden = false;
    }
    if (!this.isEmpty && !isAsTyped) this.read(false);
    this.tell(held ? "kept" : "nothing", held);
    this.network();
  }

  use(held) {
    for (const field of this.fields) field.value = held.sections[field.dataset.section] ?? "";
    this.part("two").hidden = true;
    if (!this.card.hidden) this.read(false);
  }

  keepHere() {
    try {
      localStorage.setItem(KEY, JSON.stringify({ sections: this.sections, at: new Date().toISOString() }));
    } catch {
      this.tell("refused");
      return;
    }
    this.tell("kept", this.held);
    this.installWorker();
    this.read();
  }

  typed() { if (this.held) this.tell("changed"); }

  tell(name, held) {
    const when = held?.at ? new Date(held.at).toLocaleString(document.documentElement.lang, { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" }) : "";
    this.state.textContent = this.state.dataset[name].replace("{when}", when);
    this.part("clear").hidden = !this.held;
  }

  network() { this.part("offline").hidden = navigator.onLine; }

  read(isMoved = true) {
    for (const field of this.fields) {
      const shown = this.card.querySelector(`[data-shown=${field.dataset.section}]`);
      const lines = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
      shown.replaceChildren(...lines.map((line) => this.line(line)));
      shown.closest("[data-block]").hidden = !lines.length;
    }
    this.card.hidden = false;
    this.form.hidden = true;
    if (isMoved) this.card.querySelector("h2").focus();
  }

  // a telephone number in a line can be called
  line(text) {
    const item = document.createElement("li");
    const number = text.match(/\d[\d -]{5,}\d/)?.[0];
    if (!number) {
      item.textContent = text;
      return item;
    }
    const call = document.createElement("a");
    call.href = `tel:${number.replace(/[ -]/g, "")}`;
    call.textContent = number;
    const [before, after] = text.split(number);
    item.append(before, call, after);
    return item;
  }

  edit() {
    this.card.hidden = true;
    this.form.hidden = false;
    this.fields[0].focus();
  }

  idea(button) {
    if (!button) return;
    const field = this.fields.find((each) => each.dataset.section === button.dataset.idea);
    const text = button.textContent.trim();
    if (!field.value.includes(text)) field.value = [field.value.trimEnd(), text].filter(Boolean).join("\n");
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    this.typed();
  }

  async clear() {
    this.part("clear-sure").close();
    localStorage.removeItem(KEY);
    for (const field of this.fields) field.value = field.defaultValue;
    for (const name of (await window.caches?.keys()) ?? []) if (name.startsWith("plan-")) await caches.delete(name);
    const { scopes } = this.root.querySelector(SCOPES).dataset;
    for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
      if (scopes.split(" ").includes(new URL(worker.scope).pathname)) await worker.unregister();
    }
    this.tell("cleared");
    this.edit();
  }

  async installWorker() {
    const { worker, scopes } = this.root.querySelector(SCOPES).dataset;
    if (!navigator.serviceWorker) return;
    try {
      for (const scope of scopes.split(" ")) await navigator.serviceWorker.register(worker, { scope });
      await navigator.serviceWorker.ready;
      this.root.dataset.offlineReady = "";
    } catch { /* a browser that takes no worker: the plan is kept, the page needs a network */ }
  }
}

document.querySelectorAll("[data-plan]").forEach((root) => new Plan(root));
