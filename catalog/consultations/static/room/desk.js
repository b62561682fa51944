// What only the provider has: who waits, letting in, and the emergency.
import { cloned, say } from "./sayings.js";

export class Desk {
  #place;
  #announce;
  #line;
  #waiting = new Map(); // visit -> element
  #title = document.title;

  constructor(room, { line, announce }) {
    this.#place = room.querySelector("[data-waiting]");
    this.#line = line;
    this.#announce = announce;
    for (const form of document.querySelectorAll("[data-emergency-form]")) {
      form.addEventListener("submit", (event) => raise(event, form));
    }
  }

  show(people) {
    if (!this.#place) return;
    const waiting = people.filter((person) => person.place === "lobby");
    const visits = new Set(waiting.map((person) => person.visit));
    for (const [visit, row] of this.#waiting) {
      if (visits.has(visit)) continue;
      const hadFocus = row.contains(document.activeElement);
      row.remove();
      this.#waiting.delete(visit);
      if (hadFocus) document.getElementById("inside-title").focus();
    }
    for (const person of waiting) this.#draw(person);
    document.title = waiting.length ? `(${waiting.length}) ${this.#title}` : this.#title;
  }

  #draw(person) {
    const isNew = !this.#waiting.has(person.visit);
    const row = this.#waiting.get(person.visit) ?? cloned("waiting-one");
    row.querySelector("[data-name]").textContent = person.name;
    row.querySelector("[data-known]").textContent = person.known_as && person.known_as !== person.name ? say("known", { name: person.known_as }) : "";
    if (!isNew) return;
    row.querySelector("[data-admit]").addEventListener("click", () => this.#line.send({ type: "admit", visit: person.visit }));
    row.querySelector("[data-decline]").addEventListener("click", () => this.#line.send({ type: "decline", visit: person.visit }));
    this.#waiting.set(person.visit, row);
    this.#place.append(row);
    this.#announce(say("waits", { name: person.name }));
  }
}

// The sheet comes into the dialog, so that the call goes on.
async function raise(event, form) {
  event.preventDefault();
  const place = document.querySelector("[data-sheets]");
  const button = form.querySelector("button");
  button.classList.add("is-busy");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "fetch" },
    });
    if (answer.redirected || !(answer.headers.get("Content-Type") ?? "").startsWith("text/html")) throw new Error("no sheet");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.status !== 200 && answer.status !== 422) throw new Error("no sheet");
    place.replaceChildren(...page.body.childNodes);
    form.hidden = answer.ok && form.querySelectorAll("[type=radio]").length === 0;
  } catch {
    place.textContent = say("alarmTrouble");
  } finally {
    button.classList.remove("is-busy");
  }
}
