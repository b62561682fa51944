// Keeps what is being written until the tab is closed; on this device for longer only where that was asked for.
export class Draft {
  constructor(root, key) {
    this.key = `practice:${key}`;
    this.root = root;
    this.remember = root.querySelector("[data-remember]");
    this.clearing = root.querySelector("[data-clear]");
    this.fields = [...root.querySelectorAll("[data-draft]")];
    root.querySelector("[data-draft-tools]").hidden = false;
    this.remember.checked = this.read(localStorage) !== null;
    const held = this.read(localStorage) ?? this.read(sessionStorage) ?? {};
    for (const field of this.fields) if (!field.value && held[field.name]) field.value = held[field.name];
    root.addEventListener("input", () => this.keep());
    this.remember.addEventListener("change", () => this.keep());
    this.clearing.addEventListener("click", () => this.clear());
    // What was kept in the account need not lie here as well; where it was refused, the page comes back with the words.
    root.closest("form")?.addEventListener("submit", () => sessionStorage.removeItem(this.key));
  }

  read(store) {
    try { return JSON.parse(store.getItem(this.key)); } catch { return null; }
  }

  keep() {
    const held = Object.fromEntries(this.fields.map((field) => [field.name, field.value]));
    const [to, from] = this.remember.checked ? [localStorage, sessionStorage] : [sessionStorage, localStorage];
    try {
      from.removeItem(this.key);
      to.setItem(this.key, JSON.stringify(held));
    } catch { /* a browser that keeps nothing: the page still works */ }
  }

  clear() {
    for (const field of this.fields) field.value = "";
    this.remember.checked = false;
    for (const store of [localStorage, sessionStorage]) store.removeItem(this.key);
    this.root.dispatchEvent(new CustomEvent("cleared"));
    this.fields[0]?.focus();
  }
}
