// Quick exit on sensitive pages: empties the page, then goes where the link says without a way back to here.
// Pressing Esc three times in a row does the same, unless Esc is closing a dialog or a menu.
const exit = document.querySelector("[data-quick-exit]");

if (exit) {
  const leave = () => {
    document.title = "";
    document.body.hidden = true;
    location.replace(exit.href);
  };
  let presses = [];
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  const count = (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open], [data-menu][open]")) return;
    presses = [...presses.filter((at) => event.timeStamp - at < 1500), event.timeStamp];
    if (presses.length >= 3) leave();
  };
  document.addEventListener("keydown", count, true);
}
