// The two ratings around a practice: says what was chosen, nothing more. Without a script they are plain radio buttons.
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

export function changeText(root, before, after) {
  const words = root.closest("[data-both]").dataset;
  return before === "" || after === "" ? "" : fill(words.both, { before, after });
}

const chosen = (root, name) => root.querySelector(`input[name=${name}]:checked`)?.value ?? "";

export function startRun() {
  const root = document.querySelector("[data-run]");
  if (!root) return;
  const began = root.querySelector("[name=began]");
  if (began && !began.value) began.value = Math.floor(Date.now() / 1000);
  const said = root.querySelector("[data-change]");
  const show = () => {
    const text = changeText(root, chosen(root, "before"), chosen(root, "after"));
    said.hidden = !text;
    said.querySelector("[data-change-text]").textContent = text;
  };
  root.addEventListener("change", show);
  show();
}

export const isStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
