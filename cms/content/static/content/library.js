// The library in the browser: reading aloud, and for readers without an account where they were in a course.
// Both stay on this device; nothing is sent.

// --- reading aloud -----------------------------------------------------------------------------------
const listen = document.querySelector("[data-listen]");
const text = document.querySelector("[data-read]");

if (listen && text && "speechSynthesis" in window) {
  const voice = window.speechSynthesis;
  const label = listen.querySelector("span");
  const begin = label.textContent;
  const pieces = () => [...text.querySelectorAll("p, li, h2, h3, blockquote, legend")].filter((piece) => piece.textContent.trim() && !piece.querySelector("p, li"));
  let at = -1;

  const mark = (piece) => {
    text.querySelector(".is-spoken")?.classList.remove("is-spoken");
    piece?.classList.add("is-spoken");
  };
  const stop = () => {
    at = -1;
    voice.cancel();
    mark(null);
    label.textContent = begin;
    listen.setAttribute("aria-pressed", "false");
  };
  const speak = (all, number) => {
    if (at < 0 || number >= all.length) return stop();
    at = number;
    const words = new SpeechSynthesisUtterance(all[number].textContent.trim());
    words.lang = text.lang === "en" ? "en-GB" : "zh-CN";
    words.rate = 0.95;
    words.onend = () => at === number && speak(all, number + 1);
    words.onerror = () => at === number && stop();
    mark(all[number]);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    all[number].scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    voice.speak(words);
  };
  listen.hidden = false;
  listen.setAttribute("aria-pressed", "false");
  listen.addEventListener("click", () => {
    if (at >= 0) return stop();
    at = 0;
    label.textContent = listen.dataset.stop;
    listen.setAttribute("aria-pressed", "true");
    speak(pieces(), 0);
  });
  window.addEventListener("pagehide", stop);
}

// --- where one was, kept in this browser ----------------------------------------------------------------
const KEY = "xq-library";

const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {};
  }
};
const keep = (courses) => {
  try {
    if (Object.keys(courses).length) localStorage.setItem(KEY, JSON.stringify(courses));
    else localStorage.removeItem(KEY);
  } catch {
    // a browser that keeps nothing still reads
  }
};
const note = (data, numbers) => {
  const courses = kept();
  const course = courses[data.course] || { done: [] };
  course.title = data.title;
  course.lessons = Number(data.lessons);
  if (data.picture) course.picture = data.picture;
  course.done = [...new Set([...course.done, ...numbers])].sort((one, other) => one - other);
  courses[data.course] = course;
  keep(courses);
};
const next = (course) => {
  for (let number = 1; number <= course.lessons; number += 1) if (!course.done.includes(number)) return number;
  return null;
};

document.querySelector("[data-done]")?.addEventListener("click", () => note(text.dataset, [Number(text.dataset.lesson)]));
document.querySelector("[data-known]")?.addEventListener("click", (event) => {
  const { known } = event.currentTarget.dataset;
  note(event.currentTarget.dataset, known ? known.split(",").map(Number) : []);
});

const overview = document.querySelector("section[data-course]");
const course = overview && kept()[overview.dataset.course];
if (course) {
  for (const row of overview.querySelectorAll("[data-lesson]")) {
    if (!course.done.includes(Number(row.dataset.lesson))) continue;
    row.classList.add("is-behind");
    row.querySelector(".lesson-row__number").textContent = "✓";
  }
  const door = overview.querySelector("[data-go-on-here]");
  const number = next(course);
  if (door && number && course.done.length) {
    door.href = `${location.pathname}lesson/${number}/`;
    door.textContent = door.dataset.again;
  }
}
if (text?.dataset.course) {
  const done = kept()[text.dataset.course]?.done || [];
  for (const step of document.querySelectorAll("[data-step]")) if (done.includes(Number(step.dataset.step))) step.classList.add("is-behind");
}

const goOn = document.querySelector("[data-go-on]");
const forget = goOn?.querySelector("[data-forget]");
if (goOn && forget) {
  const list = goOn.querySelector("ul");
  for (const [slug, one] of Object.entries(kept())) {
    const number = next(one);
    if (!number || !/^[-\w]+$/.test(slug)) continue;
    const link = Object.assign(document.createElement("a"), { href: `${location.pathname}${slug}/lesson/${number}/`, className: "goon__card card" });
    if (one.picture?.startsWith("/")) link.append(Object.assign(new Image(96, 72), { src: one.picture, alt: "" }));
    const words = Object.assign(document.createElement("span"), { className: "grow" });
    words.append(Object.assign(document.createElement("b"), { textContent: one.title }));
    words.append(Object.assign(document.createElement("small"), { textContent: list.dataset.next.replace("#", number), className: "muted" }));
    words.append(Object.assign(document.createElement("progress"), { className: "bar", value: one.done.length, max: one.lessons, ariaLabel: one.title }));
    link.append(words);
    const row = document.createElement("li");
    row.append(link);
    list.append(row);
  }
  goOn.hidden = !list.children.length;
  forget.addEventListener("click", () => {
    keep({});
    list.replaceChildren();
    goOn.hidden = true;
  });
}
