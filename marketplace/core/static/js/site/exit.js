// Quick exit on sensitive pages: empties the page, then goes where the link says without a way back to here.
// Pressing Esc twice within a second does the same.
const exit = document.querySelector("[data-quick-exit]");

if (exit) {
  const leave = () => {
    document.title = "";
    document.body.hidden = true;
    location.replace(exit.href);
  };
  let pressedAt = 0;
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - pressedAt < 1000) leave();
    pressedAt = event.timeStamp;
  });
}
