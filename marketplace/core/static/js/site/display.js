// Theme and text size change at once; the cookie is set behind. Language needs a new page and goes as a plain form.
// A menu closes on Esc and on a press elsewhere.
const quietly = new Set(["theme", "text"]);

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("[data-display]") || !button || !quietly.has(button.name)) return;
  event.preventDefault();
  const { name, value } = button;
  if (value === "auto" || value === "normal") delete document.documentElement.dataset[name];
  else document.documentElement.dataset[name] = value;
  for (const other of form.querySelectorAll(`[name="${name}"]`)) other.removeAttribute("aria-pressed");
  button.setAttribute("aria-pressed", "true");
  fetch(form.action, { method: "POST", body: new URLSearchParams({ [name]: value }), headers: { "X-Requested-With": "fetch" } });
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
