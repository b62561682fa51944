// Toasts go away by themselves, but not while they are looked at, and errors stay until closed.
const STAY = 6000;
const toasts = document.getElementById("toasts");

const live = (toast) => {
  if (toast.classList.contains("is-live")) return;
  toast.classList.add("is-live");
  if (toast.classList.contains("toast--error")) return;
  let timer;
  const leave = () => {
    toast.classList.add("is-leaving");
    setTimeout(() => toast.remove(), 240);
  };
  const start = () => { timer = setTimeout(leave, STAY); };
  const pause = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, pause);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start);
  start();
};

if (toasts) {
  toasts.querySelectorAll("[data-toast]").forEach(live);
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node instanceof Element && node.matches("[data-toast]")) live(node);
    }
  }).observe(toasts, { childList: true });
  toasts.addEventListener("click", (event) => {
    if (event.target.closest("[data-toast-close]")) event.target.closest("[data-toast]").remove();
  });
  document.addEventListener("xinqiao:say", (event) => {
    const toast = document.createElement("div");
    toast.className = `toast toast--${event.detail.kind || "info"}`;
    toast.dataset.toast = "";
    const text = document.createElement("div");
    text.className = "toast__text";
    text.textContent = event.detail.text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "toast__close";
    close.dataset.toastClose = "";
    close.setAttribute("aria-label", document.getElementById("words").dataset.close);
    close.textContent = "✕";
    toast.append(text, close);
    toasts.append(toast);
  });
}
