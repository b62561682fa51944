// Dialogs and sheets on the native <dialog>. Links with data-dialog="id" open one; without this file the
// address' #id shows it. data-sheet-open="id" shows a part of the page (facets, say) as a bottom sheet.
const closeButton = (label) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "tool sheet__close";
  button.setAttribute("aria-label", label);
  button.dataset.dialogClose = "";
  button.textContent = "✕";
  return button;
};

const openSheet = (part, opener) => {
  const place = document.createComment("sheet");
  const sheet = document.createElement("dialog");
  const head = document.createElement("div");
  const title = document.createElement("h2");
  sheet.className = "sheet";
  head.className = "sheet__head";
  title.textContent = part.dataset.sheetTitle || opener.textContent.trim();
  sheet.setAttribute("aria-label", title.textContent);
  head.append(title, closeButton(document.getElementById("words").dataset.close));
  part.replaceWith(place);
  part.classList.add("in-sheet");
  sheet.append(head, part);
  document.body.append(sheet);
  sheet.addEventListener("close", () => {
    part.classList.remove("in-sheet");
    place.replaceWith(part);
    sheet.remove();
    opener.focus();
  });
  sheet.showModal();
};

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || typeof HTMLDialogElement === "undefined") return;

  const dialogLink = target.closest("[data-dialog]");
  const dialog = dialogLink && document.getElementById(dialogLink.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const sheetLink = target.closest("[data-sheet-open]");
  const part = sheetLink && document.getElementById(sheetLink.dataset.sheetOpen);
  if (part) {
    event.preventDefault();
    openSheet(part, sheetLink);
    return;
  }
  const open = target.closest("dialog[open]");
  if (open && (target === open || target.closest("[data-dialog-close]"))) {
    event.preventDefault();
    open.close();
  }
});

// A facet sheet is done when its form has been answered.
document.addEventListener("submit", (event) => event.target.closest("dialog.sheet[open]")?.close());
