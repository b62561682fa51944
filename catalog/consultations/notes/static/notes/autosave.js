// Keeps a draft while it is being written. Nothing is kept in the browser itself: the words are somebody's trouble.
const PAUSE = 1500;
const AGAIN = 10000;

function start(form) {
  const field = form.querySelector("textarea");
  const revision = form.querySelector("[name=revision]");
  const state = form.querySelector("[data-autosave-state]");
  let saved = field.value;
  let timer = 0;
  let going = null;
  let isOver = false;

  async function save() {
    if (going || isOver || field.value === saved) return;
    const text = field.value;
    going = send(text);
    const pause = await going;
    going = null;
    if (!isOver && (pause || field.value !== saved)) later(pause || PAUSE);
  }

  async function send(text) {
    const body = new FormData(form);
    body.set("text", text);
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { Accept: "application/json" } });
      const said = await answer.json();
      if (answer.ok) {
        revision.value = said.revision;
        saved = text;
        state.textContent = said.said;
      } else {
        isOver = answer.status === 409;
        state.textContent = said.refused;
      }
      return 0;
    } catch {
      state.textContent = state.dataset.trouble;
      return AGAIN;
    }
  }

  function later(pause) {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, pause);
  }

  field.addEventListener("input", () => {
    if (!isOver) state.textContent = state.dataset.typing;
    later(PAUSE);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  // A save under way ends first, so that the form carries the draft's newest number.
  form.addEventListener("submit", async (event) => {
    window.clearTimeout(timer);
    if (!going) return;
    event.preventDefault();
    await going;
    isOver = true;
    form.requestSubmit(event.submitter);
  });
}

document.querySelectorAll("form[data-autosave]").forEach(start);
