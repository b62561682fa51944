// A stranger's check-in: today's answer stays in this browser, nothing is sent, and tomorrow it is forgotten.
import "./mood-words.js";

const KEY = "xinqiao.mood";
const today = () => new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY));
    if (found?.day === today()) return found;
    localStorage.removeItem(KEY);
  } catch { /* a browser that keeps nothing shows an empty form */ }
  return null;
}

function chosen(form) {
  const weather = form.querySelector("input[name=weather]:checked")?.value;
  const words = [...form.querySelectorAll("input[name=words]:checked")].map((box) => box.value);
  return { day: today(), weather, words, line: form.elements.line.value };
}

function show(form, found) {
  for (const box of form.querySelectorAll("input[name=weather]")) box.checked = box.value === found.weather;
  for (const box of form.querySelectorAll("input[name=words]")) box.checked = found.words.includes(box.value);
  form.elements.line.value = found.line;
  form.dispatchEvent(new Event("change"));
}

function start(form) {
  const said = form.querySelector(".mood-said");
  const forget = form.querySelector(".mood-forget");
  const before = kept();
  if (before) show(form, before);
  forget.hidden = !before;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button[name=keep]").addEventListener("click", () => {
    const now = chosen(form);
    if (!now.weather) {
      said.textContent = form.dataset.choose;
      form.querySelector("input[name=weather]").focus();
      return;
    }
    try { localStorage.setItem(KEY, JSON.stringify(now)); } catch { return; }
    said.textContent = form.dataset.said;
    forget.hidden = false;
  });
  forget.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem(KEY);
    form.reset();
    form.dispatchEvent(new Event("change"));
    forget.hidden = true;
    said.textContent = form.dataset.gone;
  });
}

for (const form of document.querySelectorAll("form[data-mood-here]")) start(form);
