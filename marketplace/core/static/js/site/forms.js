// A form is sent once: the pressed button shows at once that something is happening, further presses do nothing.
// Forms that htmx sends are left to htmx, which marks them itself.
const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post], [hx-get], [data-display]")) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  const button = event.submitter;
  button?.classList.add("is-busy");
  form.setAttribute("aria-busy", "true");
});

// Coming back by the browser's back button, the page is as it was left: wake its forms.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) {
    sent.delete(form);
    form.removeAttribute("aria-busy");
  }
  for (const button of document.querySelectorAll(".is-busy")) button.classList.remove("is-busy");
});

// <select data-auto-submit>, <input data-auto-submit>: the form answers on change; its button is for no-script.
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-auto-submit]")) event.target.form?.requestSubmit();
});
